package io.inferometer.simulator;

import static io.inferometer.simulator.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the endpoint does when it plays an engine. */
class EngineEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROMPT = "\"prompt\":\"hello, world\"";

    private SimulatedEndpoint endpoint;
    private RawClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        endpoint.close();
    }

    @Test
    void streamsTwentyTokensAnEventAfterTheFirst() throws IOException {
        start("b200-trt-tp4");

        List<String> events = client.complete(chat(50, true).replace("{\"model\"", "{\"ignore_eos\":true,\"model\""))
                .events();

        assertThat(events).hasSize(5).last().isEqualTo("[DONE]");
        assertThat(texts(events, "content")).isEqualTo("1 20 20 9");
    }

    @Test
    void countsPromptsInTokensAndAddsTheTemplates() throws IOException {
        start("b200-trt-tp4");

        JsonNode usage = JSON.readTree(client.complete(chat(1, false)).body()).path("usage");

        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(3 + 67);
    }

    @Test
    void completesText() throws IOException {
        start("b200-trt-tp4");

        JsonNode answer = JSON.readTree(text(3, false).body());

        assertThat(answer.path("id").asText()).isEqualTo("cmpl-1");
        assertThat(answer.path("object").asText()).isEqualTo("text_completion");
        assertThat(answer.path("choices")).isEqualTo(JSON.readTree("""
                        [{"index": 0, "text": " tick tick tick", "logprobs": null, "finish_reason": "length"}]
                        """));
        assertThat(answer.path("usage").path("prompt_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void streamsText() throws IOException {
        start("b200-trt-tp4");

        List<String> events = text(3, true).events();

        JsonNode first = JSON.readTree(events.get(0));
        JsonNode last = JSON.readTree(events.get(1)).path("choices").path(0);
        assertThat(events).hasSize(3);
        assertThat(first.path("object").asText()).isEqualTo("text_completion");
        assertThat(first.path("choices").path(0)).isEqualTo(JSON.readTree("""
                        {"index": 0, "text": " tick", "logprobs": null, "finish_reason": null}
                        """));
        assertThat(last.path("text").asText()).isEqualTo(" tick tick");
        assertThat(last.path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void reasonsFirst() throws IOException {
        start("b200-trt-tp4?reasoning=0.5&answer=0");

        List<String> events = client.complete(chat(30, true)).events();
        JsonNode message = JSON.readTree(client.complete(chat(4, false)).body())
                .path("choices")
                .path(0)
                .path("message");

        assertThat(texts(events, "reasoning_content")).isEqualTo("1 14 0");
        assertThat(texts(events, "content")).isEqualTo("0 6 9");
        assertThat(message.path("reasoning_content").asText()).isEqualTo(" tick tick");
        assertThat(message.path("content").asText()).isEqualTo(" tick tick");
    }

    @Test
    void reasoningIsCountedInTheUsage() throws IOException {
        start("b200-trt-tp4?reasoning=0.5&answer=0");

        JsonNode usage = JSON.readTree(client.complete(chat(4, false)).body()).path("usage");

        assertThat(usage.path("completion_tokens").asInt()).isEqualTo(4);
        assertThat(usage.path("completion_tokens_details")
                        .path("reasoning_tokens")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void anAnswerMayEndByItself() throws IOException {
        start("b200-trt-tp4?answer=3");

        JsonNode answer = JSON.readTree(client.complete(chat(1_000, false)).body());

        assertThat(answer.path("choices").path(0).path("finish_reason").asText())
                .isEqualTo("stop");
        assertThat(answer.path("usage").path("completion_tokens").asInt()).isBetween(1, 50);
    }

    @Test
    void refusesWhatDoesNotFitInTheContext() throws IOException {
        start("b200-trt-tp4?context=100");

        RawClient.Response response = client.complete(chat(31, false));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"error\":{\"message\":\"the context has 100 tokens; the prompt takes 70 and the answer"
                        + " may take 31\",\"type\":\"invalid_request_error\",\"param\":\"messages\","
                        + "\"code\":\"context_length_exceeded\"}}");
        assertThat(client.complete(chat(30, false)).status()).isEqualTo(200);
    }

    @Test
    void refusesRequestsBeyondItsRate() throws IOException {
        start("b200-trt-tp4?rate=0.001&answer=0");

        RawClient.Response first = client.complete(chat(1, false));
        RawClient.Response second = client.complete(chat(1, false));

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(429);
        assertThat(Integer.parseInt(second.headers().get("retry-after"))).isBetween(990, 1_000);
        assertThat(second.body())
                .contains("more requests than the profile's rate; try again in ", "\"rate_limit_exceeded\"");
    }

    @Test
    void tellsWhatItDoes() throws IOException {
        start("b200-trt-tp4?running=1");
        client.complete(chat(5, false));
        try (RawClient running = open();
                RawClient waiting = open()) {
            running.send(RawClient.request("POST", "/v1/chat/completions", endless()));
            waiting.send(RawClient.request("POST", "/v1/chat/completions", endless()));

            Await.until(
                    () -> metrics().contains("vllm:num_requests_waiting{engine=\"0\",model_name=\"simulated\"} 1\n"));
            Await.until(() ->
                    !metrics().contains("vllm:kv_cache_usage_perc{engine=\"0\",model_name=\"simulated\"} 0.000000\n"));
            assertThat(metrics())
                    .contains("# TYPE vllm:num_requests_running gauge\n")
                    .contains("vllm:num_requests_running{engine=\"0\",model_name=\"simulated\"} 1\n")
                    .contains(
                            "vllm:request_success_total{finished_reason=\"length\",engine=\"0\",model_name=\"simulated\"} 1\n");
        }

        Await.until(() -> metrics().contains("finished_reason=\"abort\",engine=\"0\",model_name=\"simulated\"} 2\n"));
        assertThat(metrics())
                .contains("vllm:num_requests_running{engine=\"0\",model_name=\"simulated\"} 0\n")
                .contains("vllm:kv_cache_usage_perc{engine=\"0\",model_name=\"simulated\"} 0.000000\n");
    }

    @Test
    void countsTokens() throws IOException {
        start("b200-trt-tp4?answer=0");
        client.complete(chat(5, false));

        RawClient.Response response = client.get("/metrics");

        assertThat(response.headers()).containsEntry("content-type", "text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body())
                .contains("vllm:prompt_tokens_total{engine=\"0\",model_name=\"simulated\"} 70\n")
                .contains("vllm:generation_tokens_total{engine=\"0\",model_name=\"simulated\"} 5\n");
    }

    /** The template has 67 tokens, each of the others is one; whole blocks of 16 are found, and the last token never is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/v1/chat/completions | 'messages':[{'role':'user','content':'TEXT'}] | /usage/prompt_tokens | /usage/prompt_tokens_details/cached_tokens | 160",
                "/v1/completions      | 'prompt':'TEXT'                               | /usage/prompt_tokens | /usage/prompt_tokens_details/cached_tokens | 96",
                "/v1/completions      | 'prompt':[IDS]                                | /usage/prompt_tokens | /usage/prompt_tokens_details/cached_tokens | 96",
                "/v1/responses        | 'input':'TEXT'                                | /usage/input_tokens  | /usage/input_tokens_details/cached_tokens  | 160",
                "/v1/messages         | 'messages':[{'role':'user','content':'TEXT'}] | /usage/input_tokens  | /usage/cache_read_input_tokens             | 160",
            })
    void tellsInEachProtocolWhatItFoundInTheCache(
            String path, String prompt, String allTokens, String cachedTokens, int expected) throws IOException {
        start("b200-vllm-tp1");
        String body = ("{'model':'m','max_tokens':2,'max_output_tokens':2," + prompt + "}")
                .replace('\'', '"')
                .replace("TEXT", " tick".repeat(101))
                .replace("IDS", "7,".repeat(100) + "7");

        JsonNode first = JSON.readTree(client.exchange("POST", path, body).body());
        JsonNode second = JSON.readTree(client.exchange("POST", path, body).body());
        String third = client.exchange(
                        "POST",
                        path,
                        body.replace(
                                "{\"model", "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"model"))
                .body();

        assertThat(first.at(cachedTokens).asInt(-1)).isZero();
        assertThat(second.at(cachedTokens).asInt(-1)).isEqualTo(expected);
        boolean apart = path.equals("/v1/messages");
        assertThat(second.at(allTokens).asInt() + (apart ? expected : 0))
                .isEqualTo(first.at(allTokens).asInt());
        assertThat(third).contains("\"" + cachedTokens.substring(cachedTokens.lastIndexOf('/') + 1) + "\":" + expected);
        assertThat(metrics())
                .contains("vllm:prefix_cache_hits_total{engine=\"0\",model_name=\"simulated\"} " + 2 * expected + "\n");
    }

    @Test
    void findsItsOwnAnswerInTheNextTurn() throws IOException {
        start("b200-vllm-tp1?answer=0");
        String turn =
                "{\"model\":\"m\",\"ignore_eos\":true,\"max_tokens\":60,\"messages\":[{\"role\":\"user\",\"content\":\"hello, world\"}";

        JsonNode first = JSON.readTree(
                client.exchange("POST", "/v1/chat/completions", turn + "]}").body());
        String answer = first.at("/choices/0/message").toString();
        JsonNode second = JSON.readTree(client.exchange(
                        "POST",
                        "/v1/chat/completions",
                        turn + "," + answer + ",{\"role\":\"user\",\"content\":\"and so on\"}]}")
                .body());

        assertThat(first.at("/usage/total_tokens").asInt()).isEqualTo(67 + 3 + 60);
        assertThat(second.at("/usage/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo(128);
    }

    @Test
    void keepsNothingForLaterPromptsWhereItIsToldSo() throws IOException {
        start("b200-vllm-tp1?prefix_cache=false");
        client.complete(chat(1, false));

        JsonNode usage = JSON.readTree(client.complete(chat(1, false)).body()).path("usage");

        assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt(-1)).isZero();
    }

    @Test
    void tellsOfWhatWasDraftedAndSentBack() throws IOException {
        start("b200-vllm-tp1?draft=3&acceptance=1&answer=0");

        List<String> events = client.complete(chat(10, true)).events();

        assertThat(texts(events, "content")).isEqualTo("1 4 4 1");
        assertThat(metrics())
                .contains("vllm:num_preemptions_total{engine=\"0\",model_name=\"simulated\"} 0\n")
                .contains("vllm:spec_decode_num_drafts_total{engine=\"0\",model_name=\"simulated\"} 3\n")
                .contains("vllm:spec_decode_num_draft_tokens_total{engine=\"0\",model_name=\"simulated\"} 9\n")
                .contains("vllm:spec_decode_num_accepted_tokens_total{engine=\"0\",model_name=\"simulated\"} 9\n");
    }

    @Test
    void tokenizes() throws IOException {
        start("b200-trt-tp4");

        String body = client.exchange("POST", "/tokenize", "{" + PROMPT + "}").body();

        assertThat(body).isEqualTo("{\"count\":3,\"max_model_len\":131072,\"tokens\":[24912,11,2375]}");
        assertThat(client.exchange("POST", "/tokenize", chat(1, false)).body()).isEqualTo(body);
        assertThat(client.exchange("POST", "/tokenize", "{}").status()).isEqualTo(400);
    }

    @Test
    void aClientThatLeavesWhileItsPromptIsCountedIsForgotten() throws IOException {
        start("b200-trt-tp4");
        try (RawClient leaving = open()) {
            leaving.send(RawClient.request("POST", "/v1/chat/completions", endless()));
        }

        Await.until(() -> metrics().contains("vllm:num_requests_running{engine=\"0\",model_name=\"simulated\"} 0\n"));
        assertThat(client.complete(chat(3, true)).whole()).isTrue();
    }

    private static String endless() {
        return chat(100_000, true).replace("{\"model\"", "{\"ignore_eos\":true,\"model\"");
    }

    private String metrics() {
        try {
            return client.get("/metrics").body();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RawClient.Response text(int tokens, boolean stream) throws IOException {
        return client.exchange(
                "POST",
                "/v1/completions",
                "{\"model\":\"m\",\"max_tokens\":" + tokens + ",\"ignore_eos\":true,\"stop\":[\"x\"],\"stream\":"
                        + stream + "," + PROMPT + "}");
    }

    /** How many tokens each event has of a kind. */
    private static String texts(List<String> events, String kind) throws IOException {
        StringBuilder counts = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            String text = JSON.readTree(event)
                    .path("choices")
                    .path(0)
                    .path("delta")
                    .path(kind)
                    .asText();
            counts.append(counts.isEmpty() ? "" : " ").append(text.length() / " tick".length());
        }
        return counts.toString();
    }

    private RawClient open() throws IOException {
        return new RawClient(endpoint);
    }

    private void start(String profile) throws IOException {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
        client = open();
    }
}
