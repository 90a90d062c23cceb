package io.inferometer.stats.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.stats.ARequest;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.Load;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class IntervalsTest {
    private static final ToDoubleFunction<Summary> MEAN =
            summary -> summary.metric(Metric.TTFT).mean() / 1e6;

    @Test
    void anIntervalIsStudentsT() {
        // Table values of t(0.975): 12.706 for 1 degree of freedom, 2.776 for 4.
        Interval two = Interval.of(1, 3);
        Interval five = Interval.of(1, 2, 3, 4, 5);

        assertThat(two.center()).isEqualTo(2);
        assertThat(two.halfWidth()).isEqualTo(12.706, within(0.001));
        assertThat(five.center()).isEqualTo(3);
        assertThat(five.halfWidth()).isEqualTo(2.776 * Math.sqrt(0.5), within(0.001));
        assertThat(five.low()).isEqualTo(3 - five.halfWidth());
        assertThat(five.high()).isEqualTo(3 + five.halfWidth());
        assertThat(five.count()).isEqualTo(5);
    }

    @Test
    void oneValueHasNoInterval() {
        assertThatThrownBy(() -> Interval.of(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an interval needs two values, not 1");
    }

    @Test
    void severalForksStandOnTheirMeans() {
        Intervals intervals = Intervals.of(List.of(List.of(ttft(10), ttft(20)), List.of(ttft(30), ttft(40))))
                .orElseThrow();

        assertThat(intervals.basis()).isEqualTo(Intervals.Basis.FORKS);
        assertThat(intervals.count()).isEqualTo(2);
        assertThat(intervals.of(Interval.Scale.LINEAR, MEAN)).contains(Interval.of(15, 35));
    }

    @Test
    void oneForkStandsOnItsIterationsIfThereAreThree() {
        Intervals intervals =
                Intervals.of(List.of(List.of(ttft(10), ttft(20), ttft(60)))).orElseThrow();

        assertThat(intervals.basis()).isEqualTo(Intervals.Basis.ITERATIONS);
        assertThat(intervals.count()).isEqualTo(3);
        assertThat(intervals.of(Interval.Scale.LINEAR, MEAN)).contains(Interval.of(10, 20, 60));
    }

    @Test
    void twoIterationsOfOneForkOrNoneHaveNoIntervals() {
        assertThat(Intervals.of(List.of(List.of(ttft(10), ttft(20))))).isEmpty();
        assertThat(Intervals.of(List.of())).isEmpty();
        assertThat(Intervals.of(List.of(List.of(), List.of(ttft(10))))).isEmpty();
    }

    @Test
    void anIterationWithoutAStatisticIsPassedOver() {
        Summary none = new SummaryBuilder(new Load.Closed(1), Optional.empty(), Percentiles.STANDARD).build();
        Intervals forks = Intervals.of(List.of(List.of(ttft(10), none), List.of(ttft(30), ttft(40)), List.of(none)))
                .orElseThrow();
        Intervals iterations =
                Intervals.of(List.of(List.of(ttft(10), none, ttft(20)))).orElseThrow();

        assertThat(forks.of(Interval.Scale.LINEAR, MEAN)).contains(Interval.of(10, 35));
        assertThat(iterations.of(Interval.Scale.LINEAR, MEAN)).isEmpty();
    }

    /** An iteration of one request. */
    private static Summary ttft(double millis) {
        SummaryBuilder builder = new SummaryBuilder(new Load.Closed(1), Optional.empty(), Percentiles.STANDARD);
        var record = ARequest.metronome(0, millis, 10, 5).record();
        builder.add(
                record,
                RequestMetrics.of(record, TokenAccounting.withoutTokenizer().count(record)));
        return builder.build();
    }
}
