package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.ClientOverhead.Difference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientOverheadTest {
    private static final double MILLI = 1e6;

    private static final Difference EASIER = new Difference("wait", true, "shorter");
    private static final Difference HARDER = new Difference("length", false, "shorter too");

    private final ClientOverhead.Builder builder = new ClientOverhead.Builder(Percentiles.STANDARD);

    @Test
    void isWhatTheClientTimedLessWhatTheEndpointDid() {
        // The endpoint's clock is another: 7,000 there is 100 here.
        builder.add(
                ARequest.sent(100)
                        .event(149, Carried.CHOICES | Carried.ROLE)
                        .token(152)
                        .token(165)
                        .token(170.5)
                        .event(171, Carried.USAGE)
                        .stamps(7_000, 7_049, 7_050, 7_060, 7_070, 7_070)
                        .record(),
                10);

        ClientOverhead overhead = builder.ofRun();

        assertThat(mean(overhead, Metric.TTFT)).isCloseTo(2, within(1e-9));
        assertThat(overhead.metric(Metric.ITL).count()).isEqualTo(2);
        assertThat(overhead.metric(Metric.ITL).max() / MILLI).isCloseTo(3, within(1e-9));
        assertThat(overhead.metric(Metric.ITL).min() / MILLI).isCloseTo(-4.5, within(1e-9));
        assertThat(mean(overhead, Metric.E2EL)).isCloseTo(0.5, within(1e-9));
        assertThat(mean(overhead, Metric.TPOT)).isCloseTo(-0.15, within(1e-9));
    }

    @Test
    void anAnswerInOneBodyHasItsEndAlone() {
        builder.add(ARequest.sent(10).notStreamed().end(62).stamps(3, 53.5).record(), 5);

        assertThat(builder.ofRun().metrics()).containsOnlyKeys(Metric.E2EL);
        assertThat(mean(builder.ofRun(), Metric.E2EL)).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void requestsWithoutStampsOrSuccessAreLeftOut() {
        builder.add(ARequest.metronome(0, 50, 10, 3).record(), 2);
        builder.add(
                ARequest.metronome(0, 50, 10, 3)
                        .late(1)
                        .failed(Outcome.STREAM_ERROR, 200, "cut")
                        .record(),
                2);

        assertThat(builder.ofRun().metrics()).isEmpty();
        assertThat(builder.ofRun().metric(Metric.TTFT)).isEqualTo(Distribution.EMPTY);
    }

    @Test
    void aRequestWithoutFurtherTokensHasNoTpot() {
        builder.add(ARequest.metronome(0, 50, 10, 1).late(1).record(), Double.NaN);

        assertThat(builder.ofRun().metrics()).containsOnlyKeys(Metric.TTFT, Metric.E2EL);
    }

    @Test
    void anEventWithoutAStampIsNeitherFirstNorLastNorBesideAGap() {
        double none = Double.NaN;
        builder.add(unlike(none, 7_060, 7_070, 7_080), 3);
        builder.add(unlike(7_050, none, 7_070, 7_080), 3);
        builder.add(unlike(7_050, 7_060, 7_070, none), 3);

        ClientOverhead overhead = builder.ofRun();

        assertThat(overhead.metric(Metric.TTFT).count()).isEqualTo(2);
        assertThat(overhead.metric(Metric.E2EL).count()).isEqualTo(2);
        assertThat(overhead.metric(Metric.TPOT).count()).isEqualTo(1);
        assertThat(overhead.metric(Metric.ITL).count()).isEqualTo(5);
        assertThat(overhead.metric(Metric.ITL).max()).isZero();
    }

    private static RequestRecord unlike(double... stamps) {
        return ARequest.sent(100)
                .token(152)
                .token(162)
                .token(172)
                .token(182)
                .stamps(7_000, stamps)
                .record();
    }

    @Test
    void comesBackFromItsMap() {
        ClientOverhead.Builder asked = new ClientOverhead.Builder(List.of(99.99));
        asked.add(ARequest.metronome(0, 50, 10, 4).late(0.5).record(), 3);
        ClientOverhead overhead = asked.ofReplay(16, 0.25, List.of(HARDER, EASIER));

        ClientOverhead back = ClientOverhead.ofMap(overhead.toMap());

        assertThat(back.replay()).isTrue();
        assertThat(back.streams()).isEqualTo(16);
        assertThat(back.machineShare()).isEqualTo(0.25);
        assertThat(back.differs()).containsExactly(HARDER, EASIER);
        assertThat(back.metrics().keySet()).isEqualTo(overhead.metrics().keySet());
        assertThat(back.metric(Metric.TTFT).count()).isEqualTo(1);
        assertThat(back.metric(Metric.TTFT).percentile(99)).isCloseTo(0.5 * MILLI, within(1e-3));
        assertThat(back.metric(Metric.TTFT).percentile(99.99)).isCloseTo(0.5 * MILLI, within(1e-3));
        assertThat(back.metric(Metric.TTFT).percentile(12.5)).isNaN();
    }

    @Test
    void isAnUpperBoundOnlyOfABusyMachineWhereNothingWasEasier() {
        assertThat(builder.ofReplay(1, 0.81, List.of()).upperBound()).isTrue();
        assertThat(builder.ofReplay(1, 0.81, List.of(HARDER)).upperBound()).isTrue();
        assertThat(builder.ofReplay(1, 0.81, List.of(HARDER, EASIER)).upperBound())
                .isFalse();
        assertThat(builder.ofReplay(1, 0.8, List.of()).upperBound()).isFalse();
        assertThat(builder.ofReplay(1, Double.NaN, List.of()).upperBound()).isFalse();
        assertThat(builder.ofRun().upperBound()).isFalse();
    }

    @Test
    void aReplayThatDoesNotTellInWhatItDiffersIsNoUpperBound() {
        ClientOverhead overhead = ClientOverhead.ofMap(Map.of("source", "replay", "machineShare", 0.9));

        assertThat(overhead.upperBound()).isFalse();
        assertThat(overhead.differs())
                .containsExactly(
                        new Difference("unknown", true, "in what else it differs from the run was not written down"));
        assertThat(ClientOverhead.ofMap(Map.of("source", "stamps")).differs()).isEmpty();
    }

    @Test
    void takesWhatIsMissingForNotKnown() {
        ClientOverhead overhead = ClientOverhead.ofMap(Map.of("metrics", Map.of("ttftMs", Map.of("p50", 1), "x", 2)));

        assertThat(overhead.replay()).isFalse();
        assertThat(overhead.machineShare()).isNaN();
        assertThat(overhead.metrics()).containsOnlyKeys(Metric.TTFT);
        assertThat(overhead.metric(Metric.TTFT).percentile(50)).isEqualTo(MILLI);
        assertThat(overhead.metric(Metric.TTFT).percentile(99)).isNaN();
    }

    private static double mean(ClientOverhead overhead, Metric metric) {
        return overhead.metric(metric).mean() / MILLI;
    }
}
