package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers of each protocol in the shapes that their vendors document, in whatever reads their bytes come. */
class ProtocolAnswersTest {
    private static final String TEXT = "It is é4 \"\nnow.";
    private static final String STREAM = "text/event-stream";
    private static final String JSON = "application/json";

    private final Watchdog watchdog = new Watchdog(System::nanoTime);

    @AfterEach
    void close() {
        watchdog.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETIONS", "RESPONSES", "MESSAGES"})
    void aStreamReadsAlikeHoweverItsBytesAreSplit(Protocol protocol) throws IOException {
        byte[] bytes = resource(file(protocol) + ".stream");
        RequestRecord whole = record(protocol, true, STREAM, 0, bytes, bytes.length, bytes.length);

        assertThat(whole.error()).isEmpty();
        for (int split = 1; split < bytes.length; split++) {
            assertAlike(record(protocol, true, STREAM, 0, bytes, split, bytes.length), whole, split);
        }
        assertAlike(record(protocol, true, STREAM, 0, bytes, 1, 1), whole, 0);
    }

    private static void assertAlike(RequestRecord record, RequestRecord whole, int split) {
        assertThat(record)
                .as("split at %d", split)
                .usingRecursiveComparison()
                .ignoringFields("eventNanos")
                .isEqualTo(whole);
    }

    @Test
    void responsesAreReadByTheirTypes() throws IOException {
        RequestRecord record = stream(Protocol.RESPONSES, text("responses.stream"));

        assertThat(record.error()).isEmpty();
        assertThat(record.text()).isEqualTo("Two and two." + TEXT + "add{\"a\":2}No, not that.");
        assertThat(channels(record)).isEqualTo("RRRCCCCCTTTFF");
        assertThat(record.usage()).isEqualTo(new Usage(37, 21, 5, 16, 58));
        assertThat(record.form().finishReason()).isEqualTo("completed");
        assertThat(record.form().unknownEvents()).isEmpty();
    }

    @Test
    void messagesAreReadByTheirTypes() throws IOException {
        RequestRecord record = stream(Protocol.MESSAGES, text("messages.stream"));

        assertThat(record.error()).isEmpty();
        assertThat(record.text()).isEqualTo("Two and two." + TEXT + "add{\"a\":2}");
        assertThat(channels(record)).isEqualTo("RRRCCCCCTTT");
        assertThat(record.usage()).isEqualTo(new Usage(925, 19, Usage.ABSENT, 800, Usage.ABSENT));
        assertThat(record.form().finishReason()).isEqualTo("tool_use");
        assertThat(record.form().unknownEvents()).isEmpty();
        assertThat(record.form().withoutLast()).isFalse();
    }

    @Test
    void completionsAreReadAsChatIs() throws IOException {
        RequestRecord record = stream(Protocol.COMPLETIONS, text("completions.stream"));

        assertThat(record.error()).isEmpty();
        assertThat(record.text()).isEqualTo(TEXT);
        assertThat(channels(record)).isEqualTo("CCCCC");
        assertThat(record.usage()).isEqualTo(new Usage(37, 6, Usage.ABSENT, 16, 43));
    }

    @ParameterizedTest
    @CsvSource({"COMPLETIONS", "RESPONSES", "MESSAGES"})
    void anAnswerInOneBodyHasTheTextAndTheCountsOfItsStream(Protocol protocol) throws IOException {
        RequestRecord streamed = stream(protocol, text(file(protocol) + ".stream"));
        byte[] body = resource(file(protocol) + ".json");
        RequestRecord whole = record(protocol, false, JSON, 0, body, body.length, body.length);

        assertThat(whole.error()).isEmpty();
        assertThat(whole.text()).isEqualTo(streamed.text());
        assertThat(whole.usage()).isEqualTo(streamed.usage());
        assertThat(whole.form()).isEqualTo(streamed.form());
        assertThat(whole.eventNanos()).isEmpty();
    }

    @Test
    void embeddingsAndDocumentsAreCounted() throws IOException {
        RequestRecord embeddings = whole(Protocol.EMBEDDINGS, 2, text("embeddings.json"));
        RequestRecord rerank = whole(Protocol.RERANK, 5, text("rerank.json"));

        assertThat(embeddings.error()).isEmpty();
        assertThat(embeddings.form().items()).isEqualTo(2);
        assertThat(embeddings.usage().promptTokens()).isEqualTo(8);
        assertThat(rerank.error()).isEmpty();
        assertThat(rerank.form().items())
                .as("as many as were asked to be put in order")
                .isEqualTo(5);
        assertThat(rerank.usage().promptTokens()).isEqualTo(56);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            EMBEDDINGS | {'data':[{'embedding':[1]}],'usage':{'prompt_tokens':8}} | status 200, but 1 embedding in the answer to 2: {"data":[{"embedding":[1]}],"usage":{"prompt_tokens":8}}
            EMBEDDINGS | {'data':[]}                                              | status 200, but no embedding in the answer: {"data":[]}
            EMBEDDINGS | {'choices':[{'text':'a'}]}                               | status 200, but no embedding in the answer: {"choices":[{"text":"a"}]}
            RERANK     | {'results':[]}                                           | status 200, but no result in the answer: {"results":[]}
            RESPONSES  | {'status':'completed','output':[]}                       | status 200, but no text in the answer: {"status":"completed","output":[]}
            RESPONSES  | {'choices':[{'message':{'content':'a'}}]}                | status 200, but no text in the answer: {"choices":[{"message":{"content":"a"}}]}
            MESSAGES   | {'content':[],'stop_reason':'end_turn'}                  | status 200, but no text in the answer: {"content":[],"stop_reason":"end_turn"}
            """)
    void anAnswerWithoutWhatWasAskedForIsNone(Protocol protocol, String body, String message) {
        RequestRecord record = whole(protocol, 2, body.replace('\'', '"'));

        assertThat(record.error()).isEqualTo(message);
        assertThat(record.outcome()).isEqualTo(Outcome.DECODE_ERROR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            RESPONSES  | {'status':'failed','error':{'code':'server_error','message':'no room'},'output':[]} | no room
            RESPONSES  | {'status':'failed','error':null,'output':[{'content':[{'text':'a'}]}]}              | the endpoint broke the answer off after 0 tokens: its finish reason is failed
            MESSAGES   | {'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}         | Overloaded
            EMBEDDINGS | {'object':'error','message':'no room'}                                              | no room
            RERANK     | {'error':{'message':'no room'}}                                                     | no room
            """)
    void anErrorUnderASuccessIsAFailure(Protocol protocol, String body, String message) {
        RequestRecord record = whole(protocol, 1, body.replace('\'', '"'));

        assertThat(record.error()).isEqualTo(message);
        assertThat(record.outcome()).isEqualTo(Outcome.STREAM_ERROR);
    }

    /** {@code DELTA} stands for an event with a token, {@code /} for the end of a line, {@code '} for a quote. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            RESPONSES | DELTA                                                                                                                   | STREAM_ERROR | the stream ended without response.completed or another event that ends it
            RESPONSES | DELTAdata: [DONE]//                                                                                                     | STREAM_ERROR | the stream ended without response.completed or another event that ends it
            RESPONSES | DELTAdata: {'type':'error','code':'server_error','message':'no room','param':null}//                                     | STREAM_ERROR | no room
            RESPONSES | DELTAevent: error/data: {'message':'no room'}//                                                                         | STREAM_ERROR | no room
            RESPONSES | DELTAdata: {'error':{'message':'no room'}}//                                                                            | STREAM_ERROR | no room
            RESPONSES | DELTAdata: {'detail':'no room'}//  | STREAM_ERROR | no room
            RESPONSES | DELTAdata: {'code':500,'message':'no room'}//  | STREAM_ERROR | no room
            RESPONSES | DELTA{'error':{'message':'no room'}}//  | STREAM_ERROR | no room
            RESPONSES | DELTAdata: {'type':'response.failed','response':{'status':'failed','error':{'code':'x','message':'no room'}}}//          | STREAM_ERROR | no room
            RESPONSES | DELTAdata: {'type':'response.completed','response':{'status':'cancelled'}}//                                            | STREAM_ERROR | the endpoint broke the answer off after 1 token: its finish reason is cancelled
            RESPONSES | DELTAdata: none//                                                                                                       | DECODE_ERROR | an event is no JSON object: none
            RESPONSES | DELTAevent: response.completed/data: {'type':'resp//                                                                    | DECODE_ERROR | an event is no JSON object: {"type":"resp
            RESPONSES | data: {'object':'chat.completion.chunk','choices':[{'delta':{'content':'a'},'finish_reason':'stop'}]}//data: [DONE]//    | DECODE_ERROR | status 200, but no token in 1 event, none of them of the responses protocol; the first is chat.completion.chunk (--protocol chat?)
            RESPONSES | data: {'type':'response.completed','response':{'status':'completed','output':[]}}//                                      | DECODE_ERROR | status 200, but no token in 1 event
            MESSAGES  | DELTA                                                                                                                   | STREAM_ERROR | the stream ended without message_stop or a stop reason
            MESSAGES  | DELTAdata: [DONE]//                                                                                                     | STREAM_ERROR | the stream ended without message_stop or a stop reason
            MESSAGES  | DELTAevent: error/data: {'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}//                    | STREAM_ERROR | Overloaded
            MESSAGES  | DELTAdata: {'detail':'no room'}//  | STREAM_ERROR | no room
            MESSAGES  | DELTAdata: {'code':500,'message':'no room'}//  | STREAM_ERROR | no room
            MESSAGES  | DELTA{'error':{'message':'no room'}}//  | STREAM_ERROR | no room
            MESSAGES  | DELTAdata: {'type':'error','error':{'type':'internal_error','message':'no room'}}//                                      | STREAM_ERROR | no room
            MESSAGES  | event: response.created/data: {'type':'response.created'}//event: message_stop/data: {}//                                | DECODE_ERROR | status 200, but no token in 2 events
            """)
    void aStreamThatDidNotEndWellIsAFailure(Protocol protocol, String body, Outcome outcome, String message) {
        for (int size : new int[] {1, 7, 10_000}) {
            byte[] bytes = written(protocol, body);
            RequestRecord record = record(protocol, true, STREAM, 0, bytes, size, size);

            assertThat(record.error()).as("%d bytes a read", size).isEqualTo(message);
            assertThat(record.outcome()).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            RESPONSES | DELTAdata: {'type':'response.completed','response':{'status':'completed'}}//                                               | completed
            RESPONSES | DELTAdata: {'type':'response.completed','response':{}}                                                                     | completed
            RESPONSES | DELTAdata: {'type':'response.incomplete','response':{'incomplete_details':{'reason':'max_output_tokens'},'status':'incomplete'}}// | max_output_tokens
            RESPONSES | DELTAdata: {'type':'response.completed','response':{'status':'incomplete','incomplete_details':{'reason':'content_filter'}}}//     | content_filter
            RESPONSES | DELTAdata: {'type':'response.completed','response':{'status':'incomplete','incomplete_details':null}}//                            | incomplete
            RESPONSES | DELTAevent: response.incomplete/data: {'response':{}}//data: [DONE]//                                                              | incomplete
            MESSAGES  | DELTAevent: message_delta/data: {'delta':{'stop_reason':'max_tokens'}}//event: message_stop/data: {}//                             | max_tokens
            MESSAGES  | DELTAdata: {'type':'message_stop'}//                                                                                               | ~~
            """)
    void aStreamThatEndedWellIsASuccess(Protocol protocol, String body, String finish) {
        for (int size : new int[] {1, 7, 10_000}) {
            byte[] bytes = written(protocol, body);
            RequestRecord record = record(protocol, true, STREAM, 0, bytes, size, size);

            assertThat(record.error()).as("%d bytes a read", size).isEmpty();
            assertThat(record.form().finishReason()).isEqualTo(finish);
            assertThat(record.form().withoutLast()).isFalse();
        }
    }

    @Test
    void aStopReasonWithoutAMessageStopIsASuccessThatSaysSo() {
        RequestRecord record =
                stream(Protocol.MESSAGES, "DELTAdata: {'type':'message_delta','delta':{'stop_reason':'end_turn'}}//");

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.form().withoutLast()).isTrue();
    }

    @Test
    void eventsOfTypesThatAreNotKnownAreCounted() {
        RequestRecord record = stream(
                Protocol.RESPONSES,
                "DELTAevent: response.fancy.delta/data: {'type':'response.fancy.delta','delta':'x'}//".repeat(2)
                        + "event: beat/data: none//data: {'a':1}//"
                        + "data: {'type':'response.completed','response':{}}//");

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.text()).isEqualTo("aa");
        assertThat(record.form().unknownEvents())
                .isEqualTo(Map.of("response.fancy.delta", 2, "beat", 1, "(no type)", 1));
    }

    @Test
    void theTypeOfTheJsonGoesBeforeTheNameOfTheEvent() {
        RequestRecord record = stream(
                Protocol.RESPONSES,
                "event: message/data: {'delta':'a','item_id':'1','type':'response.output_text.delta'}//"
                        + "event: response.created/data: {'delta':'b','item_id':'1','type':'response.output_text.delta'}//"
                        + "event: response.output_text.delta/data: {'delta':'c','item_id':'1'}//"
                        + "event: response.reasoning_text.delta/data: {'delta':'d','item_id':'1'}//"
                        + "data: {'type':'response.completed','response':{}}//");

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(channels(record)).isEqualTo("CCCR");
    }

    @Test
    void theWholeOfATextIsTakenWhereNoPieceOfItCame() {
        RequestRecord record = stream(
                Protocol.RESPONSES,
                "data: {'type':'response.output_text.delta','item_id':'1','delta':'a'}//"
                        + "data: {'type':'response.output_text.delta','item_id':'2','delta':'b'}//"
                        + "data: {'type':'response.output_text.done','item_id':'1','text':'a'}//"
                        + "data: {'type':'response.output_text.done','item_id':'3','text':'c'}//"
                        + "data: {'type':'response.function_call_arguments.done','item_id':'4','arguments':'{}'}//"
                        + "data: {'type':'response.reasoning_text.done','output_index':7,'text':'d'}//"
                        + "data: {'type':'response.output_text.done','item_id':'2','text':'b'}//"
                        + "data: {'type':'response.completed','response':{'output':[{'content':[{'text':'abc'}]}]}}//");

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.text()).isEqualTo("abc{}d");
        assertThat(channels(record)).isEqualTo("CCCTR");
    }

    @Test
    void theEndOfAStreamIsReadWhereNothingCameBefore() {
        RequestRecord record = stream(
                Protocol.RESPONSES,
                "data: {'type':'response.completed','response':{'status':'completed','output':[{'type':'message',"
                        + "'content':[{'type':'output_text','text':'a'}]}],'usage':{'output_tokens':1}}}//");

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.text()).isEqualTo("a");
    }

    @Test
    void aTextWithWhichABlockBeginsIsTaken() {
        RequestRecord record = stream(
                Protocol.MESSAGES,
                "data: {'type':'content_block_start','content_block':{'type':'text','text':'a'}}//"
                        + "data: {'type':'content_block_start','content_block':{'type':'tool_use','name':'f','input':{'b':1}}}//"
                        + "data: {'type':'message_stop'}//");

        assertThat(record.text()).isEqualTo("af{\"b\":1}");
        assertThat(channels(record)).isEqualTo("CT");
    }

    @Test
    void theEndpointsOwnStampsAreReadInEachProtocol() {
        RequestRecord responses = stream(
                Protocol.RESPONSES,
                "data: {'type':'response.output_text.delta','delta':'a','sent_nanos':12,'received_nanos':5}//"
                        + "data: {'type':'response.completed','response':{},'sent_nanos':13}//");
        RequestRecord messages = stream(
                Protocol.MESSAGES,
                "data: {'sent_nanos':12,'received_nanos':5,'type':'content_block_delta','delta':{'text':'a'}}//"
                        + "data: {'type':'message_stop','sent_nanos':13}//");

        for (RequestRecord record : List.of(responses, messages)) {
            assertThat(record.serverReceivedNanos()).isEqualTo(5);
            assertThat(record.serverEventNanos()).containsExactly(12, 13);
        }
    }

    private RequestRecord stream(Protocol protocol, String body) {
        byte[] bytes = body.contains("\n") ? body.getBytes(StandardCharsets.UTF_8) : written(protocol, body);
        return record(protocol, true, STREAM, 0, bytes, bytes.length, bytes.length);
    }

    private RequestRecord whole(Protocol protocol, int items, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return record(protocol, false, JSON, items, bytes, bytes.length, bytes.length);
    }

    private static byte[] written(Protocol protocol, String body) {
        String delta = protocol == Protocol.RESPONSES
                ? "data: {'type':'response.output_text.delta','item_id':'i','delta':'a'}//"
                : "data: {'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'a'}}//";
        return body.replace("DELTA", delta)
                .replace('/', '\n')
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    /** One letter for each event with text: what kind it is of. */
    private static String channels(RequestRecord record) {
        StringBuilder letters = new StringBuilder();
        for (byte bits : record.eventCarried()) {
            letters.append((bits & Carried.CONTENT) != 0 ? "C" : "")
                    .append((bits & Carried.REASONING) != 0 ? "R" : "")
                    .append((bits & Carried.TOOL) != 0 ? "T" : "")
                    .append((bits & Carried.REFUSAL) != 0 ? "F" : "");
        }
        return letters.toString();
    }

    private static String file(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    static String text(String file) throws IOException {
        return new String(resource(file), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = ProtocolAnswersTest.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        }
    }

    /** The bytes in a first read, and then in reads of a size. */
    private RequestRecord record(
            Protocol protocol, boolean streamed, String type, int items, byte[] bytes, int first, int size) {
        RequestTimeline timeline =
                new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, streamed, -1, 100, false, items));
        WireRequest request = new WireRequest(
                URI.create("http://127.0.0.1:1/"), protocol, Map.of(), new byte[0], streamed, -1, 100, false, 0);
        Exchange exchange =
                new Exchange(request, timeline, RequestBounds.of(Duration.ofSeconds(60)), watchdog, ended -> {});
        exchange.headers(200, name -> name.equals("content-type") ? type : "", 1);
        List<Integer> ends = new ArrayList<>(List.of(0));
        for (int end = first; end < bytes.length; end += size) {
            ends.add(end);
        }
        ends.add(bytes.length);
        for (int i = 1; i < ends.size(); i++) {
            exchange.read(ByteBuffer.wrap(bytes, ends.get(i - 1), ends.get(i) - ends.get(i - 1)), 2 + i);
        }
        exchange.complete(100_000);
        return timeline.toRecord(0, true, UnaryOperator.identity());
    }
}
