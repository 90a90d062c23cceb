package io.inferometer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.annotations.Arrivals;
import io.inferometer.workload.Load;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalSequenceTest {
    @Test
    void constantArrivalsAreEvenlySpreadFromTheStart() {
        ArrivalSequence arrivals = ArrivalSequence.constant(4);

        assertThat(take(arrivals, 4)).containsExactly(0, 250_000_000, 500_000_000, 750_000_000);
    }

    @Test
    void constantArrivalsDoNotDriftByRounding() {
        long[] times = take(ArrivalSequence.constant(3), 3_000_001);

        assertThat(times[3_000_000]).isEqualTo(1_000_000_000_000_000L);
    }

    @Test
    void poissonGapsHaveTheMeanAndTheDeviationOfAnExponentialDistribution() {
        int n = 200_000;
        long[] times = take(ArrivalSequence.poisson(100, 42), n);
        double mean = times[n - 1] / 1e9 / n;
        double squares = 0;
        for (int i = 1; i < n; i++) {
            double gap = (times[i] - times[i - 1]) / 1e9;
            squares += gap * gap;
        }
        double deviation = Math.sqrt(squares / n - mean * mean);

        assertThat(mean).isCloseTo(0.01, within(0.0001));
        assertThat(deviation).isCloseTo(0.01, within(0.0001));
    }

    @Test
    void poissonCountsInAWindowHaveAVarianceLikeTheirMean() {
        ArrivalSequence arrivals = ArrivalSequence.poisson(50, 7);
        int[] counts = new int[4_000];
        for (long time = arrivals.nextNanos(); time < counts.length * 1_000_000_000L; time = arrivals.nextNanos()) {
            counts[(int) (time / 1_000_000_000L)]++;
        }
        double mean = Arrays.stream(counts).average().orElseThrow();
        double variance = Arrays.stream(counts)
                .mapToDouble(c -> (c - mean) * (c - mean))
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(50, within(0.5));
        assertThat(variance / mean).isCloseTo(1, within(0.1));
    }

    @Test
    void noTimeIsLessThanTheOneBeforeAndASeedGivesTheSameTimes() {
        for (Arrivals kind : Arrivals.values()) {
            Load.Open load = new Load.Open(1e6, kind);

            long[] times = take(ArrivalSequence.of(load, 3), 10_000);

            assertThat(times).isSorted().isEqualTo(take(ArrivalSequence.of(load, 3), 10_000));
            assertThat(times[0]).isNotNegative();
        }
        assertThat(take(ArrivalSequence.poisson(1, 1), 5)).isNotEqualTo(take(ArrivalSequence.poisson(1, 2), 5));
    }

    private static long[] take(ArrivalSequence arrivals, int count) {
        return LongStream.generate(arrivals::nextNanos).limit(count).toArray();
    }
}
