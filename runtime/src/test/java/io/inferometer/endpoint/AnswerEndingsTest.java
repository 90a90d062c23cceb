package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers end, streamed and whole, whatever reads their bytes come in. */
class AnswerEndingsTest {
    private static final String TOKEN =
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n";
    private static final String STREAM = "text/event-stream";
    private static final String JSON = "application/json";

    private final Watchdog watchdog = new Watchdog(System::nanoTime);

    @AfterEach
    void close() {
        watchdog.close();
    }

    /** {@code TOKENS} stands for two events with a token, {@code /} for the end of a line, {@code '} for a quote. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a broken finish           | TOKENSdata: {'choices':[{'delta':{},'finish_reason':'abort'}]}//data: [DONE]//   | STREAM_ERROR | the endpoint broke the answer off after 2 tokens: its finish reason is abort
            in any case               | TOKENSdata: {'choices':[{'delta':{},'finish_reason':'Server_Error'}]}//          | STREAM_ERROR | the endpoint broke the answer off after 2 tokens: its finish reason is Server_Error
            counted by the endpoint   | TOKENSdata: {'choices':[{'delta':{},'finish_reason':'timeout'}],'usage':{'completion_tokens':1}}// | STREAM_ERROR | the endpoint broke the answer off after 1 token: its finish reason is timeout
            before any token          | data: {'choices':[{'delta':{},'finish_reason':'cancelled'}]}//                   | STREAM_ERROR | the endpoint broke the answer off after 0 tokens: its finish reason is cancelled
            one choice of two         | TOKENSdata: {'choices':[{'index':1,'delta':{},'finish_reason':'error'},{'index':0,'delta':{},'finish_reason':'stop'}]}// | STREAM_ERROR | the endpoint broke the answer off after 2 tokens: its finish reason is error
            no finish                 | TOKENS                                                                          | STREAM_ERROR | the stream ended without a finish reason or [DONE]
            an empty finish           | TOKENSdata: {'choices':[{'delta':{},'finish_reason':''}]}//                      | STREAM_ERROR | the stream ended without a finish reason or [DONE]
            an error                  | TOKENSdata: {'error':{'message':'no room','code':500}}//                         | STREAM_ERROR | no room
            an error in a choice      | TOKENSdata: {'choices':[{'delta':{},'finish_reason':'error','error':{'code':502,'message':'no room'}}]}// | STREAM_ERROR | no room
            an error in a delta       | TOKENSdata: {'choices':[{'delta':{'error':'no room'}}]}//                        | STREAM_ERROR | no room
            several errors            | TOKENSdata: {'errors':[{'message':'no room'},{'message':'no time'}]}//           | STREAM_ERROR | no room; no time
            by its type               | TOKENSdata: {'type':'error','message':'no room'}//                               | STREAM_ERROR | no room
            a field named error       | TOKENSerror: {'code': 500, 'message': 'no room'}//                               | STREAM_ERROR | no room
            a field without JSON      | TOKENSerror: no room//                                                          | STREAM_ERROR | no room
            an event named error      | TOKENSevent: error/data: {'message':'no room'}//                                 | STREAM_ERROR | no room
            its text in a comment     | TOKENSevent: error/: no room//                                                  | STREAM_ERROR | no room
            without its blank line    | TOKENSdata: {'error':{'message':'no room'}}/                                     | STREAM_ERROR | no room
            without the line's end    | TOKENSdata: {'error':{'message':'no room'}}                                      | STREAM_ERROR | no room
            a bare body               | {'error':{'message':'no room','code':400}}                                       | DECODE_ERROR | what came is no stream of events: no room
            a bare body over lines    | /[{/ 'error': {'message': 'no room'}/}]                                         | DECODE_ERROR | what came is no stream of events: no room
            a bare page               | <html>no room</html>                                                            | DECODE_ERROR | what came is no stream of events: no room
            another protocol          | event: response.created/data: {'type':'response.created'}//data: {'type':'response.completed'}// | DECODE_ERROR | status 200, but no token in 2 events, none with choices; the first is response.created (--protocol responses?)
            events without a name     | data: {'a':1}//                                                                 | DECODE_ERROR | status 200, but no token in 1 event, none with choices
            nothing                   | ~~                                                                              | DECODE_ERROR | status 200, but no token in 0 events
            """)
    void aStreamThatDidNotEndWellIsAFailure(String what, String body, Outcome outcome, String message) {
        for (int size : new int[] {1, 7, 10_000}) {
            RequestRecord record = record(true, STREAM, written(body), size);

            assertThat(record.error()).as("%s, %d bytes a read", what, size).isEqualTo(message);
            assertThat(record.outcome()).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            DONE alone                | TOKENSdata: [DONE]//
            DONE cut off              | TOKENSdata: [DONE]
            a finish alone            | TOKENSdata: {'choices':[{'delta':{},'finish_reason':'stop'}]}//
            a finish cut off          | TOKENSdata: {'choices':[{'delta':{},'finish_reason':'stop'}]}
            a finish of Google's      | TOKENSdata: {'choices':[{'delta':{},'finish_reason':'SAFETY'}]}//
            counts alone              | TOKENSdata: {'choices':[],'usage':{'completion_tokens':2}}//
            errors that say nothing   | TOKENSdata: {'error':'','choices':[{'delta':{'content':'b'},'error':{},'finish_reason':'stop'}]}//
            more of them              | TOKENSdata: {'error':false,'errors':[]}//data: {'error':0}//data: {'error':null}//data: {'error':{'code':0,'message':''}}//data: [DONE]//
            an event error without any| TOKENSevent: error//data: [DONE]//
            events of other kinds     | : hi/retry: 3//id: 7//event: beat//TOKENSevent: metrics/data: none//event: done/data: {'x':1}//data: [DONE]//
            the rest of a line        | TOKENSdata: {'choices':[{'delta':{},'finish_reason':'stop'}]}//data: {'choi
            """)
    void aStreamThatEndedWellIsASuccess(String what, String body) {
        for (int size : new int[] {1, 7, 10_000}) {
            RequestRecord record = record(true, STREAM, written(body), size);

            assertThat(record.error()).as("%s, %d bytes a read", what, size).isEmpty();
            assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'choices':[{'message':{'content':'a'},'finish_reason':'abort'}],'usage':{'completion_tokens':5}} | STREAM_ERROR | the endpoint broke the answer off after 5 tokens: its finish reason is abort
            {'choices':[{'message':{'content':'a'},'error':{'message':'no room'}}]} | STREAM_ERROR | no room
            {'error':'no room','choices':[]}                                        | STREAM_ERROR | no room
            {'object':'error','message':'no room'}                                  | STREAM_ERROR | no room
            {'choices':[{'message':{'content':''},'finish_reason':'stop'}]}         | DECODE_ERROR | status 200, but no text in the answer: {"choices":[{"message":{"content":""},"finish_reason":"stop"}]}
            {'choices':[                                                            | DECODE_ERROR | the answer is no JSON: {"choices":[
            """)
    void aWholeAnswerThatDidNotEndWellIsAFailure(String body, Outcome outcome, String message) {
        RequestRecord record = record(false, JSON, written(body), 10_000);

        assertThat(record.error()).isEqualTo(message);
        assertThat(record.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "false", "0", "{}", "[]", "{\"code\":0,\"message\":\"\"}"})
    void anErrorThatSaysNothingIsNone(String empty) {
        String body =
                "{\"error\":" + empty + ",\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}";

        assertThat(record(false, JSON, body, 10_000).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record(true, STREAM, "data: " + body + "\n\n", 10_000).outcome())
                .isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void whatAStreamCountsAWholeAnswerCountsToo() {
        String usage =
                "\"usage\":{\"input_tokens\":7.0,\"output_tokens\":2.0e1,\"total_tokens\":27,\"cached_tokens\":3,"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":4}}";
        String whole = "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},"
                + "\"finish_reason\":\"stop\"}]," + usage + "}";
        String streamed = "data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},"
                + "\"finish_reason\":\"stop\"}]," + usage + "}\n\n";

        RequestRecord one = record(false, JSON, whole, 10_000);
        RequestRecord other = record(true, STREAM, streamed, 10_000);

        assertThat(one.usage()).isEqualTo(new Usage(7, 20, 4, 3, 27));
        assertThat(other.usage()).isEqualTo(one.usage());
        assertThat(other.text()).isEqualTo(one.text()).isEqualTo("a");
        assertThat(other.form()).isEqualTo(one.form());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain; charset=utf-8", "application/octet-stream"})
    void aStreamUnderAnotherNameIsTakenWhenItBeginsLikeOne(String type) {
        for (int size : new int[] {1, 7, 10_000}) {
            RequestRecord record = record(true, type, "\n: hi\n\n" + TOKEN + "data: [DONE]\n\n", size);

            assertThat(record.error()).isEmpty();
            assertThat(record.eventNanos()).hasSize(1);
            assertThat(record.form().contentType()).isEqualTo(type);
        }
        assertThat(record(true, type, "database is down", 10_000).error())
                .isEqualTo(
                        "a stream was asked for (text/event-stream), the response is " + type + ": database is down");
    }

    @Test
    void keepsTheWordThatEndedAnAnswerAndTheChoicesThatCame() {
        RequestRecord record = record(
                true,
                STREAM,
                written("TOKENSdata: {'choices':[{'index':2,'delta':{},'finish_reason':'sleepy'}]}//"),
                10_000);

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.form().finishReason()).isEqualTo("sleepy");
        assertThat(record.form().choices()).isEqualTo(3);
    }

    private static String written(String body) {
        return body == null
                ? ""
                : body.replace('/', '\n')
                        .replace('\'', '"')
                        .replace("<\nhtml>", "</html>")
                        .replace("TOKENS", TOKEN + TOKEN);
    }

    private RequestRecord record(boolean streamed, String type, String body, int size) {
        RequestTimeline timeline =
                new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, streamed, -1, 100, false));
        WireRequest request = new WireRequest(
                URI.create("http://127.0.0.1:1/"), Protocol.CHAT, Map.of(), new byte[0], streamed, -1, 100, false, 0);
        Exchange exchange =
                new Exchange(request, timeline, RequestBounds.of(Duration.ofSeconds(60)), watchdog, ended -> {});
        exchange.headers(200, name -> name.equals("content-type") ? type : "", 1);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            exchange.read(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)), 2 + at);
        }
        exchange.complete(100_000);
        return timeline.toRecord(0, true, UnaryOperator.identity());
    }
}
