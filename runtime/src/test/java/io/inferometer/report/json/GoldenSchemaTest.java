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

    @Test
    void eachGoldenResultIsValid() throws IOException {
        JsonSchema schema = schema();
        int valid = 0;
        for (Path file : goldens()) {
            JsonNode result = new ObjectMapper().readTree(file.toFile());
            if (result.path("format").asText().equals("inferometer")) {
                assertThat(schema.validate(result)).as(file.toString()).isEmpty();
                valid++;
            }
        }
        assertThat(valid).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatIsNoResultIsNot() throws IOException {
        JsonNode result = new ObjectMapper().readTree("{\"format\": \"inferometer\", \"schemaVersion\": 3}");

        assertThat(schema().validate(result)).isNotEmpty();
    }

    private static List<Path> goldens() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream("result-schema-2.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }
}
