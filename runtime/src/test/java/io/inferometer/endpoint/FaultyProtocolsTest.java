package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.workload.InferenceRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of the simulated endpoint in the protocols beside completions, over every transport: how the request ends, in words. */
@ParameterizedClass
@EnumSource(Transports.class)
class FaultyProtocolsTest {
    private static final int TOKENS = 8;
    private static SimulatedEndpoint endpoint;

    private final Transports transport;

    FaultyProtocolsTest(Transports transport) {
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
                    RESPONSES | none        | 8  | 8
                    RESPONSES | crlf        | 8  | 8
                    RESPONSES | cr          | 8  | 8
                    RESPONSES | pings       | 8  | 8
                    RESPONSES | trickle     | 8  | 8
                    RESPONSES | no-blank    | 8  | 8
                    RESPONSES | close-idle  | 8  | 8
                    RESPONSES | no-usage    | 8  | -1
                    RESPONSES | false-usage | 8  | 2
                    RESPONSES | two-usages  | 8  | 8
                    MESSAGES  | none        | 8  | 8
                    MESSAGES  | crlf        | 8  | 8
                    MESSAGES  | cr          | 8  | 8
                    MESSAGES  | pings       | 8  | 8
                    MESSAGES  | trickle     | 8  | 8
                    MESSAGES  | no-done     | 8  | 8
                    MESSAGES  | no-blank    | 8  | 8
                    MESSAGES  | no-usage    | 8  | -1
                    MESSAGES  | false-usage | 8  | 2
                    MESSAGES  | two-usages  | 8  | 8
                    """)
    void oddStreamsAreUnderstood(Protocol protocol, String fault, int tokens, int counted) throws Exception {
        RequestRecord record = ask(protocol, fault, Asking.PATIENT, true);

        assertThat(record.error()).isEmpty();
        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.text()).isEqualTo(" tick".repeat(tokens));
        assertThat(record.usage().completionTokens()).isEqualTo(counted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RESPONSES  | 400     | HTTP_ERROR   | 400: the prompt is longer than the context, as the profile says
                    RESPONSES  | no-done | STREAM_ERROR | the stream ended without response.completed or another event that ends it
                    RESPONSES  | empty   | DECODE_ERROR | status 200, but no token in 3 events
                    RESPONSES  | error   | STREAM_ERROR | the answer failed midway, as the profile says
                    RESPONSES  | cut     | STREAM_ERROR | the response broke off after 8 events: the connection was closed in the middle of the body
                    MESSAGES   | 400     | HTTP_ERROR   | 400: the prompt is longer than the context, as the profile says
                    MESSAGES   | 429     | HTTP_ERROR   | 429, retry after 1: too many requests, as the profile says
                    MESSAGES   | empty   | DECODE_ERROR | status 200, but no token in 4 events
                    MESSAGES   | error   | STREAM_ERROR | the answer failed midway, as the profile says
                    MESSAGES   | cut     | STREAM_ERROR | the response broke off after 7 events: the connection was closed in the middle of the body
                    MESSAGES   | stall   | TIMEOUT      | not ended after 1000 ms; the stream stalled after 7 events
                    """)
    void aFailedStreamIsTold(Protocol protocol, String fault, Outcome outcome, String message) throws Exception {
        RequestRecord record =
                ask(protocol, fault, fault.equals("stall") ? Duration.ofSeconds(1) : Asking.PATIENT, true);

        assertThat(record.outcome() + " | " + record.error()).isEqualTo(outcome + " | " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RESPONSES  | error | STREAM_ERROR | the answer failed midway, as the profile says
                    MESSAGES   | error | STREAM_ERROR | the answer failed midway, as the profile says
                    MESSAGES   | empty | DECODE_ERROR | status 200, but no text in the answer: …
                    MESSAGES   | cut   | STREAM_ERROR | the response broke off: the connection was closed in the middle of the body
                    EMBEDDINGS | 500   | HTTP_ERROR   | 500: the server failed, as the profile says
                    EMBEDDINGS | empty | DECODE_ERROR | status 200, but no embedding in the answer: …
                    EMBEDDINGS | error | STREAM_ERROR | the answer failed midway, as the profile says
                    EMBEDDINGS | cut   | STREAM_ERROR | the response broke off: the connection was closed in the middle of the body
                    RERANK     | empty | DECODE_ERROR | status 200, but no result in the answer: …
                    """)
    void aFailedAnswerInOnePieceIsTold(Protocol protocol, String fault, Outcome outcome, String message)
            throws Exception {
        RequestRecord record = ask(protocol, fault, Asking.PATIENT, false);

        String told = record.error().replaceFirst("\\{.*", "…");
        assertThat(record.outcome() + " | " + told).isEqualTo(outcome + " | " + message);
    }

    private RequestRecord ask(Protocol protocol, String fault, Duration timeout, boolean streaming) throws Exception {
        InferenceRequest request = switch (protocol) {
            case EMBEDDINGS -> InferenceRequest.embedding("Hello");
            case RERANK -> InferenceRequest.rerank("Hello", List.of("a", "b"));
            default -> InferenceRequest.chat("Hello").maxOutputTokens(TOKENS);
        };
        try (Asking asking = new Asking(transport.open(), endpoint.url(), protocol, timeout, streaming)) {
            return asking.ask(request.header(Fault.HEADER, fault));
        }
    }
}
