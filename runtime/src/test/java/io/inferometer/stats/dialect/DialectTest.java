package io.inferometer.stats.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.token.TokenAccounting;
import org.junit.jupiter.api.Test;

class DialectTest {
    private static final double MILLI = 1e6;

    /** Released 2 ms before it is sent; a role first; usage in an event of its own. */
    private static ARequest chat() {
        return ARequest.sent(100)
                .released(98)
                .event(120, Carried.CHOICES | Carried.ROLE)
                .token(150)
                .token(160)
                .event(165, Carried.CHOICES | Carried.FINISH)
                .event(170, Carried.USAGE)
                .expectedPromptTokens(90)
                .usage(100, 3)
                .end(180);
    }

    @Test
    void vllmStartsAtReleasedAndTakesAnyEventWithChoicesForAToken() {
        Dialect.Request request = request(Dialect.VLLM, chat());

        assertThat(request.ttftNanos()).isEqualTo(22 * MILLI);
        assertThat(request.gapNanos()).containsExactly(30_000_000, 10_000_000, 5_000_000);
        assertThat(request.e2elNanos()).isEqualTo(67 * MILLI);
        assertThat(request.tpotNanos()).isEqualTo(45 * MILLI / 2);
        assertThat(request.inputTokens()).isEqualTo(100);
        assertThat(request.outputTokens()).isEqualTo(3);
    }

    @Test
    void benchServingEndsWithTheUsageEvent() {
        Dialect.Request request = request(Dialect.BENCH_SERVING_2025, chat());

        assertThat(request.e2elNanos()).isEqualTo(72 * MILLI);
        assertThat(request.tpotNanos()).isEqualTo(50 * MILLI / 2);
        assertThat(request.outputTokens()).isEqualTo(3);
    }

    /** Reasoning first, then text; the body ends after both. */
    private static ARequest reasoned() {
        return ARequest.sent(100)
                .released(98)
                .event(120, Carried.CHOICES | Carried.ROLE)
                .event(150, Carried.CHOICES | Carried.REASONING)
                .event(170, Carried.CHOICES | Carried.CONTENT)
                .event(190, Carried.CHOICES | Carried.CONTENT)
                .event(200, Carried.USAGE)
                .usage(100, 3)
                .end(208);
    }

    @Test
    void guidellmWaitsForVisibleTextAndHasTheFirstTokenInItsTpot() {
        Dialect.Request request = request(Dialect.GUIDELLM, reasoned());

        assertThat(request.ttftNanos()).isEqualTo(72 * MILLI);
        assertThat(request.e2elNanos()).isEqualTo(110 * MILLI);
        assertThat(request.tpotNanos()).isEqualTo(110 * MILLI / 3);
        assertThat(request.gapNanos()).containsExactly(10_000_000);
        assertThat(request.outputTokens()).isEqualTo(3);
    }

    @Test
    void guidellmCountsEventsWithoutUsage() {
        assertThat(request(Dialect.GUIDELLM, ARequest.sent(0).token(10).token(20))
                        .outputTokens())
                .isEqualTo(2);
        assertThat(request(Dialect.AIPERF, ARequest.sent(0).token(10).token(20)).outputTokens())
                .isZero();
    }

    @Test
    void aiperfTakesReasoningForTextAndCallsItlWhatOthersCallTpot() {
        Dialect.Request request = request(Dialect.AIPERF, reasoned());

        assertThat(request.ttftNanos()).isEqualTo(52 * MILLI);
        assertThat(request.e2elNanos()).isEqualTo(110 * MILLI);
        assertThat(request.tpotNanos()).isNaN();
        assertThat(request.gapNanos()).containsExactly(29_000_000);
    }

    @Test
    void benchServingMissesUsageThatComesWithChoices() {
        ARequest usageInFinish = ARequest.sent(0)
                .token(10)
                .event(20, Carried.CHOICES | Carried.CONTENT | Carried.USAGE)
                .usage(5, 2);

        assertThat(request(Dialect.BENCH_SERVING_2025, usageInFinish).outputTokens())
                .isZero();
        assertThat(request(Dialect.BENCH_SERVING_2025, usageInFinish).tpotNanos())
                .isNaN();
        assertThat(request(Dialect.VLLM, usageInFinish).outputTokens()).isEqualTo(2);
    }

    @Test
    void vllmCountsByTheTokenizerWithoutUsageAndElseCountsOne() {
        RequestRecord record =
                ARequest.sent(0).token(10).token(20).text("a b c").record();
        TokenAccounting byWord = TokenAccounting.with(text -> text.split(" ").length);

        assertThat(Dialect.VLLM.request(record, byWord.count(record)).outputTokens())
                .isEqualTo(3);
        assertThat(request(Dialect.VLLM, ARequest.sent(0).token(10).token(20)).outputTokens())
                .isEqualTo(1);
    }

    @Test
    void anAnswerInOneBodyHasOnlyAnE2el() {
        Dialect.Request request =
                request(Dialect.VLLM, ARequest.sent(0).notStreamed().usage(5, 7).end(30));

        assertThat(request.e2elNanos()).isEqualTo(30 * MILLI);
        assertThat(request.ttftNanos()).isNaN();
        assertThat(request.tpotNanos()).isNaN();
        assertThat(request.gapNanos()).isEmpty();
        assertThat(request.outputTokens()).isEqualTo(7);
    }

    @Test
    void aFailureIsCountedAndHasNothingElse() {
        DialectSummary.Builder builder = new DialectSummary.Builder();
        RequestRecord failed = chat().failed(Outcome.STREAM_ERROR, 200, "cut").record();
        builder.add(
                failed,
                Dialect.VLLM.request(failed, TokenAccounting.withoutTokenizer().count(failed)));

        DialectSummary summary = builder.build();

        assertThat(summary.failed()).isEqualTo(1);
        assertThat(summary.completed()).isZero();
        assertThat(summary.inputTokens()).isZero();
        assertThat(summary.ttft().isEmpty()).isTrue();
        assertThat(summary.durationNanos()).isNaN();
    }

    @Test
    void thePauseBetweenIterationsIsInNoDuration() {
        DialectSummary.Builder builder = new DialectSummary.Builder();
        for (double start : new double[] {0, 10_000}) {
            RequestRecord record =
                    ARequest.metronome(start, 50, 10, 5).end(start + 100).record();
            builder.add(
                    record,
                    Dialect.VLLM.request(
                            record, TokenAccounting.withoutTokenizer().count(record)));
            builder.iterationEnded();
        }

        DialectSummary summary = builder.build();

        assertThat(summary.durationNanos()).isEqualTo(200 * MILLI);
        assertThat(summary.perSecond(summary.completed())).isEqualTo(10);
    }

    private static Dialect.Request request(Dialect dialect, ARequest request) {
        RequestRecord record = request.record();
        return dialect.request(record, TokenAccounting.withoutTokenizer().count(record));
    }
}
