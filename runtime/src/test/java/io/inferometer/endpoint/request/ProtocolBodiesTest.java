package io.inferometer.endpoint.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.annotations.Protocol;
import io.inferometer.record.Usage;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The same request in the words of each protocol. */
class ProtocolBodiesTest {
    private static final InferenceRequest CONVERSATION = InferenceRequest.chat(List.of(
                    new Message(
                            "user",
                            List.of(
                                    new ContentPart.Text("What is this?"),
                                    new ContentPart.ImageUrl("data:image/png;base64,iVBO"))),
                    Message.of("assistant", "A dot."),
                    Message.of("user", "Which colour?")))
            .system("Be brief.")
            .maxOutputTokens(50)
            .temperature(0.5)
            .topP(0.9)
            .seed(7)
            .stop("END", "\n\n")
            .ignoreEos(true)
            .tools("""
                    [{"type": "function", "function": {"name": "colour", "description": "Names it.",
                      "parameters": {"type": "object", "properties": {"hex": {"type": "string"}}}}}]""")
            .field("tool_choice", "{\"type\": \"function\", \"function\": {\"name\": \"colour\"}}");

    @Test
    void aConversationAsChat() {
        assertThat(json(Protocol.CHAT, CONVERSATION)).isEqualTo("""
                {"model":"m","messages":[\
                {"role":"system","content":"Be brief."},\
                {"role":"user","content":[{"type":"text","text":"What is this?"},\
                {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBO"}}]},\
                {"role":"assistant","content":"A dot."},\
                {"role":"user","content":"Which colour?"}],\
                "stream":true,"stream_options":{"include_usage":true},\
                "max_completion_tokens":50,"ignore_eos":true,"temperature":0.5,"top_p":0.9,"seed":7,"stop":["END","\\n\\n"],\
                "tools":[{"type":"function","function":{"name":"colour","description":"Names it.",\
                "parameters":{"type":"object","properties":{"hex":{"type":"string"}}}}}],\
                "tool_choice":{"type":"function","function":{"name":"colour"}}}""");
    }

    @Test
    void aConversationAsResponses() {
        assertThat(json(Protocol.RESPONSES, CONVERSATION)).isEqualTo("""
                {"model":"m","input":[\
                {"role":"system","content":"Be brief."},\
                {"role":"user","content":[{"type":"input_text","text":"What is this?"},\
                {"type":"input_image","image_url":"data:image/png;base64,iVBO"}]},\
                {"role":"assistant","content":"A dot."},\
                {"role":"user","content":"Which colour?"}],\
                "store":false,"stream":true,"max_output_tokens":50,"temperature":0.5,"top_p":0.9,\
                "tools":[{"type":"function","name":"colour","description":"Names it.",\
                "parameters":{"type":"object","properties":{"hex":{"type":"string"}}}}],\
                "tool_choice":{"type":"function","name":"colour"}}""");
    }

    @Test
    void aConversationAsMessages() {
        assertThat(json(Protocol.MESSAGES, CONVERSATION)).isEqualTo("""
                {"model":"m","system":[{"type":"text","text":"Be brief."}],"messages":[\
                {"role":"user","content":[{"type":"text","text":"What is this?"},\
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBO"}}]},\
                {"role":"assistant","content":"A dot."},\
                {"role":"user","content":"Which colour?"}],\
                "stream":true,"max_tokens":50,"temperature":0.5,"top_p":0.9,"stop_sequences":["END","\\n\\n"],\
                "tools":[{"name":"colour","description":"Names it.",\
                "input_schema":{"type":"object","properties":{"hex":{"type":"string"}}}}],\
                "tool_choice":{"type":"tool","name":"colour"}}""");
    }

    private static final InferenceRequest ODD = InferenceRequest.chat(List.of(new Message(
            "user",
            List.of(
                    new ContentPart.Other("name", "\"Ada\""),
                    new ContentPart.Other("content", "[{\"type\":\"input_audio\"}]")))));

    @Test
    void aFieldOfAMessageThatIsNotKnownAsItIsInChat() {
        assertThat(json(Protocol.CHAT, ODD))
                .startsWith("{\"model\":\"m\",\"messages\":"
                        + "[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}],\"name\":\"Ada\"}]");
    }

