package io.inferometer.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.instrument.Health;
import io.inferometer.instrument.Verdict;
import io.inferometer.report.IterationReport;
import io.inferometer.report.TrialReport;

/** What the client did to the numbers, as JSON. */
final class HealthJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HealthJson() {}

    /** The figures and the verdict; null where nobody looked. */
    static JsonNode of(IterationReport iteration) {
        if (iteration.health().isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        Health health = iteration.health().orElseThrow();
        ObjectNode node = MAPPER.valueToTree(health.toMap());
        long events = iteration.summary().tokens().events();
        node.set(
                "allocatedBytesPerEvent",
                ResultJson.number(
                        events == 0 || health.allocatedBytes() < 0
                                ? Double.NaN
                                : (double) health.allocatedBytes() / events));
        node.put("verdict", iteration.suspect().isPresent() ? "suspect" : "ok");
        iteration
                .suspect()
                .ifPresentOrElse(suspect -> node.set("suspect", suspect(suspect)), () -> node.putNull("suspect"));
        return node;
    }

    /** What the client itself added; null where that was not measured. */
    static JsonNode ofOverhead(TrialReport trial) {
        if (trial.overhead().isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode node = MAPPER.valueToTree(trial.overhead().orElseThrow().toMap());
        return node.put("endpointHere", trial.header().endpoint().besideClient());
    }

    private static ObjectNode suspect(Verdict.Suspect suspect) {
        ObjectNode node = ResultJson.object()
                .put("reason", suspect.reason().label())
                .put("unit", suspect.reason().unit());
        node.set("figure", ResultJson.number(suspect.figure()));
        node.set("limit", ResultJson.number(suspect.limit()));
        return node.put("text", suspect.text());
    }
}
