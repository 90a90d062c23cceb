package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.answer.ToolCall;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of tools, kept as calls, in the shapes that the protocols document and others send. */
class ToolCallsTest {
    private static final String OBJECT = "{\"city\":\"A\\\"\u00e9\"}";
    private static final List<ToolCall> CALLS =
            List.of(new ToolCall("call_1", "weather", OBJECT), new ToolCall("call_2", "time", "{\"zone\": [1, {}]}"));

    /** A text, and two calls behind it, as a stream and in one body; {@code ~} stands for a quote in a string. */
    enum Kind {
        CHAT(
                EventScanner::new,
                "{'choices':[{'message':{'role':'assistant','content':'Let me see.','tool_calls':["
                        + "{'id':'call_1','type':'function','function':{'name':'weather','arguments':'{~city~:~A\\\\~é~}'}},"
                        + "{'function':{'arguments':'{~zone~: [1, {}]}','name':'time'},'type':'function','id':'call_2'}]},"
                        + "'finish_reason':'tool_calls'}]}",
                "{'choices':[{'index':0,'delta':{'role':'assistant','content':'Let me'}}]}",
                "{'choices':[{'index':0,'delta':{'content':' see.'}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'call_1','type':'function',"
                        + "'function':{'name':'weather','arguments':''}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{~ci'}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'ty~:~A'}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'function':{'arguments':'\\\\~'},'index':0}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'id':'call_2','type':'function',"
                        + "'function':{'name':'time','arguments':'{~zone~'}},{'index':0,'function':{'arguments':'é~'}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'function':{'arguments':': [1, '}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'function':{'arguments':'}'}}]}}]}",
                "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':1,'function':{'arguments':'{}]}'}}]}}]}",
                "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}"),
        RESPONSES(
                ResponsesScanner::new,
                "{'status':'completed','output':[{'type':'message','id':'m','content':[{'type':'output_text',"
                        + "'text':'Let me see.'}]},{'id':'fc_1','type':'function_call','call_id':'call_1','name':'weather',"
                        + "'arguments':'{~city~:~A\\\\~é~}'},{'name':'time','arguments':'{~zone~: [1, {}]}',"
                        + "'type':'function_call','call_id':'call_2','id':'fc_2'}]}",
                "{'type':'response.output_text.delta','item_id':'m','output_index':0,'delta':'Let me'}",
                "{'type':'response.output_text.delta','item_id':'m','output_index':0,'delta':' see.'}",
                "{'type':'response.output_item.added','output_index':1,'item':{'id':'fc_1','type':'function_call',"
                        + "'call_id':'call_1','name':'weather','arguments':''}}",
                "{'type':'response.function_call_arguments.delta','item_id':'fc_1','output_index':1,'delta':'{~city~:'}",
                "{'type':'response.function_call_arguments.delta','item_id':'fc_1','output_index':1,'delta':'~A'}",
                "{'type':'response.output_item.added','item':{'type':'function_call','name':'time','call_id':'call_2',"
                        + "'id':'fc_2'},'output_index':2}",
                "{'type':'response.function_call_arguments.delta','delta':'\\\\~','item_id':'fc_1','output_index':1}",
                "{'type':'response.function_call_arguments.delta','item_id':'fc_1','output_index':1,'delta':'é~}'}",
                "{'type':'response.function_call_arguments.done','item_id':'fc_1','output_index':1,"
                        + "'arguments':'{~city~:~A\\\\~é~}'}",
                "{'type':'response.function_call_arguments.done','item_id':'fc_2','output_index':2,"
                        + "'arguments':'{~zone~: [1, {}]}'}",
                "{'type':'response.completed','response':{'status':'completed','output':[{'type':'function_call',"
                        + "'call_id':'call_1','name':'weather','arguments':'{}'}]}}"),
        MESSAGES(
                MessagesScanner::new,
                "{'type':'message','content':[{'type':'text','text':'Let me see.'},{'type':'tool_use','id':'call_1',"
                        + "'name':'weather','input':{'city':'A~é'}},{'input':{'zone': [1, {}]},'name':'time','id':'call_2',"
                        + "'type':'tool_use'}],'stop_reason':'tool_use'}",
                "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'Let me'}}",
                "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':' see.'}}",
                "{'type':'content_block_start','index':1,'content_block':{'type':'tool_use','id':'call_1','name':'weather',"
                        + "'input':{}}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':''}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'{~city~:'}}",
                "{'type':'content_block_delta','index':1,'delta':{'type':'input_json_delta','partial_json':'~A\\\\~'}}",
                "{'content_block':{'id':'call_2','name':'time','input':{},'type':'tool_use'},'index':2,"
                        + "'type':'content_block_start'}",
                "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':'{~zone~'}}",
                "{'delta':{'partial_json':'é~}','type':'input_json_delta'},'index':1,'type':'content_block_delta'}",
                "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta','partial_json':': [1, {}]}'}}",
                "{'type':'message_delta','delta':{'stop_reason':'tool_use'}}",
                "{'type':'message_stop'}");

        private final Supplier<FrameScanner> scanner;
        private final String whole;
        private final List<String> events;

        Kind(Supplier<FrameScanner> scanner, String whole, String... events) {
            this.scanner = scanner;
            this.whole = json(whole);
            this.events = Stream.of(events).map(Kind::json).toList();
        }

