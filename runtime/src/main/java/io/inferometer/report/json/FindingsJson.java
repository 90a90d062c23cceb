package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Findings;

/** What was found of a machine and an endpoint, for programs; its schema is {@code doctor-schema-1.json} beside it. */
public final class FindingsJson {
    /** What the file is; another number where a key goes or means something else. */
    public static final String SCHEMA = "inferometer-doctor-1";

    private FindingsJson() {}

    public static byte[] bytes(Findings findings) {
        ObjectNode node = ResultJson.object()
                .put("schema", SCHEMA)
                .put("endpoint", findings.endpoint())
                .put("protocol", findings.protocol())
                .put("model", findings.model())
                .put("requests", findings.requests())
                .put("ready", findings.ready());
        ArrayNode all = node.putArray("findings");
        for (Finding finding : findings.all()) {
            all.addObject()
                    .put("name", finding.subject().word())
                    .put("weight", finding.weight().word())
                    .put("what", finding.what())
                    .put("why", finding.subject().why())
                    .put("remedy", finding.remedy());
        }
        return ResultJson.bytes(node);
    }
}
