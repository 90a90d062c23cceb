package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.Usage;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
    private static final double MILLI = 1e6;

    @Test
    void timesRunFromSentToTokenBearingEventsAndNotToARole() {
        ARequest request = ARequest.sent(100)
                .scheduled(90)
                .released(98)
                .event(120, Carried.CHOICES | Carried.ROLE)
                .token(150)
                .token(160)
                .token(190)
                .event(195, Carried.CHOICES | Carried.FINISH)
                .event(196, Carried.USAGE)
                .usage(10, 3)
                .end(197);

        RequestMetrics metrics = ARequest.metrics(request.record());

        assertThat(metrics.ttftNanos()).isEqualTo(50 * MILLI);
        assertThat(metrics.ttfvtNanos()).isEqualTo(50 * MILLI);
        assertThat(metrics.e2elNanos()).isEqualTo(90 * MILLI);
        assertThat(metrics.tpotNanos()).isEqualTo(20 * MILLI);
        assertThat(metrics.clientDispatchNanos()).isEqualTo(2 * MILLI);
        assertThat(metrics.scheduleDelayNanos()).isEqualTo(8 * MILLI);
        assertThat(metrics.ttftFromScheduleNanos()).isEqualTo(60 * MILLI);
        assertThat(metrics.e2elFromScheduleNanos()).isEqualTo(100 * MILLI);
        assertThat(metrics.connectNanos()).isNaN();
        assertThat(metrics.tlsNanos()).isNaN();
    }

    @Test
    void aColdConnectionsTimesAreNoneOfTheClientsOwn() {
        ARequest request = ARequest.metronome(20, 50, 10, 5).released(10);

        RequestMetrics encrypted = ARequest.metrics(request.opened(11, 13, 18).record());
        RequestMetrics plain = ARequest.metrics(request.opened(11, 13, 13).record());
        RequestMetrics dialedAtSomeTime =
                ARequest.metrics(request.opened(Double.NaN, Double.NaN, 18).record());
        RequestMetrics openedBefore = ARequest.metrics(request.opened(5, 7, 9).record());

        assertThat(encrypted.connectNanos()).isEqualTo(2 * MILLI);
        assertThat(encrypted.tlsNanos()).isEqualTo(5 * MILLI);
        assertThat(encrypted.clientDispatchNanos()).isEqualTo(3 * MILLI);
        assertThat(plain.tlsNanos()).isNaN();
        assertThat(plain.clientDispatchNanos()).isEqualTo(8 * MILLI);
        assertThat(dialedAtSomeTime.connectNanos()).isNaN();
        assertThat(dialedAtSomeTime.tlsNanos()).isNaN();
        assertThat(dialedAtSomeTime.clientDispatchNanos()).isEqualTo(2 * MILLI);
        assertThat(openedBefore.clientDispatchNanos()).isEqualTo(10 * MILLI);
    }

    @Test
    void aModelThatReasonsFirstHasALaterFirstVisibleToken() {
        RequestMetrics metrics = ARequest.metrics(ARequest.sent(0)
                .event(10, Carried.CHOICES | Carried.REASONING)
                .event(20, Carried.CHOICES | Carried.TOOL)
                .token(30)
                .record());

        assertThat(metrics.ttftNanos()).isEqualTo(10 * MILLI);
        assertThat(metrics.ttfvtNanos()).isEqualTo(30 * MILLI);
    }

    @Test
    void anAnswerOfReasoningOnlyHasATtftAndNoVisibleOne() {
        RequestMetrics metrics = ARequest.metrics(
                ARequest.sent(0).event(10, Carried.CHOICES | Carried.REASONING).record());

        assertThat(metrics.ttftNanos()).isEqualTo(10 * MILLI);
        assertThat(metrics.ttfvtNanos()).isNaN();
    }

    @Test
    void theTokensOfTheFirstEventAreNotInTpot() {
        ARequest request = ARequest.sent(0).token(10).token(50).usage(1, 40).tokensByEvent(20);

        assertThat(ARequest.metrics(request.record()).tpotNanos()).isEqualTo(2 * MILLI);
    }

    @Test
    void tpotLeavesOutReasoningThatWasNeverStreamed() {
        ARequest request = ARequest.sent(0).token(10).token(20).token(30).usage(new Usage(1, 103, 100, Usage.ABSENT));

        assertThat(ARequest.metrics(request.record()).tpotNanos()).isEqualTo(10 * MILLI);
    }

    @Test
    void theFirstEventHasATokenThoughItsCountLagsBehind() {
        ARequest request =
                ARequest.sent(0).token(10).token(20).token(30).usage(1, 3).tokensByEvent(0);

        assertThat(ARequest.metrics(request.record()).tpotNanos()).isEqualTo(10 * MILLI);
    }

    @Test
    void reasoningThatWasNeverStreamedIsNotInTheFirstEventThough() {
        ARequest request = ARequest.sent(0)
                .token(10)
                .token(20)
                .token(30)
                .usage(new Usage(1, 103, 100, Usage.ABSENT))
                .tokensByEvent(101);

        assertThat(ARequest.metrics(request.record()).tpotNanos()).isEqualTo(10 * MILLI);
    }

    @Test
    void oneTokenHasNoTpot() {
        ARequest request = ARequest.sent(0).token(10).usage(1, 1);

        RequestMetrics metrics = ARequest.metrics(request.record());

        assertThat(metrics.tpotNanos()).isNaN();
        assertThat(metrics.e2elNanos()).isEqualTo(10 * MILLI);
    }

    @Test
    void anAnswerInOneBodyHasOnlyAnE2elUpToItsEnd() {
        RequestMetrics metrics = ARequest.metrics(
                ARequest.sent(5).notStreamed().usage(10, 20).end(105).record());

        assertThat(metrics.e2elNanos()).isEqualTo(100 * MILLI);
        assertThat(metrics.ttftNanos()).isNaN();
        assertThat(metrics.ttfvtNanos()).isNaN();
        assertThat(metrics.tpotNanos()).isNaN();
    }

    @Test
    void aFailureHasNoLatencyButItsTokensAreKnown() {
        RequestMetrics metrics = ARequest.metrics(ARequest.sent(0)
                .token(10)
                .failed(Outcome.STREAM_ERROR, 200, "cut")
                .expectedPromptTokens(7)
                .record());

        for (Metric metric : Metric.values()) {
            if (metric != Metric.ITL) {
                assertThat(metrics.value(metric)).as(metric.label()).isNaN();
            }
        }
        assertThat(metrics.tokens().input()).isEqualTo(7);
    }

    @Test
    void itlIsNoMetricOfOneRequest() {
        RequestMetrics metrics = ARequest.metrics(ARequest.sent(0).token(1).record());

        assertThatThrownBy(() -> metrics.value(Metric.ITL)).hasMessage("a request has many itl");
    }

    @Test
    void anAnswerOfOneReadHasNoTpot() {
        RequestMetrics oneRead = ARequest.metrics(
                ARequest.sent(0).token(10).token(10).token(10).usage(1, 30).record());
        RequestMetrics oneEvent =
                ARequest.metrics(ARequest.sent(0).token(10).usage(1, 30).record());
        RequestMetrics twoReads = ARequest.metrics(
                ARequest.sent(0).token(10).token(10).token(40).usage(1, 31).record());

        assertThat(oneRead.tpotNanos()).isNaN();
        assertThat(oneRead.furtherTokens()).isNaN();
        assertThat(oneEvent.tpotNanos()).isNaN();
        assertThat(twoReads.tpotNanos()).isEqualTo(1e6);
        assertThat(twoReads.furtherTokens()).isEqualTo(30);
    }
}
