package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.gate.Sheet;

/** What was judged as JSON: what came of all of it, and the numbers of each row. */
final class JudgedJson {
    private JudgedJson() {}

    static ObjectNode of(Sheet sheet) {
        ObjectNode node = ResultJson.object().put("result", word(sheet.result()));
        ArrayNode rows = node.putArray("rows");
        for (Sheet.Row row : sheet.rows()) {
            ObjectNode one = rows.addObject().put("name", row.name()).put("result", word(row.result()));
            row.values().forEach((key, value) -> add(one, key, value));
        }
        ArrayNode notes = node.putArray("notes");
        sheet.notes().forEach(notes::add);
        return node;
    }

    private static void add(ObjectNode node, String key, Object value) {
        if (value instanceof Double number) {
            node.set(key, ResultJson.number(number));
        } else if (value instanceof Integer number) {
            node.put(key, number);
        } else if (value instanceof Boolean truth) {
            node.put(key, truth);
        } else {
            node.put(key, value.toString());
        }
    }

    private static String word(Sheet.Result result) {
        return switch (result) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case UNCLEAR -> "unclear";
        };
    }
}
