package io.inferometer.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.docs.DocPage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/result.md} is the schema of the native JSON in words, each key of it. */
class ResultPageTest {
    private static final String REFERENCE = "#/$defs/";
    private static final String HEAD = """
            # The native JSON

            What `-rf json` writes, key by key. It is written from
            [result-schema-2.json](../runtime/src/main/resources/io/inferometer/report/json/result-schema-2.json) by `ResultPageTest`: the JSON Schema
            (2020-12) that is in the jar too, at `/io/inferometer/report/json/result-schema-2.json`.

            Keys carry units. What is not known is null or absent, and never zero. Objects get new members without a new `schemaVersion`: pass
            over what you don't know.
            """;

    private final List<String> undescribed = new ArrayList<>();
    private JsonNode schema;

    @Test
    void hasEveryKey() throws IOException {
        schema = schema();
        StringBuilder page = new StringBuilder(HEAD);
        section(page, "the whole", schema);
        schema.get("$defs").properties().forEach(entry -> section(page, entry.getKey(), entry.getValue()));

        assertThat(undescribed)
                .as("keys of result-schema-2.json without a description: say in the schema what each is")
                .isEmpty();
        DocPage.assertWritten("result.md", page.toString(), ResultPageTest.class);
    }

    private void section(StringBuilder page, String name, JsonNode node) {
        page.append("\n## ").append(name).append("\n\n");
        if (node.has("description") && !node.has("$defs")) {
            page.append(node.get("description").asText()).append("\n\n");
        }
        page.append("| key | type | what |\n|---|---|---|\n");
        rows(page, "", node);
    }

    private void rows(StringBuilder page, String path, JsonNode node) {
        for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
            String key = path + property.getKey();
            JsonNode value = property.getValue();
            if (!value.has("description") && !value.has("$ref")) {
                undescribed.add(key);
            }
            page.append("| `").append(key).append("` | ");
            page.append(type(value)).append(" | ");
            page.append(text(value).replace("|", "\\|")).append(" |\n");
            rows(page, key + ".", value);
            rows(page, key + "[].", value.path("items"));
            rows(page, key + ".*.", value.path("additionalProperties"));
        }
    }

    /** What a key is; where nothing else is said, what it refers to is. */
    private String text(JsonNode value) {
        boolean said = value.has("description") || !value.has("$ref");
        return (said ? value : schema.at(value.get("$ref").asText().substring(1)))
                .path("description")
                .asText();
    }

    private static String type(JsonNode value) {
        if (value.has("$ref")) {
            String name = value.get("$ref").asText();
            return name.startsWith(REFERENCE) && name.indexOf('/', REFERENCE.length()) < 0
                    ? "[" + name.substring(REFERENCE.length()) + "](#"
                            + name.substring(REFERENCE.length()).toLowerCase(Locale.ROOT) + ")"
                    : "as `" + name.substring(name.lastIndexOf('/') + 1) + "`";
        }
        if (value.has("const")) {
            return "`" + value.get("const").asText() + "`";
        }
        if (value.has("enum")) {
            List<String> words = new ArrayList<>();
            value.get("enum").forEach(word -> words.add("`" + word.asText() + "`"));
            return String.join(", ", words);
        }
        JsonNode type = value.path("type");
        List<String> names = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(name -> names.add(name.asText()));
        } else {
            names.add(type.asText());
        }
        String items = value.has("items") ? " of " + type(value.get("items")) : "";
        return String.join(" or ", names) + items;
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream("result-schema-2.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
