package io.inferometer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Split;
import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            Stretch stretch = Stretch.of(10_000);

            long[] times = take(ArrivalSequence.of(load, stretch, 3), 10_000);

            assertThat(times).isSorted().isEqualTo(take(ArrivalSequence.of(load, stretch, 3), 10_000));
            assertThat(times[0]).isNotNegative();
        }
        assertThat(take(ArrivalSequence.poisson(1, 1), 5)).isNotEqualTo(take(ArrivalSequence.poisson(1, 2), 5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.5, 2, 10})
    void gammaGapsHaveTheMeanOfTheRateAndAVarianceOfItsSquareByTheBurstiness(double burstiness) {
        int n = 200_000;
        long[] times = take(ArrivalSequence.of(new Load.Open(100, burstiness), Stretch.ENDLESS, 42), n);
        double[] gaps = IntStream.range(1, n)
                .mapToDouble(i -> (times[i] - times[i - 1]) / 1e9)
                .toArray();
        double mean = Arrays.stream(gaps).average().orElseThrow();
        double variance = Arrays.stream(gaps)
                .map(gap -> (gap - mean) * (gap - mean))
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(0.01, within(0.0001));
        assertThat(variance * burstiness / (mean * mean)).isCloseTo(1, within(0.05));
    }

    @Test
    void rescaledArrivalsEndAtTheNumberByTheRateExactly() {
        Load.Open load = new Load.Open(20, Arrivals.VLLM_RESCALED);

        long[] times = take(ArrivalSequence.of(load, Stretch.of(400), 5), 400);

        assertThat(times[399]).isCloseTo(20_000_000_000L, within(10L));
        assertThat(times).isSorted();
    }

    @Test
    void aRateRisesFromRequestToRequestAsVllmsFlagsSay() {
        // By hand, with vLLM's formula: linear 2 + (8 − 2) · i / 3 is 2, 4, 6, 8 requests/s; exponential 2 · 4^(i / 3).
        assertThat(take(ramped(Load.Ramp.Strategy.LINEAR), 4))
                .containsExactly(0, 250_000_000, 416_666_667, 541_666_667);
        assertThat(take(ramped(Load.Ramp.Strategy.EXPONENTIAL), 4))
                .containsExactly(0, 314_980_262, 513_405_394, 638_405_394);
    }

    private static ArrivalSequence ramped(Load.Ramp.Strategy strategy) {
        return ArrivalSequence.of(rising(new Load.Ramp(strategy, 2, 8), Arrivals.CONSTANT), Stretch.of(4), 0);
    }

    private static Load.Open rising(Load.Ramp ramp, Arrivals arrivals) {
        return new Load.Open(ramp.meanPerSecond(), arrivals, 1, Load.Open.ANY, Optional.of(ramp));
    }

    @ParameterizedTest
    @EnumSource
    void aRateThatRisesOverATimeIsAtItsEndWhenTheTimeIs(Load.Ramp.Strategy strategy) {
        Load.Open load = rising(new Load.Ramp(strategy, 5, 50), Arrivals.CONSTANT);
        ArrivalSequence arrivals = ArrivalSequence.of(load, Stretch.of(Duration.ofSeconds(60)), 0);

        long[] times = LongStream.iterate(
                        arrivals.nextNanos(), nanos -> nanos < 60_000_000_000L, nanos -> arrivals.nextNanos())
                .toArray();

        assertThat(1e9 / (times[1] - times[0])).isCloseTo(5, within(0.1));
        assertThat(1e9 / (times[times.length - 1] - times[times.length - 2])).isCloseTo(50, within(0.5));
        assertThat((double) times.length).isCloseTo(load.rate() * 60, within(10.0));
    }

    @Test
    void aRiseThatWasInterruptedGoesOnWhereItWas() {
        Load.Open load = rising(new Load.Ramp(Load.Ramp.Strategy.LINEAR, 1, 100), Arrivals.CONSTANT);
        Stretch rest = new Stretch(OptionalLong.of(100), Optional.empty(), 50, Duration.ofSeconds(5));

        long[] times = take(ArrivalSequence.of(load, rest, 0), 50);

        // The 52nd request comes 1 / 52 s after the 51st.
        assertThat(times[1] - times[0]).isEqualTo(19_230_769);
        assertThat(times[49] - times[48]).isEqualTo(10_000_000);
    }

    @ParameterizedTest
    @EnumSource(Arrivals.class)
    void membersHaveTogetherTheArrivalsOfOneAloneToTheNanosecond(Arrivals law) {
        Load.Open load = new Load.Open(40, law, law == Arrivals.GAMMA ? 0.5 : 1, Load.Open.ANY, Optional.empty());
        long[] all = take(ArrivalSequence.of(load, Stretch.of(1_000), 3), 1_000);

        for (int member = 0; member < 7; member++) {
            Stretch own = new Stretch(OptionalLong.of(1_000), Optional.empty(), 0, Duration.ZERO, new Split(member, 7));
            ArrivalSequence arrivals = ArrivalSequence.of(load, own, 3);
            for (int i = member; i < all.length; i += 7) {
                assertThat(arrivals.nextNanos()).isEqualTo(all[i]);
            }
        }
    }

    private static long[] take(ArrivalSequence arrivals, int count) {
        return LongStream.generate(arrivals::nextNanos).limit(count).toArray();
    }
}
