package io.inferometer.simulator;

import static io.inferometer.simulator.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void streamsExactlyAsManyTokensAsAskedFor() throws IOException {
        RawClient.Response response = client("metronome?ttft=1&itl=0.1").complete(chat(20, true));

        List<String> events = response.events();
        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(response.headers())
                .containsEntry("content-type", "text/event-stream; charset=utf-8")
                .doesNotContainKey("connection");
        assertThat(response.whole()).isTrue();
        assertThat(events).hasSize(21).last().isEqualTo("[DONE]");
        for (int i = 0; i < 20; i++) {
            JsonNode event = JSON.readTree(events.get(i));
            JsonNode choice = event.path("choices").path(0);
            assertThat(event.path("id").asText()).isEqualTo("chatcmpl-1");
            assertThat(event.path("object").asText()).isEqualTo("chat.completion.chunk");
            assertThat(event.path("model").asText()).isEqualTo("m");
            assertThat(event.path("created").isIntegralNumber()).isTrue();
            assertThat(choice.path("index").asInt(-1)).isZero();
            assertThat(choice.path("delta").path("content").asText()).isEqualTo(" tick");
            assertThat(choice.path("delta").path("role").asText("none")).isEqualTo(i == 0 ? "assistant" : "none");
            assertThat(choice.path("finish_reason").asText()).isEqualTo(i == 19 ? "length" : "null");
        }
    }

    @Test
    void aStreamEndsWithTokenCountsWhereTheyAreAskedFor() throws IOException {
        String body = """
                {"model": "m", "stream": true, "stream_options": {"include_usage": true}, "max_completion_tokens": 3,
                 "messages": [{"role": "user", "content": "hello, world"}]}
                """;

        List<String> events = client("metronome?ttft=0&itl=0").complete(body).events();

        JsonNode usage = JSON.readTree(events.get(3));
        assertThat(events).hasSize(5).last().isEqualTo("[DONE]");
        assertThat(usage.path("choices")).isEmpty();
        assertThat(usage.path("usage")).isEqualTo(JSON.readTree("""
                                {"prompt_tokens": 3, "completion_tokens": 3, "total_tokens": 6,
                                 "prompt_tokens_details": {"cached_tokens": 0},
                                 "completion_tokens_details": {"reasoning_tokens": 0}}
                                """));
        assertThat(usage.path("sent_nanos").isIntegralNumber()).isTrue();
    }

    @Test
    void anAnswerOfOneTokenBeginsAndEndsInOneEvent() throws IOException {
        List<String> events =
                client("metronome?ttft=0&itl=0").complete(chat(1, true)).events();

        JsonNode choice = JSON.readTree(events.get(0)).path("choices").path(0);
        assertThat(events).hasSize(2);
        assertThat(choice.path("delta").path("role").asText()).isEqualTo("assistant");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void answersInOneBodyUnlessAskedToStream() throws IOException {
        RawClient.Response response = client("metronome?ttft=1&itl=0.1").complete(chat(3, false));

        JsonNode answer = JSON.readTree(response.body());
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.path("id").asText()).isEqualTo("chatcmpl-1");
        assertThat(answer.path("choices")).isEqualTo(JSON.readTree("""
                                [{"index": 0, "message": {"role": "assistant", "content": " tick tick tick"},
                                  "logprobs": null, "finish_reason": "length"}]
                                """));
        assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(3);
        assertThat(dueNanos(answer, answer, 1_000_000, 100_000, 2)).isNotNegative();
    }

    @Test
    void eachEventIsStampedAndNoneIsSentBeforeItIsDue() throws IOException {
        List<String> events =
                client("metronome?ttft=5&itl=0.5").complete(chat(50, true)).events();

        JsonNode first = JSON.readTree(events.get(0));
        long last = Long.MIN_VALUE;
        for (int i = 0; i < 50; i++) {
            JsonNode event = JSON.readTree(events.get(i));
            assertThat(events.get(i)).startsWith("{\"sent_nanos\":" + event.path("sent_nanos") + ",");
            assertThat(event.has("received_nanos")).isEqualTo(i == 0);
            assertThat(dueNanos(first, event, 5_000_000, 500_000, i)).isNotNegative();
            assertThat(event.path("sent_nanos").asLong()).isGreaterThanOrEqualTo(last);
            last = event.path("sent_nanos").asLong();
        }
    }

    /** How long after it was due token {@code i} was sent, by the server's own stamps. */
    private static long dueNanos(JsonNode first, JsonNode event, long ttftNanos, long itlNanos, int i) {
        long due = first.path("received_nanos").asLong() + ttftNanos + i * itlNanos;
        return event.path("sent_nanos").asLong() - due;
    }

    @Test
    void aModelsNameComesBackAsItWasGiven() throws IOException {
        String body = chat(1, true).replace("\"m\"", "\"a\\\"b\\\\c\\u0001é日😀\"");

        List<String> events = client("metronome?ttft=0").complete(body).events();

        assertThat(JSON.readTree(events.get(0)).path("model").asText()).isEqualTo("a\"b\\c\u0001é日😀");
    }

    @Test
    void severalRequestsUseOneConnection() throws IOException {
        RawClient client = client("metronome?ttft=0&itl=0");

        assertThat(client.complete(chat(2, true)).events()).hasSize(3);
        assertThat(client.complete(chat(2, false)).status()).isEqualTo(200);
        assertThat(client.get("/nowhere").status()).isEqualTo(404);
        assertThat(client.complete(chat(2, true)).events()).hasSize(3);
    }

    @Test
    void manyStreamsRunAtOnce() throws IOException {
        SimulatedEndpoint endpoint = endpoint("metronome?ttft=20&itl=1");
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(client(endpoint).send(RawClient.request("POST", "/v1/chat/completions", chat(30, true))));
        }

        for (RawClient client : clients) {
            RawClient.Response response = client.response();

            assertThat(response.whole()).isTrue();
            assertThat(response.events()).hasSize(31);
        }
    }

    @Test
    void listsAModelThatWorksWhereAnyDoes() throws IOException {
        JsonNode models = JSON.readTree(client("metronome").get("/v1/models").body());

        assertThat(models.path("object").asText()).isEqualTo("list");
        assertThat(models.path("data").path(0).path("id").asText()).isEqualTo("simulated");
        assertThat(models.path("data").path(0).path("object").asText()).isEqualTo("model");
    }

    @Test
    void servesTheModelsItWasToldToAndNoOthers() throws IOException {
        RawClient client = client(endpoint(settings("metronome?ttft=0&itl=0").withModels(List.of("m", "m/2"))));

        assertThat(JSON.readTree(client.get("/v1/models").body()).findValuesAsText("id"))
                .containsExactly("m", "m/2");
        assertThat(client.complete(chat(1, false)).status()).isEqualTo(200);
        assertError(
                client.complete(chat(1, false).replace("\"m\"", "\"other\"")),
                404,
                "no model 'other'; served: m, m/2",
                "model",
                "model_not_found");
    }

    @Test
    void isHealthy() throws IOException {
        RawClient.Response response = client("metronome").get("/health");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer s3cret",
                "Authorization: Api-Key s3cret",
                "api-key: s3cret",
                "x-api-key: s3cret"
            })
    void takesItsKeyInAnyVendorsForm(String header) throws IOException {
        RawClient client = client(endpoint(settings("metronome?ttft=0&itl=0").withApiKey("s3cret")));

        assertThat(client.complete(chat(1, false), header).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer other", "Bearer", "s3cret", "Basic s3cret", "Bearer s3cret2", "Bearer  s3cret"})
    void refusesAnyOtherKey(String header) throws IOException {
        RawClient client = client(endpoint(settings("metronome").withApiKey("s3cret")));

        RawClient.Response response = client.complete(chat(1, false), "Authorization: " + header);

        assertThat(response.headers()).containsEntry("www-authenticate", "Bearer");
        assertError(response, 401, "the API key in the Authorization header is wrong", null, "invalid_api_key");
    }

    @Test
    void refusesARequestWithoutAKeyButTellsItsHealthToAnyone() throws IOException {
        RawClient client = client(endpoint(settings("metronome").withApiKey("s3cret")));

        assertError(
                client.get("/v1/models"),
                401,
                "no API key: none of the headers Authorization, api-key and x-api-key is there",
                null,
                "invalid_api_key");
        assertThat(client.get("/health").status()).isEqualTo(200);
    }

    @Test
    void neverShowsItsKey() {
        assertThat(settings("metronome").withApiKey("s3cret"))
                .hasToString("Settings[profile=metronome?ttft=50&itl=10, host=127.0.0.1, port=0, models=[]]");
    }

    @Test
    void refusesWhatIsNotARequest() throws IOException {
        RawClient client = client("metronome");

        assertError(client.complete("[]"), 400, "the body must be a JSON object", null, null);
        assertError(
                client.complete(chat(0, true)),
                400,
                "max_tokens must be a whole number from 1 to 1000000",
                "max_tokens",
                null);
        assertThat(JSON.readTree(client.complete("{").body())
                        .path("error")
                        .path("message")
                        .asText())
                .startsWith("the body is not JSON: ");
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/chat/completions, POST", "POST, /v1/models, GET", "DELETE, /health, GET"})
    void refusesAWrongMethod(String method, String path, String allowed) throws IOException {
        RawClient.Response response = client("metronome").exchange(method, path, "");

        assertThat(response.headers()).containsEntry("allow", allowed);
        assertError(response, 405, method + " is not allowed here, only " + allowed, null, "method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/embed", "/v1/chat/completions/"})
    void refusesAnUnknownPath(String path) throws IOException {
        assertError(
                client("metronome").exchange("POST", path, chat(1, true)),
                404,
                "no path " + path + "; there are /v1/chat/completions, /v1/completions, /v1/responses, /v1/messages,"
                        + " /v1/embeddings, /v1/rerank, /v2/rerank, /rerank, /v1/files, /v1/batches, /v1/models, /tokenize, /metrics and /health",
                null,
                "not_found");
    }

    @Test
    void ignoresAQuery() throws IOException {
        assertThat(client("metronome").get("/v1/models?limit=20").status()).isEqualTo(200);
    }

    @Test
    void tellsWhereItIsAndWhatItPlays() throws IOException {
        SimulatedEndpoint endpoint = endpoint("metronome?itl=2.50");

        assertThat(endpoint.url()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
        assertThat(endpoint.readyLine()).isEqualTo("Simulated endpoint metronome?ttft=50&itl=2.5 on " + endpoint.url());
    }

    @Test
    void tellsThatAPortIsTaken() throws IOException {
        String url = endpoint("metronome").url();
        int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SimulatedEndpoint.start(settings("metronome").at("127.0.0.1", port)))
                .withMessage("cannot listen on 127.0.0.1:" + port
                        + ": Address already in use; choose another port, or 0 for any that is free");
    }

    @Test
    void tellsThatThereIsNoSuchHost() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SimulatedEndpoint.start(settings("metronome").at("no.such.host.invalid", 0)))
                .withMessage("cannot listen on no.such.host.invalid:0: there is no such host");
    }

    @Test
    void tellsThatAPortIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("metronome").at("127.0.0.1", 65_536))
                .withMessage("port must be 0 to 65535, not 65536");
    }

    @Test
    void closingItEndsItsConnectionsAndFreesItsPort() throws IOException {
        SimulatedEndpoint endpoint = endpoint("metronome?ttft=600000");
        RawClient client = client(endpoint).send(RawClient.request("POST", "/v1/chat/completions", chat(1, false)));
        Await.until(() -> endpoint.running() == 1);

        endpoint.close();

        assertThat(client.ended()).isTrue();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new RawClient(endpoint));
    }

    private static void assertError(RawClient.Response response, int status, String message, String param, String code)
            throws IOException {
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers()).containsEntry("content-type", "application/json");
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").textValue()).isEqualTo(param);
        assertThat(error.path("code").textValue()).isEqualTo(code);
    }

    private static SimulatedEndpoint.Settings settings(String profile) {
        return SimulatedEndpoint.Settings.of(Profile.parse(profile));
    }

    private SimulatedEndpoint endpoint(String profile) throws IOException {
        return endpoint(settings(profile));
    }

    private SimulatedEndpoint endpoint(SimulatedEndpoint.Settings settings) throws IOException {
        SimulatedEndpoint endpoint = SimulatedEndpoint.start(settings);
        open.add(endpoint);
        return endpoint;
    }

    private RawClient client(String profile) throws IOException {
        return client(endpoint(profile));
    }

    private RawClient client(SimulatedEndpoint endpoint) throws IOException {
        RawClient client = new RawClient(endpoint);
        open.add(client);
        return client;
    }
}
