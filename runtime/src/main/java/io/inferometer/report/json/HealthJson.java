package io.inferometer.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.instrument.Clients;
import io.inferometer.instrument.Health;
import io.inferometer.instrument.Verdict;
import io.inferometer.report.IterationReport;
import io.inferometer.report.TrialReport;
import java.util.Optional;

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
        return judged(node, iteration.suspect());
    }

    /** The same of one of several clients, in an iteration. */
    static JsonNode of(Clients.Seen client) {
        ObjectNode node = MAPPER.valueToTree(client.health().toMap());
        node.putNull("allocatedBytesPerEvent");
        return judged(
                node, client.verdict() instanceof Verdict.Suspect suspect ? Optional.of(suspect) : Optional.empty());
    }

    private static ObjectNode judged(ObjectNode node, Optional<Verdict.Suspect> suspect) {
        node.put("verdict", suspect.isPresent() ? "suspect" : "ok");
        suspect.ifPresentOrElse(what -> node.set("suspect", suspect(what)), () -> node.putNull("suspect"));
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
        if (!suspect.member().isEmpty()) {
            node.put("member", suspect.member());
        }
        return node.put("text", suspect.text());
    }
}