    @ParameterizedTest
    @EnumSource(names = {"RESPONSES", "MESSAGES"})
    void aFieldOfAMessageThatIsNotKnownInNoOtherProtocol(Protocol protocol) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json(protocol, ODD))
                .withMessage(protocol.name().toLowerCase(Locale.ROOT)
                        + " has no name as chat completions have where messages[0] has it: ask in --protocol chat");
    }

    @Test
    void callsOfToolsAndWhatTheyFoundInTheWordsOfEachProtocol() {
        InferenceRequest agent = InferenceRequest.chat(List.of(
                Message.of("user", "Which colours?"),
                new Message(
                        "assistant",
                        List.of(
                                new ContentPart.Text("Let me see."),
                                new ContentPart.ToolCall("c1", "colour", "{\"hex\": \"#f00\"}"),
                                new ContentPart.ToolCall("c2", "colour", "no JSON"))),
                Message.toolResult("c1", "red"),
                Message.toolResult("c2", "none")));

        assertThat(json(Protocol.CHAT, agent)).contains("""
                {"role":"user","content":"Which colours?"},\
                {"role":"assistant","content":"Let me see.","tool_calls":[\
                {"id":"c1","type":"function","function":{"name":"colour","arguments":"{\\"hex\\": \\"#f00\\"}"}},\
                {"id":"c2","type":"function","function":{"name":"colour","arguments":"no JSON"}}]},\
                {"role":"tool","tool_call_id":"c1","content":"red"},\
                {"role":"tool","tool_call_id":"c2","content":"none"}""");
        assertThat(json(Protocol.RESPONSES, agent)).contains("""
                {"role":"user","content":"Which colours?"},\
                {"role":"assistant","content":"Let me see."},\
                {"type":"function_call","call_id":"c1","name":"colour","arguments":"{\\"hex\\": \\"#f00\\"}"},\
                {"type":"function_call","call_id":"c2","name":"colour","arguments":"no JSON"},\
                {"type":"function_call_output","call_id":"c1","output":"red"},\
                {"type":"function_call_output","call_id":"c2","output":"none"}""");
        assertThat(json(Protocol.MESSAGES, agent)).contains("""
                {"role":"user","content":"Which colours?"},\
                {"role":"assistant","content":[{"type":"text","text":"Let me see."},\
                {"type":"tool_use","id":"c1","name":"colour","input":{"hex":"#f00"}},\
                {"type":"tool_use","id":"c2","name":"colour","input":{"arguments":"no JSON"}}]},\
                {"role":"user","content":[\
                {"type":"tool_result","tool_use_id":"c1","content":"red"},\
                {"type":"tool_result","tool_use_id":"c2","content":"none"}]}""");
        InferenceRequest silent = InferenceRequest.chat(List.of(
                Message.of("user", "Hi"),
                new Message("assistant", List.of(new ContentPart.ToolCall("c1", "now", "{}")))));
        assertThat(json(Protocol.CHAT, silent)).contains("""
                {"role":"assistant","content":null,"tool_calls":[\
                {"id":"c1","type":"function","function":{"name":"now","arguments":"{}"}}]}""");
    }

    @Test
    void aCompletion() {
        InferenceRequest text = InferenceRequest.completion("Once upon a").maxOutputTokens(8);

        assertThat(json(Protocol.COMPLETIONS, text.seed(1).stop("END").ignoreEos(true)))
                .isEqualTo("{\"model\":\"m\",\"prompt\":\"Once upon a\",\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true},\"max_tokens\":8,\"ignore_eos\":true,\"seed\":1,"
                        + "\"stop\":[\"END\"]}");
        assertThat(json(
                        Protocol.COMPLETIONS,
                        InferenceRequest.completion(5, 17, 0).streaming(false)))
                .isEqualTo("{\"model\":\"m\",\"prompt\":[5,17,0]}");
        assertThat(InferenceRequest.completion(5, 17, 0).promptTokens()).hasValue(3);
    }

    @Test
    void embeddingsAndARanking() {
        assertThat(json(
                        Protocol.EMBEDDINGS,
                        InferenceRequest.embedding(List.of("a", "b")).field("dimensions", "256")))
                .isEqualTo("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":256}");
        assertThat(json(
                        Protocol.RERANK,
                        InferenceRequest.rerank("which?", List.of("a", "b")).field("top_n", "1")))
                .isEqualTo("{\"model\":\"m\",\"query\":\"which?\",\"documents\":[\"a\",\"b\"],\"top_n\":1}");
    }

    @ParameterizedTest
    @EnumSource
    void aBodyOfOnesOwnIsSentAsItIsButForTheModel(Protocol protocol) {
        InferenceRequest raw = InferenceRequest.raw("{\"model\":\"x\",\"anything\":[1],\"stream\":true}");

        BodyWriter.Body body = writer(protocol, "").body(raw, Optional.empty());

        assertThat(body.bytes())
                .asString()
                .startsWith("{\"model\":\"m\",\"anything\":[1],\"stream\":true")
                .doesNotContain("x");
        assertThat(body.streamed()).isTrue();
        assertThat(writer(protocol, "").body(raw, Optional.of(false)).streamed())
                .isFalse();
    }

    @Test
    void whatABodyAsksIsReadFromTheBodyItself() {
        InferenceRequest raw = InferenceRequest.raw("{\"max_tokens\":9,\"ignore_eos\":true}");
        BodyWriter.Body own = writer(Protocol.COMPLETIONS, "").body(raw, Optional.empty());
        BodyWriter.Body omitted = writer(Protocol.CHAT, "{\"max_completion_tokens\":null,\"stream\":null}")
                .body(InferenceRequest.chat("Hi").maxOutputTokens(5).ignoreEos(false), Optional.empty());

        assertThat(own.longest()).isEqualTo(9);
        assertThat(own.ignoreEos()).isTrue();
        assertThat(own.streamed()).isFalse();
        assertThat(omitted.longest()).isEqualTo(Usage.ABSENT);
        assertThat(omitted.streamed()).isFalse();
        assertThat(body(Protocol.MESSAGES, CONVERSATION).ignoreEos()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COMPLETIONS | completions has no messages: a conversation is sent as chat, responses or messages (--protocol)
            EMBEDDINGS  | embeddings has no messages: a conversation is sent as chat, responses or messages (--protocol)
            RERANK      | rerank has no messages: a conversation is sent as chat, responses or messages (--protocol)
            """)
    void aConversationIsRefused(Protocol protocol, String message) {
        assertRefused(protocol, InferenceRequest.chat("Hi"), message);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"COMPLETIONS", "EMBEDDINGS", "RERANK"})
    void whatIsNoConversationIsRefused(Protocol protocol) {
        String word = protocol.name().toLowerCase();

        assertRefused(
                protocol,
                InferenceRequest.completion("Hi"),
                word + " has no prompt: a completion is sent as completions (--protocol)");
        assertRefused(
                protocol,
                InferenceRequest.embedding("Hi"),
                word + " has no input of texts alone: an embedding is sent as embeddings (--protocol)");
        assertRefused(
                protocol,
                InferenceRequest.rerank("Hi", List.of("a")),
                word + " has no query and documents: a ranking is sent as rerank (--protocol)");
    }

    @Test
    void aFieldWithoutWhichSomethingElseWouldBeAskedIsRefused() {
        String otherwise =
                ", and without it something else would be asked: leave it out of the request, or choose another"
                        + " --protocol";

        assertRefused(
                Protocol.EMBEDDINGS,
                InferenceRequest.embedding("Hi").tools("[]"),
                "embeddings has no tools" + otherwise);
        assertRefused(
                Protocol.COMPLETIONS,
                InferenceRequest.completion("Hi").tools("[]"),
                "completions has no tools" + otherwise);
        assertRefused(
                Protocol.MESSAGES,
                InferenceRequest.chat("Hi").field("response_format", "{\"type\":\"json_object\"}"),
                "messages has no response_format" + otherwise);
        assertRefused(
                Protocol.RESPONSES, InferenceRequest.chat("Hi").field("n", "2"), "responses has no n" + otherwise);
        assertRefused(
                Protocol.RERANK,
                InferenceRequest.rerank("Hi", List.of("a")).streaming(true),
                "rerank has no stream: its answers come in one piece");
    }

    @Test
    void aRoleThatHasNoPlaceIsRefused() {
        InferenceRequest late = InferenceRequest.chat("Hi").message(Message.of("system", "Be brief."));
        InferenceRequest tool = InferenceRequest.chat("Hi").message(Message.of("tool", "22"));

        assertRefused(Protocol.MESSAGES, late, "messages has no message of the role system where messages[1] is one");
        String without = " has no result of a tool without the id of its call, as messages[1] is one: say it with"
                + " Message.toolResult(id, text)";
        assertRefused(Protocol.RESPONSES, tool, "responses" + without);
        assertRefused(Protocol.MESSAGES, tool, "messages" + without);
    }

    @Test
    void aBodyOfOnesOwnIsAnObject() {
        assertRefused(Protocol.CHAT, InferenceRequest.raw("[1]"), "the raw body must be a JSON object, not [1]");
    }

    @Test
    void aWishWithoutAPlaceIsLeftOutWithANote() {
        BodyWriter responses = writer(Protocol.RESPONSES, "{\"seed\":9}");
        BodyWriter embeddings = writer(Protocol.EMBEDDINGS, "");

        responses.body(CONVERSATION, Optional.empty());
        BodyWriter.Body again = responses.body(CONVERSATION, Optional.empty());
        embeddings.body(InferenceRequest.embedding("Hi").temperature(1).maxOutputTokens(5), Optional.empty());

        assertThat(responses.notes())
                .containsExactly(
                        "responses has no ignore_eos: it is left out, unless --extra-body puts it in",
                        "responses has no stop: it is left out, unless --extra-body puts it in");
        assertThat(again.bytes()).asString().contains("\"seed\":9");
        assertThat(embeddings.notes())
                .containsExactly(
                        "embeddings has no limit of an answer's length: maxOutputTokens is left out",
                        "embeddings has no temperature: it is left out, unless --extra-body puts it in");
    }

    @Test
    void messagesHaveALimit() {
        InferenceRequest unlimited = InferenceRequest.chat("Hi").streaming(false);
        BodyWriter messages = writer(Protocol.MESSAGES, "");
        BodyWriter given = writer(Protocol.MESSAGES, "{\"max_tokens\":10}");

        assertThat(messages.body(unlimited, Optional.empty()).bytes())
                .asString()
                .isEqualTo(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":4096}");
        assertThat(messages.notes())
                .containsExactly("messages needs max_tokens, and the request has no limit: 4,096 is sent");
        assertThat(given.body(unlimited, Optional.empty()).longest()).isEqualTo(10);
        assertThat(given.notes()).isEmpty();
    }

    @Test
    void otherFieldsOfChatGoWhereTheyBelong() {
        InferenceRequest asked = InferenceRequest.chat("Hi")
                .streaming(false)
                .field("response_format", "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{}}}")
                .field("reasoning_effort", "\"low\"")
                .field("n", "1")
                .field("metadata", "{\"a\":\"b\"}");

        assertThat(json(Protocol.RESPONSES, asked))
                .isEqualTo("{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"store\":false,"
                        + "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":{}}},"
                        + "\"reasoning\":{\"effort\":\"low\"},\"metadata\":{\"a\":\"b\"}}");
        assertThat(json(Protocol.MESSAGES, InferenceRequest.chat("Hi").field("tool_choice", "\"required\"")))
                .contains("\"tool_choice\":{\"type\":\"any\"}");
        assertThat(json(
                        Protocol.MESSAGES,
                        InferenceRequest.chat(
                                List.of(new Message("user", List.of(new ContentPart.ImageUrl("https://a/b.png")))))))
                .contains("[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://a/b.png\"}}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CHAT        | {"model":"m","messages":[{"role":"user","content":"?"}],"max_completion_tokens":8}
            RESPONSES   | {"model":"m","input":"?","store":false,"max_output_tokens":8}
            MESSAGES    | {"model":"m","messages":[{"role":"user","content":"?"}],"max_tokens":8}
            COMPLETIONS | {"model":"m","prompt":"?","max_tokens":8}
            EMBEDDINGS  | {"model":"m","input":["?"]}
            RERANK      | {"model":"m","query":"q","documents":["?"]}
            """)
    void aTinyRequestIsOfTheSameForm(Protocol protocol, String tiny) throws IOException {
        InferenceRequest request = switch (protocol) {
            case CHAT, RESPONSES, MESSAGES -> InferenceRequest.chat("Hi").system("Be brief.");
            case COMPLETIONS -> InferenceRequest.completion(1, 2);
            case EMBEDDINGS -> InferenceRequest.embedding(List.of("a", "b"));
            case RERANK -> InferenceRequest.rerank("q", List.of("a", "b"));
        };
        byte[] body = body(protocol, request.streaming(false)).bytes();

        assertThat(writer(protocol, "").tiny(body, "?", 8)).asString().isEqualTo(tiny);
    }

    private static void assertRefused(Protocol protocol, InferenceRequest request, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> body(protocol, request))
                .withMessage(message);
    }

    private static String json(Protocol protocol, InferenceRequest request) {
        byte[] bytes = body(protocol, request).bytes();
        try {
            return new ObjectMapper().readTree(bytes).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BodyWriter.Body body(Protocol protocol, InferenceRequest request) {
        return writer(protocol, "").body(request, Optional.empty());
    }

    private static BodyWriter writer(Protocol protocol, String extra) {
        return new BodyWriter(WireProtocol.of(protocol), "m", true, "", extra);
    }
}
