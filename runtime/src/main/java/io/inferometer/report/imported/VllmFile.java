package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.inferometer.workload.Objective;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A result of vLLM's serving benchmark, of bench_serving, its forerunner, or of SGLang's, with an entry for each request in
 * arrays. Its numbers are computed anew from these arrays, by our definitions as far as they allow.
 */
final class VllmFile implements ForeignTrial {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final JsonNode root;
    private final List<RequestRecord> records;

    /** @throws IllegalArgumentException where an array is missing or shorter than another; the message begins with it */
    VllmFile(JsonNode root) {
        this.root = root;
        this.records = VllmRecords.of(root, 0);
    }

    @Override
    public TrialHeader header(String workload, int index, int gpus, Optional<Objective> objective) {
        return ForeignHeaders.of(
                workload,
                index,
                description(root),
                model(root),
                load(root),
                records.size(),
                root.path("simulated").asBoolean(false),
                new Trial.Figures("", objective, gpus));
    }

    static String description(JsonNode root) {
        return Stream.of(Told.text(root.path("backend")), Told.text(root.path("date")))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** SGLang's result names its model only in what it asked the server. */
    static String model(JsonNode root) {
        JsonNode server = root.path("server_info");
        return Told.text(
                root.path("model_id"), root.path("model"), server.path("model_path"), server.path("served_model_name"));
    }

    static Load load(JsonNode root) {
        return Told.load(
                Told.number(root.path("request_rate")),
                Told.number(root.path("max_concurrency")),
                root.path("burstiness").asText("").equals("inf")
                        || Double.isInfinite(root.path("burstiness").asDouble(1)));
    }

    static Optional<Instant> startedAt(JsonNode root) {
        try {
            return Optional.of(
                    LocalDateTime.parse(root.path("date").asText(""), DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<RequestRecord> records(int index) {
        return VllmRecords.of(root, index);
    }

    @Override
    public TrialReport trial(TrialHeader header, List<Double> shown) {
        TokenAccounting accounting = TokenAccounting.withoutTokenizer();
        SummaryBuilder builder =
                new SummaryBuilder(header.load(), header.figures().objective(), shown);
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

    @Override
    public List<String> beside(TrialReport trial) {
        return VllmTable.lines(root, trial.summary());
    }

    @Override
    public Optional<Instant> startedAt() {
        return startedAt(root);
    }

    /** No array says when a request was sent: rates are those over the file's own duration. */
    private Summary overItsDuration(Summary summary) {
        double seconds = Told.number(root.path("duration"));
        return new Summary(
                summary.outcomes(),
                summary.tokens(),
                summary.connections(),
                ForeignHeaders.throughput(new ToldTrial.Rates(
                        seconds * Told.NANOS_PER_SECOND,
                        summary.outcomes().succeeded() / seconds,
                        summary.tokens().input() / seconds,
                        summary.tokens().output() / seconds)),
                summary.metrics(),
                summary.channels(),
                summary.all(),
                Optional.empty(),
                summary.goodput()
                        .map(good -> new Summary.Goodput(
                                good.requests(), good.judged(), good.notJudged(), good.requests() / seconds)),
                Optional.empty(),
                Optional.empty());
    }
}
