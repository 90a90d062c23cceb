package io.inferometer.report.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.instrument.Health;
import io.inferometer.instrument.Reason;
import io.inferometer.instrument.Verdict;
import io.inferometer.report.Flag;
import io.inferometer.report.IterationReport;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads native results, for what compares runs: the figures of each iteration, what their run was, and whether its client was
 * suspect. Figures are as the file has them, by the definitions of when it was written.
 */
public final class ResultReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private ResultReader() {}

    /** Whether a file is one, by its first keys; one that can't be read is none. */
    public static boolean is(Path file) {
        try (var in = JSON.createParser(file.toFile())) {
            return in.nextToken() != null
                    && "format".equals(in.nextFieldName())
                    && "inferometer".equals(in.nextTextValue());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads one.
     *
     * @throws IOException where it can't be read, lacks something or is of another version; the message names it
     */
    public static RunReport read(Path file) throws IOException {
        try {
            return run(JSON.readTree(file.toFile()));
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + " is no whole JSON, line " + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static RunReport run(JsonNode result) {
        int version = result.path("schemaVersion").asInt();
        if (version != RunJson.SCHEMA_VERSION || !result.path("trials").isArray()) {
            throw new IllegalArgumentException(
                    result.path("trials").isArray()
                            ? "its version is " + version + ", and " + RunJson.SCHEMA_VERSION
                                    + " is read; give the journal of its run"
                            : "it is no result of a run");
        }
        int definitions = result.path("definitions").asInt();
        if (definitions != Summary.DEFINITIONS) {
            throw new IllegalArgumentException("its figures are by version " + definitions
                    + " of their definitions, and today's are " + Summary.DEFINITIONS
                    + "; give the journal of its run, which is computed anew");
        }
        RunHeader header = header(result);
        List<TrialReport> trials = new ArrayList<>();
        for (JsonNode trial : result.required("trials")) {
            trials.add(trial(header.trial(trial.at("/trial/index").asInt()), trial));
        }
        return new RunReport(header, trials, List.of(), end(result), List.of(), List.of());
    }

    private static RunHeader header(JsonNode result) {
        ObjectNode run = result.required("run").deepCopy();
        ArrayNode trials = run.putArray("trials");
        result.required("trials").forEach(trial -> trials.add(trial.required("trial")));
        return RunHeader.ofMap(JSON.convertValue(run, MAP));
    }

    private static RunEnd end(JsonNode result) {
        return result.required("complete").asBoolean()
                ? RunEnd.COMPLETE
                : new RunEnd.Broken(result.path("incompleteReason").asText());
    }

    private static TrialReport trial(TrialHeader header, JsonNode trial) {
        List<IterationReport> iterations = new ArrayList<>();
        for (JsonNode iteration : trial.required("iterations")) {
            iterations.add(iteration(header, iteration));
        }
        List<Flag> flags = new ArrayList<>();
        trial.required("flags")
                .forEach(flag -> flags.add(
                        new Flag(flag.path("name").asText(), flag.path("text").asText())));
        return new TrialReport(
                header,
                iterations,
                SummaryReader.summary(trial.required("summary")),
                List.of(),
                Optional.empty(),
                flags);
    }

    private static IterationReport iteration(TrialHeader header, JsonNode iteration) {
        Optional<JsonNode> health = Optional.of(iteration.path("health")).filter(JsonNode::isObject);
        return new IterationReport(
                header.index(),
                iteration.required("fork").asInt(),
                false,
                iteration.required("iteration").asInt(),
                iteration.required("complete").asBoolean(),
                SummaryReader.summary(iteration.required("summary")),
                List.of(),
                health.map(seen -> Health.ofMap(JSON.convertValue(seen, MAP))),
                health.map(ResultReader::verdict));
    }

    private static Verdict verdict(JsonNode health) {
        JsonNode suspect = health.path("suspect");
        if (!suspect.isObject()) {
            return new Verdict.Ok();
        }
        String label = suspect.path("reason").asText();
        Reason reason = Stream.of(Reason.values())
                .filter(known -> known.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it has a client that is suspect of '" + label
                        + "', which is not known; give the journal of its run"));
        return new Verdict.Suspect(
                reason,
                suspect.path("figure").asDouble(Double.NaN),
                suspect.path("limit").asDouble(Double.NaN),
                "",
                suspect.path("member").asText(""));
    }
}
