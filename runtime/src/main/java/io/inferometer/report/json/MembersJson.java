package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.MemberReport;
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
            member.lost().ifPresent(why -> node.put("lost", why));
            member.client().ifPresent(client -> node.set("health", HealthJson.of(client)));
        }
    }

    private static void millis(ObjectNode node, String name, OptionalLong nanos) {
        if (nanos.isPresent()) {
            node.set(name, ResultJson.millis(nanos.getAsLong()));
        }
    }
}
