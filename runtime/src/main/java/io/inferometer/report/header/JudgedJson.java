package io.inferometer.report.header;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.judge.Figure;
import io.inferometer.judge.Gate;
import io.inferometer.judge.Requirement;
import io.inferometer.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a run was to be judged, as JSON and back. What nobody asked for is not there. */
final class JudgedJson {
    private JudgedJson() {}

    static void add(RunHeader.Judged judged, ObjectNode node) {
        node.put("maxFailures", judged.maxFailures());
        if (!judged.required().isEmpty()) {
            texts(
                    node,
                    "required",
                    judged.required().stream().map(Requirement::toString).toList());
        }
        judged.beside().ifPresent(beside -> {
            ObjectNode one = node.putObject("beside");
            ArrayNode gates = one.putArray("gates");
            beside.gates()
                    .forEach(gate -> gates.addObject()
                            .put("figure", gate.figure().name())
                            .put("margin", gate.margin()));
            one.put("named", beside.named()).put("equivalent", beside.equivalent());
            texts(one, "allowed", beside.allowed());
            texts(one, "differences", beside.differences());
        });
    }

    static RunHeader.Judged of(JsonNode node) {
        String required = texts(node.path("required")).stream().collect(Collectors.joining(", "));
        return new RunHeader.Judged(
                node.required("maxFailures").asDouble(),
                required.isEmpty() ? List.of() : Requirement.parse(required),
                node.has("beside") ? Optional.of(beside(node.get("beside"))) : Optional.empty());
    }

    private static Plan.Beside beside(JsonNode node) {
        List<Gate> gates = new ArrayList<>();
        node.required("gates")
                .forEach(gate -> gates.add(new Gate(
                        Figure.of(gate.required("figure").asText()),
                        gate.required("margin").asDouble())));
        return new Plan.Beside(
                gates,
                node.required("named").asBoolean(),
                node.required("equivalent").asBoolean(),
                texts(node.required("allowed")),
                texts(node.required("differences")));
    }

    private static void texts(ObjectNode node, String name, List<String> texts) {
        ArrayNode array = node.putArray(name);
        texts.forEach(array::add);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
