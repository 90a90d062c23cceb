package io.inferometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.token.TokenAccounting;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenFlagsTest {
    private static final int CHOICES = Carried.CHOICES;

    @Test
    void answersInOneReadAreNotStreamed() throws IOException {
        ARequest whole = ARequest.sent(0).token(100).usage(1, 20);

        assertFlag(
                "not-streamed",
                "1 of 2 answers came in one event, or in one read: ttft is the time of the whole answer, and nothing is"
                        + " known of the time between its tokens",
                whole,
                good());
        assertNoFlag(
                "not-streamed",
                Stream.concat(
                        Stream.of(whole), Stream.generate(TokenFlagsTest::good).limit(20)));
    }

    @Test
    void aFirstReadOfManyEventsIsABuffers() throws IOException {
        ARequest buffered = ARequest.sent(0)
                .token(50)
                .token(50)
                .token(50)
                .token(50)
                .token(60)
                .usage(1, 5);

        assertFlag(
                "buffered",
                "1 of 1 answer began with many events in one read: something on the way holds them back, and ttft is the"
                        + " time to fill a buffer",
                buffered);
        assertNoFlag("buffered", Stream.of(good()));
    }

    @Test
    void eventsThatAreNotTokensAreTold() throws IOException {
        ARequest several = ARequest.sent(0).token(10).token(20).token(30).usage(1, 6);
        ARequest uneven = ARequest.sent(0).token(10).token(11).token(90).usage(1, 12);
        ARequest finer =
                ARequest.sent(0).token(10).token(20).token(30).token(40).usage(1, 2);

        assertFlag(
                "tokens-per-event",
                "2.00 tokens an event: itl is the time between events, not tokens; read tpot",
                several);
        assertFlag(
                "tokens-per-event",
                "4.00 tokens an event: itl is the time between events, not tokens; read tpot; events brought unlike numbers"
                        + " of tokens in 1 of 1 answer, and tpot is the least it can be there",
                uneven);
        assertFlag(
                "tokens-per-event",
                "0.500 tokens an event: events are finer than tokens, and itl is the time between events; read tpot",
                finer);
        assertNoFlag("tokens-per-event", Stream.of(good()));
    }

    @Test
    void tokensWithoutTextAtTheEndAreTold() throws IOException {
        ARequest silent = ARequest.sent(0)
                .token(10)
                .token(20)
                .event(40, CHOICES | Carried.FINISH)
                .usage(1, 4);
        ARequest empty = ARequest.sent(0)
                .token(10)
                .token(20)
                .event(30, CHOICES)
                .event(40, CHOICES)
                .usage(1, 4);

        for (ARequest request : List.of(silent, empty)) {
            assertFlag(
                    "tokens-without-text",
                    "2 of 4 tokens came without text at the end: tpot and e2el may be too low",
                    request);
        }
        assertNoFlag("tokens-without-text", Stream.of(good()));
    }

    @Test
    void whatNobodyAskedForIsTold() throws IOException {
        assertFlag(
                "choices",
                "1 of 1 answer had more than one choice: their tokens are counted together, and tpot and e2el are no"
                        + " choice's own",
                good().form(new AnswerForm("stop", 2, false, "")));
        assertFlag(
                "choices",
                "1 of 2 answers had more than one choice: their tokens are counted together, and tpot and e2el are no"
                        + " choice's own",
                whole().form(new AnswerForm("stop", 3, false, "")),
                whole());
        assertFlag(
                "finish-reason",
                "answers ended by words that are not known, and count as ended well: sleepy (1 answer)",
                good().form(new AnswerForm("sleepy", 1, false, "")),
                good().form(new AnswerForm("STOP", 1, false, "")));
        assertFlag(
                "content-type",
                "streams were not called text/event-stream, and were read as streams all the same: application/json"
                        + " (2 answers)",
                good().form(new AnswerForm("stop", 1, false, "application/json")),
                good().form(new AnswerForm("stop", 1, false, "application/json")));
    }

    @Test
    void whatIsOddInAProtocolIsTold() throws IOException {
        assertFlag(
                "last-event",
                "1 of 2 answers said why they ended, and their streams then lacked the last event of the protocol: they"
                        + " count as ended well",
                good().form(new AnswerForm("end_turn", 1, false, "", 0, true, Map.of())),
                good());
        assertFlag(
                "unknown-events",
                "events of types that the protocol does not have were left out: beat (1 event), fancy (5 events)",
                good().form(new AnswerForm("end_turn", 1, false, "", 0, false, Map.of("fancy", 2, "beat", 1))),
                good().form(new AnswerForm("end_turn", 1, false, "", 0, false, Map.of("fancy", 3))));
    }

    @Test
    void answersWithoutTextLackNoCountOfIt() throws IOException {
        assertNoFlag("usage-missing", Stream.of(ARequest.sent(0).items(3).end(10)));
    }

    @Test
    void whatEndsAsItShouldIsNotTold() throws IOException {
        for (String name : List.of("choices", "finish-reason", "content-type", "itl-two-humps")) {
            assertNoFlag(name, Stream.of(good(), whole()));
        }
        assertFlag(
                "finish-reason",
                "answers ended by words that are not known, and count as ended well: sleepy (1 answer)",
                whole().form(new AnswerForm("sleepy", 1, false, "")));
    }

    @Test
    void gapsOfTwoKindsAreTold() throws IOException {
        ARequest batches = ARequest.sent(0);
        ARequest few = ARequest.sent(0);
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 4; j++) {
                batches.token(100 * (i + 1) + j);
            }
            few.token(100 * (i + 1)).token(100 * (i + 1) + 1);
        }

        assertFlag(
                "itl-two-humps",
                "77 % of gaps between events are below a fifth of the mean, and the others hold 97 % of the time: something"
                        + " on the way, such as a filter or a proxy, lets events go by the batch; percentiles of itl are of"
                        + " two kinds of gaps, read tpot",
                batches.usage(1, 40));
        assertNoFlag("itl-two-humps", Stream.of(few.usage(1, 20)));
    }

    private static ARequest whole() {
        return ARequest.sent(0).notStreamed().usage(1, 3).end(50);
    }

    @Test
    void lengthsAreTooLongByTheLimitAndTooShortByIgnoreEos() throws IOException {
        assertFlag(
                "output-length",
                "1 of 1 answer are longer than asked: 3.00 tokens on average, not 2.00; does the endpoint know the limit's"
                        + " field? try --length-field max_tokens",
                good().askedAtMost(2, false));
        assertFlag(
                "output-length",
                "1 of 1 answer are not as long as asked: 3.00 tokens on average, not 20.0; is ignore_eos honoured?",
                good().asked(20));
    }

    private static ARequest good() {
        return ARequest.sent(0).token(10).token(20).token(30).usage(1, 3);
    }

    private static void assertFlag(String name, String text, ARequest... requests) throws IOException {
        assertThat(flags(Arrays.stream(requests))).contains(new Flag(name, text));
    }

    private static void assertNoFlag(String name, Stream<ARequest> requests) throws IOException {
        assertThat(flags(requests)).extracting(Flag::name).doesNotContain(name);
    }

    private static List<Flag> flags(Stream<ARequest> requests) throws IOException {
        RunReportBuilder builder = new RunReportBuilder(
                new ARun().with(ARun.trial().endpoint("https://example.com/v1")).header(),
                trial -> TokenAccounting.withoutTokenizer());
        builder.iterationStarted(0, 0, false, 0);
        requests.forEach(request -> builder.add(request.record()));
        return builder.build(RunEnd.COMPLETE).trials().get(0).flags();
    }
}
