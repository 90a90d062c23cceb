package io.inferometer.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each golden result keeps to the schema, as another's validator reads it. */
class GoldenSchemaTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/inferometer/report/golden");

    private static final String RESULT = "result-schema-2.json";
    private static final String FINDINGS = "doctor-schema-1.json";

    @Test
    void eachGoldenResultIsValid() throws IOException {
        assertThat(valid(RESULT, "format", "inferometer")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void eachGoldenListOfFindingsIsValid() throws IOException {
        assertThat(valid(FINDINGS, "schema", FindingsJson.SCHEMA)).isGreaterThanOrEqualTo(2);
    }

    /** How many goldens there are of a kind; each keeps to the schema. */
    private static int valid(String schema, String key, String kind) throws IOException {
        JsonSchema rules = schema(schema);
        int valid = 0;
        for (Path file : goldens()) {
            JsonNode result = new ObjectMapper().readTree(file.toFile());
            if (result.path(key).asText().equals(kind)) {
                assertThat(rules.validate(result)).as(file.toString()).isEmpty();
                valid++;
            }
        }
        return valid;
    }

    @Test
    void whatIsNoResultIsNot() throws IOException {
        JsonNode result = new ObjectMapper().readTree("{\"format\": \"inferometer\", \"schemaVersion\": 3}");

        assertThat(schema(RESULT).validate(result)).isNotEmpty();
        assertThat(schema(FINDINGS).validate(result)).isNotEmpty();
    }

    private static List<Path> goldens() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    private static JsonSchema schema(String name) throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream(name)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }
}
