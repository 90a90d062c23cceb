package io.inferometer.simulator.fault;

import static io.inferometer.simulator.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.RawClient;
import io.inferometer.simulator.SimulatedEndpoint;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SimulatedEndpoint endpoint;
    private RawClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tooManyRequestsSaysWhenToTryAgain(boolean stream) throws IOException {
        startWith("429");

        RawClient.Response response = client.complete(chat(4, stream));

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers()).containsEntry("retry-after", "1");
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"message\":\"too many requests, as the profile says\","
                        + "\"type\":\"rate_limit_error\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerErrorComesAtOnce(boolean stream) throws IOException {
        startWith("500");

        RawClient.Response response = client.complete(chat(4, stream));

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"message\":\"the server failed, as the profile says\","
                        + "\"type\":\"server_error\",\"param\":null,\"code\":\"internal_error\"}}");
    }

    @Test
    void aCutStreamEndsInTheMiddleOfAnEvent() throws IOException {
        startWith("cut");

        RawClient.Response response = client.complete(chat(5, true));

        List<String> events = response.events();
        assertThat(response.whole()).isFalse();
        assertThat(events).hasSize(3);
        assertThat(JSON.readTree(events.get(1)).has("choices")).isTrue();
        assertThat(response.body()).doesNotEndWith("\n").doesNotContain("[DONE]");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void aCutAnswerEndsInTheMiddleOfItsBody() throws IOException {
        startWith("cut");

        RawClient.Response response = client.complete(chat(5, false));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.whole()).isFalse();
        assertThat(response.body()).startsWith("{\"sent_nanos\":");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void anErrorMidwayIsAnEventOfAStreamThatEndsAsItShould() throws IOException {
        startWith("error");

        RawClient.Response response = client.complete(chat(4, true));

        List<String> events = response.events();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.whole()).isTrue();
        assertThat(events).hasSize(4).last().isEqualTo("[DONE]");
        assertThat(JSON.readTree(events.get(1)).has("choices")).isTrue();
        assertThat(message(events.get(2))).isEqualTo("the answer failed midway, as the profile says");
    }

    @Test
    void anErrorIsTheBodyOfAnAnswerThatDoesNotStream() throws IOException {
        startWith("error");

        RawClient.Response response = client.complete(chat(4, false));

        assertThat(response.status()).isEqualTo(200);
        assertThat(message(response.body())).isEqualTo("the answer failed midway, as the profile says");
    }

    private static String message(String json) throws IOException {
        return JSON.readTree(json).path("error").path("message").asText();
    }

    @Test
    void anEmptyStreamHasARoleAndAnEndButNoToken() throws IOException {
        startWith("empty");

        List<String> events = client.complete(chat(4, true)
                        .replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                .events();

        JsonNode choice = JSON.readTree(events.get(0)).path("choices").path(0);
        assertThat(events).hasSize(3).last().isEqualTo("[DONE]");
        assertThat(choice.path("delta").path("role").asText()).isEqualTo("assistant");
        assertThat(choice.path("delta").path("content").asText("none")).isEmpty();
        assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
        assertThat(JSON.readTree(events.get(1))
                        .path("usage")
                        .path("completion_tokens")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void anEmptyAnswerHasAMessageWithoutText() throws IOException {
        startWith("empty");

        JsonNode answer = JSON.readTree(client.complete(chat(4, false)).body());

        assertThat(answer.path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText("none"))
                .isEmpty();
        assertThat(answer.path("usage").path("completion_tokens").asInt(-1)).isZero();
    }

    @Test
    void aStalledStreamStaysOpenAfterHalfOfItsTokens() throws IOException {
        startWith("stall");

        client.send(RawClient.request("POST", "/v1/chat/completions", chat(5, true)));

        while (!client.line().isEmpty()) {
            // The head.
        }
        assertThat(readEvent()).contains("\"role\"");
        assertThat(readEvent()).contains(" tick");
        assertThat(client.silent()).isTrue();
    }

    @Test
    void aStalledAnswerNeverComes() throws IOException {
        startWith("stall");

        client.send(RawClient.request("POST", "/v1/chat/completions", chat(5, false)));

        assertThat(client.silent()).isTrue();
    }

    @Test
    void onlyEveryNthCompletionGoesWrong() throws IOException {
        startWith("429&every=2");

        assertThat(client.complete(chat(1, false)).status()).isEqualTo(200);
        assertThat(client.get("/v1/models").status()).isEqualTo(200);
        assertThat(client.complete("{}").status()).isEqualTo(400);
        assertThat(client.complete(chat(1, true)).status()).isEqualTo(429);
        assertThat(client.complete(chat(1, true)).status()).isEqualTo(200);
        assertThat(client.complete(chat(1, false)).status()).isEqualTo(429);
    }

    @Test
    void aRequestMayAskForAFaultOfItsOwnOrForNone() throws IOException {
        startWith("500");

        assertThat(client.complete(chat(1, true), "X-Fault: 404").status()).isEqualTo(404);
        assertThat(client.complete(chat(1, true), "X-Fault: none").status()).isEqualTo(200);
        assertThat(client.complete(chat(1, true)).status()).isEqualTo(500);
        assertThat(message(client.complete(chat(1, true), "X-Fault: bad").body()))
                .startsWith("X-Fault: fault must be one of none, 400, ")
                .endsWith(", close-idle, or mixed, not 'bad'");
    }

    @Test
    void anIdleConnectionIsClosedAfterAWholeAnswer() throws IOException {
        startWith("close-idle");

        RawClient.Response response = client.complete(chat(2, true));

        assertThat(response.whole()).isTrue();
        assertThat(response.headers()).doesNotContainKey("connection");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void headersWithoutEndGoOn() throws IOException {
        startWith("endless-headers");

        client.send(RawClient.request("POST", "/v1/chat/completions", chat(2, true)));

        assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
        for (int i = 0; i < 200; i++) {
            assertThat(client.line()).startsWith("X-More: and so on ");
        }
    }

    private String readEvent() throws IOException {
        client.line(); // the chunk's length
        String event = client.line();
        client.line();
        client.line();
        return event;
    }

    private void startWith(String fault) throws IOException {
        endpoint = SimulatedEndpoint.start(
                SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=1&itl=0.1&fault=" + fault)));
        client = new RawClient(endpoint);
    }
}
