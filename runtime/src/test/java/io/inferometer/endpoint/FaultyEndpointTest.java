package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.workload.InferenceRequest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault of the simulated endpoint, over every transport: how the request ends, in words; and the next one is well. */
@ParameterizedClass
@EnumSource(Transports.class)
class FaultyEndpointTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int TOKENS = 8;
    private static SimulatedEndpoint endpoint;

    private final Transports transport;

    FaultyEndpointTest(Transports transport) {
        this.transport = transport;
    }

    @BeforeAll
    static void start() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=1&itl=1")));
    }

    @AfterAll
    static void stop() {
        endpoint.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    400                 | HTTP_ERROR    | 400 | 400: the prompt is longer than the context, as the profile says
                    401                 | HTTP_ERROR    | 401 | 401: Unauthorized
                    403                 | HTTP_ERROR    | 403 | 403: no right to this model
                    404                 | HTTP_ERROR    | 404 | 404 from http://{where}/v1/chat/completions: The model does not exist.
                    413                 | HTTP_ERROR    | 413 | 413: 413 Request Entity Too Large nginx
                    422                 | HTTP_ERROR    | 422 | 422: body.messages: field required
                    429                 | HTTP_ERROR    | 429 | 429, retry after 1: too many requests, as the profile says
                    429-date            | HTTP_ERROR    | 429 | 429, retry after Wed, 21 Oct 2026 07:28:00 GMT: too many requests, as the profile says
                    500                 | HTTP_ERROR    | 500 | 500: the server failed, as the profile says
                    502                 | HTTP_ERROR    | 502 | 502: 502 Bad Gateway nginx
                    503                 | HTTP_ERROR    | 503 | 503, retry after 5: the model is loading
                    504                 | HTTP_ERROR    | 504 | 504
                    redirect            | HTTP_ERROR    | 307 | 307, a redirect to http://elsewhere.invalid/v1/chat/completions, is not followed; ask that address itself
                    html                | DECODE_ERROR  | 200 | a stream was asked for (text/event-stream), the response is text/html: Welcome
                    gzip                | DECODE_ERROR  | 200 | the response is encoded, which was not asked for: content-encoding gzip
                    reset               | CONNECT_ERROR | 0   | the connection to {where} was reset before a response came
                    reset-in-headers    | CONNECT_ERROR | 0   | the connection to {where} was reset within the headers of a response
                    reset-after-headers | STREAM_ERROR  | 200 | the response broke off after 0 events: the connection was reset in the middle of the body
                    endless-headers     | CONNECT_ERROR | 0   | the headers of the response from {where} are longer than 393216 bytes
                    empty               | DECODE_ERROR  | 200 | status 200, but no token in 2 events
                    cut                 | STREAM_ERROR  | 200 | the response broke off after 4 events: the connection was closed in the middle of the body
                    cut-character       | STREAM_ERROR  | 200 | the response broke off after 4 events: the connection was closed in the middle of the body
                    cut-chunk-size      | STREAM_ERROR  | 200 | the response broke off after 4 events: the connection was closed in the middle of the body
                    huge-event          | STREAM_ERROR  | 200 | an event is longer than 16777216 bytes
                    error               | STREAM_ERROR  | 200 | the answer failed midway, as the profile says
                    """)
    void aFailedStreamIsTold(String fault, Outcome outcome, int status, String message) throws Exception {
        RequestRecord record = askTwice(fault, Asking.PATIENT, true);

        assertEnded(record, outcome, status, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    stall-at-once | 0   | not ended after 1000 ms; no response came
                    stall         | 200 | not ended after 1000 ms; the stream stalled after 4 events
                    unread        | 0   | not ended after 1000 ms; no response came
                    """)
    void aStalledStreamTimesOut(String fault, int status, String message) throws Exception {
        RequestRecord record = askTwice(fault, SHORT, true);

        assertEnded(record, Outcome.TIMEOUT, status, message);
    }

    /** How many events were whole until then depends on how the reads fell. */
    @ParameterizedTest
    @CsvSource({"long-chunks", "short-chunks"})
    void chunksThatLieBreakTheStream(String fault) throws Exception {
        RequestRecord record = askTwice(fault, Asking.PATIENT, true);

        assertThat(record.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(record.error())
                .matches("the response broke off after (0 events|1 event): the body is not in well-formed chunks");
    }

    @Test
    void aLongErrorIsCutToALine() throws Exception {
        RequestRecord record = askTwice("500-long", Asking.PATIENT, true);

        assertEnded(record, Outcome.HTTP_ERROR, 500, "500: " + "trace ".repeat(50) + "…");
    }

    @ParameterizedTest
    @CsvSource({
        "none,        9, 8",
        "crlf,        9, 8",
        "cr,          9, 8",
        "pings,      19, 8",
        "trickle,     9, 8",
        "no-done,     9, 8",
        "no-blank,    9, 8",
        "close-idle,  9, 8",
        "no-usage,    8, -1",
        "false-usage, 9, 2",
        "two-usages, 10, 8"
    })
    void oddStreamsAreUnderstood(String fault, int events, int tokens) throws Exception {
        RequestRecord record = askTwice(fault, Asking.PATIENT, true);

        assertEnded(record, Outcome.SUCCESS, 200, "");
        assertThat(record.text()).isEqualTo(" tick".repeat(TOKENS));
        assertThat(record.eventNanos()).hasSize(events);
        assertThat(record.usage().completionTokens()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    404                 | HTTP_ERROR    | 404 | 404 from http://{where}/v1/chat/completions: The model does not exist.
                    html                | DECODE_ERROR  | 200 | the answer is no JSON: Welcome
                    gzip                | DECODE_ERROR  | 200 | the response is encoded, which was not asked for: content-encoding gzip
                    reset               | CONNECT_ERROR | 0   | the connection to {where} was reset before a response came
                    reset-in-headers    | CONNECT_ERROR | 0   | the connection to {where} was reset within the headers of a response
                    endless-headers     | CONNECT_ERROR | 0   | the headers of the response from {where} are longer than 393216 bytes
                    cut                 | STREAM_ERROR  | 200 | the response broke off: the connection was closed in the middle of the body
                    error               | STREAM_ERROR  | 200 | the answer failed midway, as the profile says
                    """)
    void aFailedAnswerInOnePieceIsTold(String fault, Outcome outcome, int status, String message) throws Exception {
        RequestRecord record = askTwice(fault, Asking.PATIENT, false);

        assertEnded(record, outcome, status, message);
    }

    @Test
    void anAnswerInOnePieceMayLackItsUsage() throws Exception {
        RequestRecord record = askTwice("no-usage", Asking.PATIENT, false);

        assertEnded(record, Outcome.SUCCESS, 200, "");
        assertThat(record.usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void anAnswerInOnePieceThatStallsTimesOut() throws Exception {
        RequestRecord record = askTwice("stall", SHORT, false);

        assertEnded(record, Outcome.TIMEOUT, 0, "not ended after 1000 ms; no response came");
    }

    /** What became of a request with a fault, after a request without any has gone well on the same transport. */
    private RequestRecord askTwice(String fault, Duration timeout, boolean streaming) throws Exception {
        // More than fits into the buffers of a socket whose other end does not read.
        String prompt = fault.equals("unread") ? "Hello ".repeat(2_000_000) : "Hello";
        InferenceRequest request = InferenceRequest.chat(prompt).maxOutputTokens(TOKENS);
        try (Asking asking = new Asking(transport.open(), endpoint.url(), timeout, streaming)) {
            RequestRecord record = asking.ask(request.header(Fault.HEADER, fault));
            RequestRecord next = asking.ask(InferenceRequest.chat("Hello").maxOutputTokens(TOKENS));
            assertThat(next.error()).isEmpty();
            assertThat(next.outcome()).isEqualTo(Outcome.SUCCESS);
            return record;
        }
    }

    private static void assertEnded(RequestRecord record, Outcome outcome, int status, String message) {
        String where = endpoint.url().substring("http://".length());
        assertThat(record.error()).isEqualTo(message == null ? "" : message.replace("{where}", where));
        assertThat(record.outcome()).isEqualTo(outcome);
        assertThat(record.status()).isEqualTo(status);
    }
}