        private static String json(String text) {
            return text.replace('\'', '"').replace("~", "\\\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsOfAStreamAreExactHoweverItsBytesAreSplit(Kind kind) {
        byte[] bytes = kind.events.stream()
                .reduce("", (all, event) -> all + "data: " + event + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int split = 0; split < bytes.length; split++) {
            RequestTimeline timeline = keeping();
            FrameScanner scanner = kind.scanner.get();
            SseDecoder decoder =
                    new SseDecoder((buffer, from, to) -> scanner.scan(buffer, from, to, 1, timeline), 1 << 20);
            scanner.names(decoder.name());
            decoder.feed(ByteBuffer.wrap(bytes, 0, split));
            decoder.feed(ByteBuffer.wrap(bytes, split, bytes.length - split));

            assertThat(timeline.calls().list()).as("split at %d", split).isEqualTo(CALLS);
            assertThat(timeline.saidText()).isEqualTo("Let me see.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsOfAnAnswerInOneBodyAreExact(Kind kind) {
        RequestTimeline timeline = keeping();

        whole(kind, kind.whole, timeline);

        assertThat(timeline.calls().list()).isEqualTo(CALLS);
        assertThat(timeline.saidText()).isEqualTo("Let me see.");
    }

    @ParameterizedTest
    @EnumSource
    void theTextIsTheSameWhetherCallsAreKeptOrNot(Kind kind) {
        RequestTimeline keeping = keeping();
        RequestTimeline plain = timeline();

        events(kind, keeping, kind.events.toArray(String[]::new));
        events(kind, plain, kind.events.toArray(String[]::new));

        assertThat(keeping.visibleText()).isEqualTo(plain.visibleText()).startsWith("Let me see.weather{");
        assertThat(plain.calls().list()).isEmpty();
        assertThat(plain.saidText()).isEqualTo(plain.visibleText());
    }

    @Test
    void endpointsTellCallsApartInTheirOwnWays() {
        String piece = "{'choices':[{'delta':{'tool_calls':[%s]}}]}";

        assertThat(chat(
                        piece,
                        "{'index':0,'id':'a','function':{'name':'f','arguments':'{}'}}",
                        "{'index':0,'id':'b','function':{'name':'f','arguments':'[]'}}"))
                .as("one index for all")
                .containsExactly(new ToolCall("a", "f", "{}"), new ToolCall("b", "f", "[]"));
        assertThat(chat(
                        piece,
                        "{'id':'a','function':{'name':'f','arguments':'{'}}",
                        "{'id':'a','function':{'name':'f','arguments':'}'}}",
                        "{'id':'b','function':{'name':'g','arguments':''}}"))
                .as("no index, and all of it told again")
                .containsExactly(new ToolCall("a", "f", "{}"), new ToolCall("b", "g", ""));
        assertThat(chat(
                        piece,
                        "{'function':{'name':'f','arguments':'{}'}}",
                        "{'function':{'name':'g','arguments':'{}'}}"))
                .as("names alone")
                .containsExactly(new ToolCall("", "f", "{}"), new ToolCall("", "g", "{}"));
        assertThat(chat(
                        piece,
                        "{'index':0,'function':{'name':'get_'}}",
                        "{'index':0,'id':'a','function':{'name':'it','arguments':{'a': 1}}}"))
                .as("a name in pieces, the id late, and an object in place of its text")
                .containsExactly(new ToolCall("a", "get_it", "{\"a\": 1}"));
        assertThat(chat(piece, "{'id':'a','function':{'name':'f','arguments':{}}}"))
                .containsExactly(new ToolCall("a", "f", "{}"));
    }

    @Test
    void whatNoClientCallsStaysText() {
        RequestTimeline custom = keeping();
        RequestTimeline servers = keeping();

        events(
                Kind.CHAT,
                custom,
                Kind.json("{'choices':[{'delta':{'tool_calls':[{'index':0,'id':'a','type':'custom','custom':"
                        + "{'name':'f','input':'x'}}]}}]}"));
        events(
                Kind.MESSAGES,
                servers,
                Kind.json("{'type':'content_block_start','index':0,'content_block':{'type':'server_tool_use','id':'s',"
                        + "'name':'web_search','input':{}}}"),
                Kind.json("{'type':'content_block_delta','index':0,'delta':{'partial_json':'{}'}}"));

        assertThat(custom.calls().list()).isEmpty();
        assertThat(custom.saidText()).isEqualTo("fx");
        assertThat(servers.calls().list()).isEmpty();
        assertThat(servers.saidText()).isEqualTo("web_search{}");
    }

    private static List<ToolCall> chat(String form, String... pieces) {
        RequestTimeline timeline = keeping();
        events(
                Kind.CHAT,
                timeline,
                Stream.of(pieces).map(piece -> Kind.json(form.formatted(piece))).toArray(String[]::new));
        return timeline.calls().list();
    }

    private static void events(Kind kind, RequestTimeline timeline, String... events) {
        FrameScanner scanner = kind.scanner.get();
        scanner.names(new EventName());
        for (String event : events) {
            byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
            assertThat(scanner.scan(bytes, 0, bytes.length, 1, timeline)).isNotNegative();
        }
    }

    private static void whole(Kind kind, String body, RequestTimeline timeline) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(kind.scanner.get().scanWhole(bytes, 0, bytes.length, timeline))
                .isPositive();
    }

    private static RequestTimeline keeping() {
        RequestTimeline timeline = timeline();
        timeline.keepCalls();
        return timeline;
    }

    private static RequestTimeline timeline() {
        return new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, 1_000, false));
    }
}
