package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.member.MemberLoss;
import io.inferometer.report.member.MemberReport;
import java.util.List;
import java.util.OptionalLong;

/** The members of a trial as JSON. What is not known of one is absent. */
final class MembersJson {
    private MembersJson() {}

    static void addTo(ArrayNode array, List<MemberReport> members) {
        for (MemberReport member : members) {
            ObjectNode node = array.addObject().put("name", member.name()).put("requests", member.requests());
            millis(node, "startSkewMs", member.startSkewNanos());
            millis(node, "clockOffsetMs", member.clockOffsetNanos());
            millis(node, "clockBoundMs", member.clockBoundNanos());
            member.lost().ifPresent(loss -> add(loss, node));
            member.client().ifPresent(client -> node.set("health", HealthJson.of(client)));
        }
    }

    private static void add(MemberLoss loss, ObjectNode node) {
        node.put("lost", loss.why());
        millis(node, "lastHeardMs", loss.heardNanos());
        loss.inFlight().ifPresent(requests -> node.put("inFlightAtLoss", requests));
        loss.left().ifPresent(left -> {
            ObjectNode load = node.putObject("loadAfterLoss");
            left.concurrency().ifPresent(slots -> load.put("concurrency", slots));
            left.requestsPerSecond().ifPresent(rate -> load.put("requestsPerSecond", rate));
            load.put("share", left.share());
        });
    }

    private static void millis(ObjectNode node, String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            node.set(name, ResultJson.millis(nanos.getAsLong()));
        }
    }
}
