package io.inferometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the endpoint says in the protocols beside completions, frame by frame. */
class ProtocolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INPUT = "{\"model\":\"m\",\"input\":\"hello, world\",\"max_output_tokens\":";
    private static final String MESSAGES =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello, world\"}],\"max_tokens\":";
    private static final String CHAT_TOOL =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]," + "\"tool_choice\":\"required\"";
    private static final String TOOL =
            "\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"tool_choice\":\"required\"";

    private SimulatedEndpoint endpoint;
    private RawClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        endpoint.close();
    }

    @Test
    void aResponseComesInTheEventsThatAreDocumented() throws IOException {
        start("metronome?ttft=0&itl=0&reasoning=0.5");

        String body = post("/v1/responses", INPUT + "4,\"stream\":true}").body();

        assertThat(frames(body))
                .containsExactly(
                        "response.created response.created 0",
                        "response.in_progress response.in_progress 1",
                        "response.output_item.added response.output_item.added 2",
                        "response.content_part.added response.content_part.added 3",
                        "response.reasoning_text.delta response.reasoning_text.delta 4",
                        "response.reasoning_text.delta response.reasoning_text.delta 5",
                        "response.reasoning_text.done response.reasoning_text.done 6",
                        "response.content_part.done response.content_part.done 7",
                        "response.output_item.done response.output_item.done 8",
                        "response.output_item.added response.output_item.added 9",
                        "response.content_part.added response.content_part.added 10",
                        "response.output_text.delta response.output_text.delta 11",
                        "response.output_text.delta response.output_text.delta 12",
                        "response.output_text.done response.output_text.done 13",
                        "response.content_part.done response.content_part.done 14",
                        "response.output_item.done response.output_item.done 15",
                        "response.incomplete response.incomplete 16");
        JsonNode last = data(body).get(16).path("response");
        assertThat(last.path("usage")).isEqualTo(JSON.readTree("""
                {"input_tokens": 3, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 4,
                 "output_tokens_details": {"reasoning_tokens": 2}, "total_tokens": 7}
                """));
        assertThat(last.path("incomplete_details").path("reason").asText()).isEqualTo("max_output_tokens");
    }

    @Test
    void aMessageComesInTheEventsThatAreDocumented() throws IOException {
        start("metronome?ttft=0&itl=0&reasoning=0.5&cached=0.4");

        String body = post("/v1/messages", MESSAGES + "2,\"stream\":true}").body();

        assertThat(body.replaceAll("\"(sent|received)_nanos\":[0-9]+", "\"$1_nanos\":0"))
                .isEqualTo("""
                event: message_start
                data: {"sent_nanos":0,"received_nanos":0,"type":"message_start","message":{"id":"msg_1","type":"message",\
                "role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":2,\
                "cache_creation_input_tokens":0,"cache_read_input_tokens":1,"output_tokens":0}}}

                event: ping
                data: {"sent_nanos":0,"type":"ping"}

                event: content_block_start
                data: {"sent_nanos":0,"type":"content_block_start","index":0,"content_block":{"type":"thinking",\
                "thinking":"","signature":""}}

                event: content_block_delta
                data: {"sent_nanos":0,"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta",\
                "thinking":" tick"}}

                event: content_block_delta
                data: {"sent_nanos":0,"type":"content_block_delta","index":0,"delta":{"type":"signature_delta",\
                "signature":"c2ltdWxhdGVk"}}

                event: content_block_stop
                data: {"sent_nanos":0,"type":"content_block_stop","index":0}

                event: content_block_start
                data: {"sent_nanos":0,"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"sent_nanos":0,"type":"content_block_delta","index":1,"delta":{"type":"text_delta",\
                "text":" tick"}}

                event: content_block_stop
                data: {"sent_nanos":0,"type":"content_block_stop","index":1}

                event: message_delta
                data: {"sent_nanos":0,"type":"message_delta","delta":{"stop_reason":"max_tokens","stop_sequence":null},\
                "usage":{"input_tokens":2,"cache_creation_input_tokens":0,"cache_read_input_tokens":1,"output_tokens":2}}

                event: message_stop
                data: {"sent_nanos":0,"type":"message_stop"}

                """);
    }

    @Test
    void aFunctionIsCalledWhereItHasToBe() throws IOException {
        start("metronome?ttft=0&itl=0");

        String chat = post("/v1/chat/completions", MESSAGES + "3,\"stream\":true," + CHAT_TOOL + "}")
                .body();
        String responses =
                post("/v1/responses", INPUT + "3,\"stream\":true," + TOOL + "}").body();

        StringBuilder arguments = new StringBuilder();
        for (JsonNode event : data(chat)) {
            JsonNode call = event.path("choices")
                    .path(0)
                    .path("delta")
                    .path("tool_calls")
                    .path(0);
            arguments.append(call.path("function").path("arguments").asText());
        }
        assertThat(arguments).hasToString("{\"text\":\" tick tick tick\"}");
        assertThat(chat)
                .contains("\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"f\",")
                .contains("\"finish_reason\":\"tool_calls\"");
        assertThat(data(responses).stream()
                        .filter(event -> event.path("type").asText().endsWith("_arguments.delta"))
                        .map(event -> event.path("delta").asText())
                        .collect(Collectors.joining()))
                .isEqualTo("{\"text\":\" tick tick tick\"}");
        assertThat(responses).contains("event: response.completed\n");
        assertThat(JSON.readTree(post("/v1/chat/completions", MESSAGES + "1," + CHAT_TOOL + "}")
                                .body())
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("tool_calls")
                        .path(0)
                        .path("function")
                        .path("arguments")
                        .asText())
                .isEqualTo("{\"text\":\" tick\"}");
    }

    @Test
    void allEventsOfAllStreamsAreStampedAndTheFirstOneSaysWhenTheRequestHadBeenRead() throws IOException {
        start("metronome?ttft=2&itl=1");

        for (String body : List.of(
                post("/v1/responses", INPUT + "3,\"stream\":true}").body(),
                post("/v1/messages", MESSAGES + "3,\"stream\":true}").body())) {
            List<JsonNode> events = data(body);
            long received = events.get(0).path("received_nanos").asLong();
            List<JsonNode> tokens = events.stream()
                    .filter(event -> event.path("type").asText().endsWith("delta") && !event.has("usage"))
                    .toList();
            assertThat(events).allMatch(event -> event.path("sent_nanos").isIntegralNumber());
            assertThat(events).filteredOn(event -> event.has("received_nanos")).hasSize(1);
            assertThat(tokens).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(tokens.get(i).path("sent_nanos").asLong() - received - 2_000_000 - i * 1_000_000)
                        .isNotNegative();
            }
        }
    }

    @Test
    void vectorsComeAsNumbersOrAsBytes() throws IOException {
        start("metronome?ttft=0");

        JsonNode numbers =
                JSON.readTree(post("/v1/embeddings", "{\"model\":\"m\",\"input\":[\"a\",[1,2,3]],\"dimensions\":4}")
                        .body());
        JsonNode bytes = JSON.readTree(post(
                        "/v1/embeddings",
                        "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":4,\"encoding_format\":\"base64\"}")
                .body());

        assertThat(numbers.path("data")).hasSize(2);
        assertThat(numbers.path("data").path(1).path("index").asInt()).isEqualTo(1);
        assertThat(numbers.path("data").path(0).path("embedding"))
                .hasSize(4)
                .allMatch(x -> Math.abs(x.asDouble()) == 0.5);
        assertThat(numbers.path("usage")).isEqualTo(JSON.readTree("{\"prompt_tokens\":4,\"total_tokens\":4}"));
        assertThat(bytes.path("data").path(0).path("embedding").binaryValue()).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource({"/v1/rerank", "/v2/rerank", "/rerank"})
    void documentsComeInTheOrderOfTheirRelevance(String path) throws IOException {
        start("metronome?ttft=0");

        JsonNode answer = JSON.readTree(
                post(path, "{\"model\":\"m\",\"query\":\"q\",\"documents\":[\"a\",\"b\",{\"text\":\"c\"}],\"top_n\":2}")
                        .body());

        List<Double> scores = new ArrayList<>();
        for (JsonNode result : answer.path("results")) {
            scores.add(-result.path("relevance_score").asDouble());
            assertThat(result.path("document").path("text").asText())
                    .isEqualTo(List.of("a", "b", "c").get(result.path("index").asInt()));
        }
        assertThat(scores).hasSize(2).isSorted();
        assertThat(answer.path("usage").path("total_tokens").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/messages   | {"model":"m"}                                        | "type":"error","error":{"type":"invalid_request_error","message":"max_tokens is missing"}
            /v1/messages   | {"model":"m","max_tokens":3}                         | "type":"error","error":{"type":"invalid_request_error","message":"messages must be a list of at least one message"}
            /v1/messages   | {                                                    | "type":"error","error":{"type":"invalid_request_error","message":"the body is not JSON
            /v1/responses  | {"model":"m"}                                        | "error":{"message":"input must be a text, or a list of at least one item","type":"invalid_request_error","param":"input","code":null}
            /v1/responses  | {"model":"m","input":"a","previous_response_id":"x"} | "error":{"message":"no response 'x': none is stored here"
            /v1/embeddings | {"model":"m","input":[]}                             | "error":{"message":"input must be a text, a list of at most 2048 texts, or token ids, or a list of at most 2048 lists of those"
            /v1/embeddings | {"model":"m","input":[1,"a"]}                        | "error":{"message":"input must be a text
            /v1/embeddings | {"model":"m","input":"a","encoding_format":"hex"}    | "error":{"message":"encoding_format must be float or base64"
            /v1/rerank     | {"model":"m","documents":["a"]}                      | "error":{"message":"query is missing"
            /v1/rerank     | {"model":"m","query":"a","documents":[7]}            | "error":{"message":"documents must be texts, or objects with a text each"
            """)
    void refusesInTheShapeOfTheProtocol(String path, String body, String error) throws IOException {
        start("metronome");

        RawClient.Response response = post(path, body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).startsWith("{" + error);
    }

    @Test
    void azuresUrlsLeadToTheSamePlaces() throws IOException {
        start("metronome?ttft=0&itl=0");

        RawClient.Response deployed = post(
                "/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
                MESSAGES.replace("\"model\":\"m\",", "") + "1}");
        RawClient.Response plain = post("/openai/v1/responses", INPUT + "1}");

        assertThat(JSON.readTree(deployed.body()).path("model").asText()).isEqualTo("gpt");
        assertThat(plain.status()).isEqualTo(200);
    }

    @Test
    void theMetricsAgreeWithWhatWasServed() throws IOException {
        start("metronome?ttft=2&itl=1&cached=0.5");
        post("/v1/chat/completions", MESSAGES + "3}");
        post("/v1/messages", MESSAGES + "4,\"stream\":true}");
        post("/v1/responses", INPUT + "5,\"stream\":true}");
        post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"hello, world\"}");

        String metrics = client.get("/metrics").body();

        String labels = "{engine=\"0\",model_name=\"simulated\"} ";
        assertThat(metrics)
                .contains("vllm:prompt_tokens_total" + labels + "12\n")
                .contains("vllm:prefix_cache_queries_total" + labels + "12\n")
                .contains("vllm:prefix_cache_hits_total" + labels + "4\n")
                .contains("vllm:generation_tokens_total" + labels + "12\n")
                .contains("# TYPE vllm:time_to_first_token_seconds histogram\n")
                .contains(
                        "vllm:time_to_first_token_seconds_bucket{engine=\"0\",model_name=\"simulated\",le=\"0.001\"} 0\n")
                .contains(
                        "vllm:time_to_first_token_seconds_bucket{engine=\"0\",model_name=\"simulated\",le=\"+Inf\"} 3\n")
                .contains("vllm:time_to_first_token_seconds_count" + labels + "3\n")
                .contains("vllm:inter_token_latency_seconds_count" + labels + "9\n")
                .contains("vllm:e2e_request_latency_seconds_count" + labels + "4\n");
    }

    @Test
    void anAnswerWithoutTokensCountsNone() throws IOException {
        start("metronome?ttft=0&itl=0&fault=empty");
        post("/v1/responses", INPUT + "5,\"stream\":true}");

        assertThat(client.get("/metrics").body())
                .contains("vllm:generation_tokens_total{engine=\"0\",model_name=\"simulated\"} 0\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            error   | /v1/responses | event: response.failed
            error   | /v1/messages  | event: error
            cut     | /v1/responses |
            no-done | /v1/messages  | event: message_delta
            no-done | /v1/responses | event: response.output_item.done
            """)
    void aStreamThatGoesWrongLacksItsEnd(String fault, String path, String last) throws IOException {
        start("metronome?ttft=0&itl=0&fault=" + fault);
        String begin = path.endsWith("messages") ? MESSAGES : INPUT;

        String body = post(path, begin + "4,\"stream\":true}").body();

        assertThat(body).doesNotContain("message_stop", "response.incomplete", "response.completed");
        if (last != null) {
            assertThat(body.substring(body.lastIndexOf("event: "))).startsWith(last + "\n");
        }
    }

    /** The name of each event, its type and its number. */
    private static List<String> frames(String body) throws IOException {
        List<String> frames = new ArrayList<>();
        String[] events = body.split("\n\n");
        for (String event : events) {
            JsonNode data = JSON.readTree(event.substring(event.indexOf("data: ") + 6));
            frames.add(event.substring("event: ".length(), event.indexOf('\n')) + " "
                    + data.path("type").asText() + " " + data.path("sequence_number"));
        }
        return frames;
    }

    private static List<JsonNode> data(String body) throws IOException {
        List<JsonNode> data = new ArrayList<>();
        for (String line : body.split("\n")) {
            if (line.startsWith("data: {")) {
                data.add(JSON.readTree(line.substring("data: ".length())));
            }
        }
        return data;
    }

    private RawClient.Response post(String path, String body) throws IOException {
        return client.exchange("POST", path, body);
    }

    private void start(String profile) throws IOException {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
        client = new RawClient(endpoint);
    }
}
