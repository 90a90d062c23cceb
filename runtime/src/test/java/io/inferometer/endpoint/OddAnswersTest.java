package io.inferometer.endpoint;

import static io.inferometer.endpoint.ScriptedServer.DONE;
import static io.inferometer.endpoint.ScriptedServer.chunk;
import static io.inferometer.endpoint.ScriptedServer.content;
import static io.inferometer.endpoint.ScriptedServer.lastChunk;
import static io.inferometer.endpoint.ScriptedServer.response;
import static io.inferometer.endpoint.ScriptedServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.workload.InferenceRequest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Habits of real endpoints that no document allows, over every transport. In the tables {@code /} is the end of a line and
 * {@code '} a quote.
 */
@ParameterizedClass
@EnumSource(Transports.class)
class OddAnswersTest {
    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(2);
    private static final String TOKENS = content("a") + content("b");

    private final Transports transport;

    OddAnswersTest(Transports transport) {
        this.transport = transport;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a detail                  | data: {'detail':'no room'}//                                         | STREAM_ERROR | no room
            details of fields         | data: {'detail':[{'loc':['body','x'],'msg':'no room'}]}//             | STREAM_ERROR | body.x: no room
            a code                    | data: {'code':500,'message':'no room'}//                             | STREAM_ERROR | no room
            a code in words           | data: {'code':'Throttling','message':'no room'}//                    | STREAM_ERROR | no room
            a status                  | data: {'status':'error','message':'no room'}//                       | STREAM_ERROR | no room
            no success                | data: {'success':false,'message':'no room'}//                        | STREAM_ERROR | no room
            a code of its own         | data: {'text':'','error_code':50004,'message':'no room'}//           | STREAM_ERROR | no room
            a message of its own      | data: {'errorMessage':'no room'}//                                   | STREAM_ERROR | no room
            in capitals               | data: {'Error':{'Message':'no room'}}//                              | STREAM_ERROR | no room
            in an array               | data: [{'error':{'code':503,'message':'no room'}}]//                 | STREAM_ERROR | no room
            in a vendor's field       | data: {'choices':[{'delta':{}}],'x_groq':{'error':'no room'}}//      | STREAM_ERROR | no room
            in a message              | data: {'choices':[{'message':{'error':{'message':'no room'}}}]}//     | STREAM_ERROR | no room
            under a name in capitals  | event: ERROR/data: {'message':'no room'}//                           | STREAM_ERROR | no room
            under another name        | event: exception/data: no room//                                     | STREAM_ERROR | no room
            on a line of its own      | {'error':{'message':'no room'}}//                                    | STREAM_ERROR | no room
            at the end                | {'error':{'message':'no room'}}                                      | STREAM_ERROR | no room
            a word for any error      | data: {'choices':[{'delta':{},'finish_reason':'network_error'}]}//   | STREAM_ERROR | the endpoint broke the answer off after 2 tokens: its finish reason is network_error
            a word in an object       | data: {'choices':[{'delta':{},'finish_reason':{'type':'abort'}}]}//  | STREAM_ERROR | the endpoint broke the answer off after 2 tokens: its finish reason is abort
            """)
    void whatSaysOfItselfThatItFailedFailed(String what, String tail, Outcome outcome, String message)
            throws Exception {
        RequestRecord record = streamed(TOKENS + written(tail) + (tail.endsWith("//") ? DONE : ""));

        assertThat(record.error()).as(what).isEqualTo(message);
        assertThat(record.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'null'
            'None'
            'FINISH_REASON_UNSPECIFIED'
            ' '
            false
            {}
            """)
    void whatIsCutOffUnderAWordForNothingIsCutOff(String word) throws Exception {
        String event = "data: {'choices':[{'delta':{'content':'a'},'finish_reason':" + word + "}]}//";

        assertThat(streamed(written(event + event)).error())
                .isEqualTo("the stream ended without a finish reason or [DONE]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            no brackets          | data: DONE//
            small letters        | data: [done]//
            quotes               | data: '[DONE]'//
            white space          | data:   [DONE]\t//
            twice                | data: [DONE]//data: [DONE]//
            a word behind it     | data: [DONE]//data: bye//
            nothing before it    | data: null//data: [DONE]//
            a status before it   | data: {'status':'completed','message':'ok'}//data: [DONE]//
            a notice before it   | data: {'code':200,'message':'ok'}//data: [DONE]//
            an object's word     | data: {'choices':[{'delta':{},'finish_reason':{'type':'stop','matched':2}}]}//
            """)
    void whatEndedInAnotherSpellingEnded(String what, String tail) throws Exception {
        RequestRecord record = streamed(TOKENS + written(tail).replace("\\t", "\t"));

        assertThat(record.error()).as(what).isEmpty();
        assertThat(record.eventNanos()).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            in quotes            | {'prompt_tokens':'7','completion_tokens':'9.0','total_tokens':'16'}                                        | 7  | 9  | -1 | 16
            in a service's part  | {'prompt_tokens':7,'completion_tokens':9,'service':{'prompt_tokens':99,'completion_tokens':99}}           | 7  | 9  | -1 | -1
            in details           | {'prompt_tokens':7,'completion_tokens':9,'output_tokens_details':{'reasoning_tokens':4}}                   | 7  | 9  | 4  | -1
            below none           | {'prompt_tokens':-1,'completion_tokens':-1}                                                               | -1 | -1 | -1 | -1
            none                 | {'prompt_tokens':null,'completion_tokens':'many'}                                                         | -1 | -1 | -1 | -1
            """)
    void countsAreReadInAnySpelling(String what, String usage, int prompt, int completion, int reasoning, int total)
            throws Exception {
        Usage told = new Usage(prompt, completion, reasoning, Usage.ABSENT, total);

        assertThat(streamed(TOKENS + written("data: {'choices':[],'usage':" + usage + "}//") + DONE)
                        .usage())
                .as(what)
                .isEqualTo(told);
        assertThat(whole("{'choices':[{'message':{'content':'a b'},'finish_reason':'stop'}],'usage':" + usage + "}")
                        .usage())
                .as(what)
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a message each            | 'message':{'role':'assistant','content':'a'}
            thinking                  | 'delta':{'thinking_content':'a'}
            thoughts                  | 'delta':{'thoughts':'a'}
            blocks of thinking        | 'delta':{'thinking_blocks':[{'type':'thinking','thinking':'a'}]}
            a call without a function | 'delta':{'tool_calls':[{'index':0,'name':'f','arguments':'a'}]}
            a call without a list     | 'delta':{'tool_calls':{'index':0,'function':{'arguments':'a'}}}
            """)
    void textIsFoundInAnyPlace(String what, String choice) throws Exception {
        String event = written("data: {'choices':[{'index':0," + choice + ",'finish_reason':null}]}//");

        RequestRecord record = streamed(event + event + event + DONE);

        assertThat(record.error()).as(what).isEmpty();
        assertThat(record.eventCarried()).hasSize(3);
        for (byte bits : record.eventCarried()) {
            assertThat(Carried.tokens(bits)).as(what).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            abort       | {'choices':[{'message':{'content':'a'},'finish_reason':{'type':'abort'}}]}          | STREAM_ERROR | the endpoint broke the answer off after 0 tokens: its finish reason is abort
            a word      | {'choices':[{'message':{'content':'a'},'finish_reason':'internal_error'}]}          | STREAM_ERROR | the endpoint broke the answer off after 0 tokens: its finish reason is internal_error
            a vendor's  | {'choices':[{'message':{'content':'a'}}],'x_groq':{'error':'no room'}}              | STREAM_ERROR | no room
            a code      | {'choices':[{'message':{'content':'a'}}],'error_code':7,'message':'no room'}        | STREAM_ERROR | no room
            a detail    | {'detail':'no room'}                                                                | STREAM_ERROR | no room
            an array    | [{'error':{'message':'no room'}}]                                                   | STREAM_ERROR | no room
            """)
    void aWholeAnswerIsHeldToTheSame(String what, String body, Outcome outcome, String message) throws Exception {
        RequestRecord record = whole(body);

        assertThat(record.error()).as(what).isEqualTo(message);
        assertThat(record.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            JSON behind a mark | ﻿{'error':{'message':'no room'}} | what came is no stream of events: no room
            a text in quotes   | 'no room'                             | what came is no stream of events: no room
            a text             | no room                               | status 200, but no token in 0 events: no room
            """)
    void aBodyThatIsNoStreamIsToldInItsOwnWords(String what, String body, String message) throws Exception {
        assertThat(streamed(written(body)).error()).as(what).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~﻿~
            ~\n \r\n\n~
            """)
    void whatStandsBeforeAWholeAnswerIsLeftOut(String before) throws Exception {
        String body = before.translateEscapes() + "{'choices':[{'message':{'content':'a'},'finish_reason':'stop'}]}";

        assertThat(whole(body).error()).isEmpty();
    }

    private static String written(String text) {
        return text.replace('/', '\n').replace('\'', '"');
    }

    private RequestRecord streamed(String body) throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        (request, connection) -> connection.write(streamHead() + chunk(body) + lastChunk()));
                Asking asking = new Asking(transport.open(), server.url(), Asking.PATIENT, true)) {
            return asking.ask(ASK);
        }
    }

    private RequestRecord whole(String body) throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) ->
                        connection.write(response(200, "application/json", body.replace('\'', '"'))));
                Asking asking = new Asking(transport.open(), server.url(), Asking.PATIENT, false)) {
            return asking.ask(ASK);
        }
    }
}
