package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.endpoint.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private final CommandLineRun line = new CommandLineRun();

    @Test
    void whatStandsInTheWayIsAnExitCodeALineAndAFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("doctor.json");
        try (ScriptedServer server = new ScriptedServer((request, connection) ->
                connection.write(ScriptedServer.response(401, "application/json", "{\"error\":\"Unauthorized\"}")))) {
            int status = line.run(
                    "doctor", "--base-url", server.url(), "--model", "m", "-rf", "json", "-rff", file.toString());

            assertThat(status).isEqualTo(1);
            assertThat(line.out().lines())
                    .contains(
                            "This machine:",
                            "The endpoint " + server.url()
                                    + ", asked at most 3 requests of at most 16 tokens of answer each:",
                            "  in the way  answer: 401: Unauthorized; a request of this form has to succeed before many are"
                                    + " sent; no key was sent: name the variable that holds it with --api-key-env");
            assertThat(line.out()).matches("(?s).*\n\\d+ things? stands? in the way: .*answer\n");
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            assertThat(json.path("schema").asText()).isEqualTo("inferometer-doctor-1");
            assertThat(json.path("ready").asBoolean(true)).isFalse();
            assertThat(json.path("requests").asInt()).isEqualTo(1);
            assertThat(json.at("/findings"))
                    .anySatisfy(
                            finding -> assertThat(finding.path("name").asText()).isEqualTo("descriptors"))
                    .anySatisfy(finding -> {
                        assertThat(finding.path("name").asText()).isEqualTo("answer");
                        assertThat(finding.path("weight").asText()).isEqualTo("in the way");
                        assertThat(finding.path("what").asText()).isEqualTo("401: Unauthorized");
                    });
        }
    }

    @Test
    void aFileThatExistsIsRefusedBeforeAnythingIsSent(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("doctor.json"), "mine");
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {})) {
            assertThat(line.run("doctor", "--base-url", server.url(), "-rff", file.toString()))
                    .isEqualTo(2);
            assertThat(server.requests()).isEmpty();
            assertThat(file).hasContent("mine");
        }
    }

    @Test
    void whatCantBeDoneIsRefused() {
        assertThat(line.run("doctor", "--base-url", "sim:nothing")).isEqualTo(2);
        assertThat(line.run("doctor", "-rf", "csv")).isEqualTo(2);
        assertThat(line.err()).contains("inferometer: -rf csv: the format of doctor is json\n");
    }
}
