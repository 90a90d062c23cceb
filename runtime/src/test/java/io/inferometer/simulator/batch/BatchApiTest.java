package io.inferometer.simulator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.simulator.Await;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.RawClient;
import io.inferometer.simulator.SimulatedEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHAT = "/v1/chat/completions";

    private SimulatedEndpoint endpoint;
    private RawClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        endpoint.close();
    }

    @Test
    void aJobRunsAllItsLinesAndTellsOfEach() throws IOException {
        start("metronome?ttft=2&itl=0.1&batch_running=8");

        JsonNode batch = ended(create(upload(lines(100, "m", 3)), CHAT));

        assertThat(batch.path("status").asText()).isEqualTo("completed");
        assertThat(batch.path("object").asText()).isEqualTo("batch");
        assertThat(batch.path("model").asText()).isEqualTo("m");
        assertThat(batch.path("request_counts"))
                .isEqualTo(JSON.readTree("{\"total\":100,\"completed\":100,\"failed\":0}"));
        assertThat(batch.path("error_file_id").isNull()).isTrue();
        assertThat(batch.path("errors").isNull()).isTrue();
        assertThat(batch.path("expires_at").asLong() - batch.path("created_at").asLong())
                .isEqualTo(24 * 3600);
        assertThat(List.of("created_at", "in_progress_at", "finalizing_at", "completed_at"))
                .allMatch(member -> batch.path(member).isIntegralNumber());
        assertThat(batch.path("usage").path("output_tokens").asInt()).isEqualTo(300);
        Set<String> ids = new HashSet<>();
        for (String line : content(batch.path("output_file_id").asText()).split("\n")) {
            JsonNode answer = JSON.readTree(line);
            ids.add(answer.path("custom_id").asText());
            assertThat(answer.path("error").isNull()).isTrue();
            assertThat(answer.path("response").path("status_code").asInt()).isEqualTo(200);
            assertThat(answer.path("response")
                            .path("body")
                            .path("choices")
                            .path(0)
                            .path("message")
                            .path("content")
                            .asText())
                    .isEqualTo(" tick tick tick");
        }
        assertThat(ids).hasSize(100);
        assertThat(client.get("/metrics").body())
                .contains("vllm:generation_tokens_total{engine=\"0\",model_name=\"simulated\"} 300\n");
    }

    @Test
    void jobsSpeakOtherProtocolsToo() throws IOException {
        start("metronome?ttft=0&itl=0");
        String line = "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/embeddings\",\"body\":{\"model\":\"m\","
                + "\"input\":\"hi\",\"dimensions\":2}}";

        JsonNode batch = ended(create(upload(line), "/v1/embeddings"));

        assertThat(content(batch.path("output_file_id").asText())).contains("\"object\":\"embedding\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not json                                                                                           | invalid_json_line           | This line is not a JSON object: the body is not JSON: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            []                                                                                                 | invalid_json_line           | This line is not a JSON object: the body must be a JSON object
            {"custom_id":"0","method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}                | duplicate_custom_id         | The custom_id '0' is that of another request of the file.
            {"custom_id":"x","method":"POST","url":"/v1/chat/completions","body":{"model":"other"}}            | mismatched_model            | The model 'other' is not that of the other requests, 'm'.
            {"custom_id":"x","method":"POST","url":"/v1/embeddings","body":{"model":"m"}}                      | mismatched_url              | The url '/v1/embeddings' is not the batch's endpoint, /v1/chat/completions.
            {"custom_id":"x","method":"GET","url":"/v1/chat/completions","body":{"model":"m"}}                 | invalid_method              | The method 'GET' is not POST.
            {"method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}                                | missing_required_parameter  | The custom_id is missing.
            {"custom_id":"x","method":"POST","url":"/v1/chat/completions"}                                     | missing_required_parameter  | The body is missing.
            """)
    void aFileThatIsWrongIsToldByLineAndNothingOfItRuns(String line, String code, String message) throws IOException {
        start("metronome?ttft=0");

        JsonNode batch = ended(create(upload(lines(2, "m", 1) + "\n" + line + "\n"), CHAT));

        JsonNode error = batch.path("errors").path("data").path(0);
        assertThat(batch.path("status").asText()).isEqualTo("failed");
        assertThat(batch.path("failed_at").isIntegralNumber()).isTrue();
        assertThat(batch.path("errors").path("data")).hasSize(1);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("line").asInt()).isEqualTo(3);
        assertThat(batch.path("request_counts").path("total").asInt()).isZero();
        assertThat(client.get("/metrics").body())
                .contains("vllm:e2e_request_latency_seconds_count{engine=\"0\",model_name=\"simulated\"} 0\n");
    }

    @Test
    void aFileMayHaveTooManyRequestsOrNone() throws IOException {
        start("metronome?ttft=0");

        JsonNode many = ended(create(upload(lines(50_001, "m", 1)), CHAT));
        JsonNode none = ended(create(upload("\n\n"), CHAT));

        assertThat(many.path("errors").path("data").path(0).path("message").asText())
                .isEqualTo("The file has more than 50000 requests.");
        assertThat(none.path("errors").path("data").path(0).path("code").asText())
                .isEqualTo("empty_file");
    }

    @Test
    void aShareOfTheLinesFailsWhereTheProfileSaysSo() throws IOException {
        start("metronome?ttft=0&itl=0&batch_fail=0.5");

        JsonNode batch = ended(create(upload(lines(200, "m", 1)), CHAT));

        int failed = batch.path("request_counts").path("failed").asInt();
        String[] errors = content(batch.path("error_file_id").asText()).split("\n");
        assertThat(batch.path("status").asText()).isEqualTo("completed");
        assertThat(failed).isBetween(70, 130).isEqualTo(errors.length);
        assertThat(batch.path("request_counts").path("completed").asInt()).isEqualTo(200 - failed);
        assertThat(JSON.readTree(errors[0]).path("response").path("status_code").asInt())
                .isEqualTo(500);
    }

    @Test
    void aLineThatCanNotBeAnsweredFailsAlone() throws IOException {
        start("metronome?ttft=0&itl=0");
        String bad = "{\"custom_id\":\"bad\",\"method\":\"POST\",\"url\":\"" + CHAT + "\",\"body\":{\"model\":\"m\"}}";

        JsonNode batch = ended(create(upload(lines(3, "m", 1) + "\n" + bad), CHAT));

        JsonNode error = JSON.readTree(content(batch.path("error_file_id").asText()));
        assertThat(batch.path("request_counts").path("completed").asInt()).isEqualTo(3);
        assertThat(error.path("custom_id").asText()).isEqualTo("bad");
        assertThat(error.path("response").path("status_code").asInt()).isEqualTo(400);
        assertThat(error.path("response")
                        .path("body")
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("messages must be a list of at least one message");
    }

    @Test
    void aJobThatTakesTooLongExpiresAndSaysWhatItLacks() throws IOException {
        start("metronome?ttft=60000&batch_running=2&batch_window=200");

        JsonNode batch = ended(create(upload(lines(5, "m", 1)), CHAT));

        String[] errors = content(batch.path("error_file_id").asText()).split("\n");
        assertThat(batch.path("status").asText()).isEqualTo("expired");
        assertThat(batch.path("expired_at").isIntegralNumber()).isTrue();
        assertThat(batch.path("output_file_id").isNull()).isTrue();
        assertThat(errors).hasSize(5);
        assertThat(JSON.readTree(errors[4]).path("error").path("code").asText()).isEqualTo("batch_expired");
        assertThat(JSON.readTree(errors[4]).path("response").isNull()).isTrue();
        Await.until(() -> endpoint.running() == 0);
    }

    @Test
    void aJobIsCancelledWithWhatItHasDone() throws IOException {
        start("metronome?ttft=5&itl=0&batch_running=1&batch_finalize=200");
        String id = create(upload(lines(10_000, "m", 1)), CHAT);
        Await.until(() -> batch(id).path("request_counts").path("completed").asInt() > 2);

        JsonNode cancelling = JSON.readTree(
                client.exchange("POST", "/v1/batches/" + id + "/cancel", "").body());
        JsonNode batch = ended(id);

        assertThat(cancelling.path("status").asText()).isEqualTo("cancelling");
        assertThat(batch.path("status").asText()).isEqualTo("cancelled");
        assertThat(batch.path("cancelled_at").isIntegralNumber()).isTrue();
        assertThat(content(batch.path("output_file_id").asText()).split("\n"))
                .hasSize(batch.path("request_counts").path("completed").asInt());
        assertThat(client.exchange("POST", "/v1/batches/" + id + "/cancel", "").status())
                .isEqualTo(409);
    }

    @Test
    void aJobWaitsForTheOneBeforeIt() throws IOException {
        start("metronome?ttft=60000&batch_queue=1");
        String first = create(upload(lines(1, "m", 1)), CHAT);
        Await.until(() -> status(first).equals("in_progress"));
        String second = create(upload(lines(1, "m", 1)), CHAT);

        assertThat(status(second)).isEqualTo("validating");
        client.exchange("POST", "/v1/batches/" + first + "/cancel", "");

        Await.until(() -> status(second).equals("in_progress"));
        JsonNode list = JSON.readTree(client.get("/v1/batches?limit=1").body());
        assertThat(list.path("data").path(0).path("id").asText()).isEqualTo(second);
        assertThat(list.path("has_more").asBoolean()).isTrue();
        assertThat(JSON.readTree(client.get("/v1/batches?after=" + second).body())
                        .path("first_id")
                        .asText())
                .isEqualTo(first);
    }

    @Test
    void aJobTakesTheRoomInTheEngineThatInteractiveRequestsNeed() throws IOException {
        start("b200-trt-tp4?running=2&batch_running=2");
        String id = create(upload(lines(2, "m", 100_000)), CHAT);
        Await.until(() -> metrics().contains("num_requests_running{engine=\"0\",model_name=\"simulated\"} 2\n"));

        client.send(RawClient.request("POST", CHAT, RawClient.chat(1, false)));
        try (RawClient other = new RawClient(endpoint)) {
            Await.until(
                    () -> metrics(other).contains("num_requests_waiting{engine=\"0\",model_name=\"simulated\"} 1\n"));
            other.exchange("POST", "/v1/batches/" + id + "/cancel", "");
        }

        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void filesAreKeptAndForgotten() throws IOException {
        start("metronome");
        String text = "é\n".repeat(1_500_000);

        String id = upload(text);

        JsonNode file = JSON.readTree(client.get("/v1/files/" + id).body());
        assertThat(file.path("bytes").asInt()).isEqualTo(4_500_000);
        assertThat(file.path("filename").asText()).isEqualTo("in.jsonl");
        assertThat(file.path("purpose").asText()).isEqualTo("batch");
        assertThat(file.path("object").asText()).isEqualTo("file");
        assertThat(content(id)).isEqualTo(text);
        assertThat(JSON.readTree(client.get("/v1/files").body()).path("data")).containsExactly(file);
        assertThat(client.exchange("DELETE", "/v1/files/" + id, "").body())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"file\",\"deleted\":true}");
        assertThat(client.get("/v1/files/" + id + "/content").body()).contains("no file '" + id + "' is kept here");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /v1/files           | {}                                                                                  | 400 | the body must be multipart/form-data, with purpose and file
            PUT    | /v1/files           | {}                                                                                  | 405 | PUT is not allowed here, only GET
            GET    | /v1/batches/batch_1 |                                                                                     | 404 | no batch 'batch_1' here
            POST   | /v1/batches         | {}                                                                                  | 400 | input_file_id is missing
            POST   | /v1/batches         | {"input_file_id":"x"}                                                               | 404 | no file 'x' is kept here
            POST   | /v1/batches/a/b/c   | {}                                                                                  | 404 | no path /v1/batches/a/b/c
            """)
    void refusesWhatItCanNotDo(String method, String path, String body, int status, String message) throws IOException {
        start("metronome");

        RawClient.Response response = client.exchange(method, path, body == null ? "" : body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(JSON.readTree(response.body()).path("error").path("message").asText())
                .isEqualTo(message);
    }

    @Test
    void refusesAJobThatItCanNotRun() throws IOException {
        start("metronome");
        String file = upload("{}");

        assertThat(createWith(file, "/v1/audio", "24h").body())
                .contains("endpoint '/v1/audio' is none of /v1/chat/completions, ");
        assertThat(createWith(file, CHAT, "soon").body())
                .contains("completion_window must be a number of s, m, h or d, like 24h");
    }

    @Test
    void takesNoFileWithoutTheKey() throws IOException {
        endpoint = SimulatedEndpoint.start(
                SimulatedEndpoint.Settings.of(Profile.parse("metronome")).withApiKey("k3y"));
        client = new RawClient(endpoint);
        String body = " ".repeat(33 << 20);

        RawClient.Response refused =
                client.exchange("POST", "/v1/files", body, "Content-Type: multipart/form-data; boundary=edge");
        RawClient.Response waiting = client.exchange("GET", "/v1/files", "", "x-api-key: k3y");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(JSON.readTree(waiting.body()).path("data")).isEmpty();
    }

    @Test
    void aJobWhoseFileIsGoneFailsAndTheNextOneRuns() throws IOException {
        start("metronome?ttft=1&itl=0&batch_queue=300");
        String file = upload(lines(3, "m", 1));
        String lost = create(file, CHAT);
        Await.until(() -> batch(lost).path("request_counts").path("total").asInt() == 3);
        client.exchange("DELETE", "/v1/files/" + file, "");

        JsonNode failed = ended(lost);

        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("errors").path("data").path(0).path("message").asText())
                .startsWith("The files of the batch can't be read or written: ");
        assertThat(ended(create(upload(lines(1, "m", 1)), CHAT)).path("status").asText())
                .isEqualTo("completed");
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        start("metronome");
        Set<Path> before = simulatorFiles(temporary);
        upload("{}");
        Set<Path> meanwhile = simulatorFiles(temporary);

        endpoint.close();

        meanwhile.removeAll(before);
        assertThat(meanwhile).allMatch(path -> !Files.exists(path));
    }

    private static Set<Path> simulatorFiles(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(path -> path.getFileName().toString().startsWith("inferometer-sim-"))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    private static String lines(int count, String model, int tokens) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"custom_id\":\"" + i + "\",\"method\":\"POST\",\"url\":\"" + CHAT
                        + "\",\"body\":{\"model\":\"" + model + "\",\"max_tokens\":" + tokens
                        + ",\"ignore_eos\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}}")
                .collect(Collectors.joining("\n"));
    }

    private String upload(String text) throws IOException {
        String body = "--edge\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--edge\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n" + text + "\r\n--edge--\r\n";
        RawClient.Response response =
                client.exchange("POST", "/v1/files", body, "Content-Type: multipart/form-data; boundary=edge");
        assertThat(response.body()).startsWith("{\"id\":\"file-");
        return JSON.readTree(response.body()).path("id").asText();
    }

    private String create(String file, String path) throws IOException {
        JsonNode batch = JSON.readTree(createWith(file, path, "24h").body());
        assertThat(batch.path("status").asText()).isEqualTo("validating");
        return batch.path("id").asText();
    }

    private RawClient.Response createWith(String file, String path, String window) throws IOException {
        return client.exchange(
                "POST",
                "/v1/batches",
                "{\"input_file_id\":\"" + file + "\",\"endpoint\":\"" + path + "\",\"completion_window\":\"" + window
                        + "\"}");
    }

    private JsonNode ended(String id) {
        Await.until(() -> Set.of("completed", "failed", "expired", "cancelled").contains(status(id)));
        return batch(id);
    }

    private String status(String id) {
        return batch(id).path("status").asText();
    }

    private JsonNode batch(String id) {
        try {
            return JSON.readTree(client.get("/v1/batches/" + id).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String content(String file) throws IOException {
        return client.get("/v1/files/" + file + "/content").body();
    }

    private String metrics() {
        return metrics(client);
    }

    private static String metrics(RawClient client) {
        try {
            return client.get("/metrics").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(String profile) throws IOException {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
        client = new RawClient(endpoint);
    }
}
