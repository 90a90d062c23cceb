package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.text.Format;
import io.inferometer.stats.stage.StageSummary;
import java.util.List;

/** The stages of a load, in their order. */
final class StagesJson {
    private StagesJson() {}

    static void addTo(ArrayNode array, List<StageSummary> stages) {
        for (StageSummary stage : stages) {
            ObjectNode node = array.addObject().put("kind", Format.word(stage.kind()));
            node.set("asked", ResultJson.number(stage.stage().mean()));
            node.set("achieved", ResultJson.number(stage.achieved()));
            node.set("from", ResultJson.number(stage.stage().from()));
            node.set("to", ResultJson.number(stage.stage().to()));
            node.set("timeMs", ResultJson.millis(stage.stage().time().toNanos()));
            node.set("requests", RunJson.outcomes(stage.summary().outcomes()));
            node.set("metrics", RunJson.metrics(stage.summary()));
        }
    }
}
