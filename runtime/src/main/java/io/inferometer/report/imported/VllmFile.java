package io.inferometer.report.imported;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Trial;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.FailureCounts;
import io.inferometer.report.Flag;
import io.inferometer.report.Flags;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A result file of vLLM's serving benchmark or of bench_serving, its forerunner, with an entry for each request in
 * arrays. Its numbers are computed anew from these arrays, by our definitions as far as they allow.
 */
final class VllmFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS_PER_SECOND = 1e9;

    private final JsonNode root;
    private final List<RequestRecord> records;

    private VllmFile(JsonNode root, List<RequestRecord> records) {
        this.root = root;
        this.records = records;
    }

    /** Whether a file is one, by its keys; a file that can't be read is none. */
    static boolean is(Path path) {
        Set<String> keys = new HashSet<>();
        try (JsonParser in = new JsonFactory().createParser(path.toFile())) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                keys.add(in.currentName());
                in.nextToken();
                in.skipChildren();
            }
        } catch (IOException e) {
            // No JSON, or not there: whoever reads it as something else says so.
            return false;
        }
        return keys.containsAll(Set.of("num_prompts", "model_id", "duration"));
    }

    /**
     * Reads a file.
     *
     * @throws IOException where it can't be read or lacks something; the message names it
     */
    static VllmFile read(Path path) throws IOException {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(path));
            return new VllmFile(root, VllmRecords.of(root));
        } catch (JsonProcessingException e) {
            throw new IOException(path + " is no whole JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * What the file tells of its run, as that of a trial.
     *
     * @param workload the name that it is shown under
     * @param gpus how many GPUs the endpoint has; 0 where that is not known
     */
    TrialHeader header(String workload, int index, int gpus) {
        return new TrialHeader(
                index,
                0,
                new TrialHeader.Work(
                        workload,
                        "",
                        root.path("backend").asText("") + ", "
                                + root.path("date").asText(""),
                        Map.of()),
                new Trial.Schedule(load(), Iterations.NONE, Iterations.ofRequests(1, Math.max(1, records.size()))),
                new TrialHeader.Endpoint("", root.path("simulated").asBoolean(false), "", false),
                new TrialHeader.EveryRequest(
                        root.path("model_id").asText(""), Optional.empty(), "", List.of(), Duration.ZERO),
                new Trial.Figures("", Optional.empty(), gpus),
                Forks.NONE,
                new Trial.Drawing(0, false));
    }

    private Load load() {
        double rate = root.path("request_rate").asDouble(Double.POSITIVE_INFINITY);
        if (rate > 0 && Double.isFinite(rate)) {
            boolean even = root.path("burstiness").asText("").equals("inf");
            return new Load.Open(rate, even ? Arrivals.CONSTANT : Arrivals.POISSON);
        }
        int slots = root.path("max_concurrency").asInt(0);
        return slots > 0 ? new Load.Closed(slots) : new Load.AtOnce();
    }

    /** The numbers of its requests, under a header that was made of it, and the percentiles that are shown. */
    TrialReport trial(TrialHeader header, List<Double> shown) {
        TokenAccounting accounting = TokenAccounting.withoutTokenizer();
        SummaryBuilder builder = new SummaryBuilder(header.load(), Optional.empty(), shown);
        FailureCounts failures = new FailureCounts();
        for (RequestRecord record : records) {
            builder.add(record, RequestMetrics.of(record, accounting.count(record)));
            failures.add(record);
        }
        Summary summary = overItsDuration(builder.build());
        List<Flag> flags = new ArrayList<>(Flags.ofTrial(header, summary, List.of(), Optional.empty(), shown));
        flags.addAll(new VllmFlags(root, records).flags(summary));
        return new TrialReport(header, List.of(), summary, failures.failures(), Optional.empty(), flags);
    }

    /** The file's own figures beside those of its trial, as lines of a table. */
    List<String> beside(Summary here) {
        return VllmTable.lines(root, here);
    }

    /** No array says when a request was sent: rates are those over the file's own duration, and peaks are not known. */
    private Summary overItsDuration(Summary summary) {
        double seconds = root.path("duration").asDouble(Double.NaN);
        return new Summary(
                summary.outcomes(),
                summary.tokens(),
                summary.connections(),
                new Summary.Throughput(
                        seconds * NANOS_PER_SECOND,
                        summary.outcomes().succeeded() / seconds,
                        summary.tokens().input() / seconds,
                        summary.tokens().output() / seconds,
                        Double.NaN,
                        Double.NaN,
                        0,
                        Double.NaN,
                        Optional.empty()),
                summary.metrics(),
                summary.all(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
