package io.inferometer.report.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.report.Golden;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Finding.Weight;
import io.inferometer.report.finding.Findings;
import io.inferometer.report.finding.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class FindingsJsonTest {
    private static final Finding FILES = Finding.well(Subject.DESCRIPTORS, "this process may open 1,048,576 files");

    @Test
    void whatStandsInTheWayIsWritten() throws IOException {
        Findings findings = new Findings(
                "https://example.com/v1/chat/completions",
                "chat",
                "m",
                1,
                List.of(
                        FILES,
                        Finding.unknown(Subject.GOVERNOR, "this platform does not tell"),
                        Finding.note(Subject.BUSY, "40 % of the processors are in use", "end what else runs here"),
                        Finding.inTheWay(Subject.ANSWER, "401: Unauthorized", "")));

        assertThat(findings.ready()).isFalse();
        Golden.check("doctor-in-the-way.json", new String(FindingsJson.bytes(findings), UTF_8));
    }

    @Test
    void whatIsReadyIsWritten() throws IOException {
        Findings findings = new Findings("sim:metronome", "embeddings", "", 2, List.of(FILES));

        assertThat(findings.ready()).isTrue();
        Golden.check("doctor-ready.json", new String(FindingsJson.bytes(findings), UTF_8));
    }

    @Test
    void theSchemaKnowsEachWeight() throws IOException {
        JsonNode words = schema().at("/properties/findings/items/properties/weight/enum");

        assertThat(StreamSupport.stream(words.spliterator(), false).map(JsonNode::asText))
                .containsExactlyElementsOf(
                        Stream.of(Weight.values()).map(Weight::word).toList());
    }

    @Test
    void docsSayOfEachKeyWhatTheSchemaSays() throws IOException {
        String page = Files.readString(Path.of("../docs/doctor.md"));

        assertRows(page, "", schema());
    }

    private static void assertRows(String page, String path, JsonNode node) {
        node.get("properties").properties().forEach(property -> {
            JsonNode value = property.getValue();
            assertThat(page.lines())
                    .as(path + property.getKey())
                    .anyMatch(row -> row.startsWith("| `" + path + property.getKey() + "` | ")
                            && row.endsWith(" | " + value.get("description").asText() + " |"));
            if (value.has("items")) {
                assertRows(page, path + property.getKey() + "[].", value.get("items"));
            }
        });
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = FindingsJson.class.getResourceAsStream("doctor-schema-1.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
