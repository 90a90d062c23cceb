package io.inferometer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Split;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.StagedLoad.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StagedArrivalsTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    @Test
    void evenArrivalsFollowTheIntegralOfTheRate() {
        // 1/s for 10 s is 10 requests; from 1/s to 3/s in 10 s, t + 0.1 t² is 20 of them.
        long[] times = times(rates(Arrivals.CONSTANT, 1, new Stage(1, 1, TEN), new Stage(1, 3, TEN)), 0);

        assertThat(times).hasSize(30);
        assertThat(times[9]).isEqualTo(9_000_000_000L);
        // √(5² + 10 n) − 5.
        assertThat(times[11] / 1e9).isCloseTo(10 + Math.sqrt(35) - 5, within(1e-9));
        assertThat(times[29] / 1e9).isCloseTo(10 + Math.sqrt(215) - 5, within(1e-9));
    }

    @Test
    void nothingArrivesWhereTheRateIsZero() {
        long[] times =
                times(rates(Arrivals.CONSTANT, 1, new Stage(0, 0, TEN), new Stage(2, 2, TEN), new Stage(0, 0, TEN)), 0);

        assertThat(times).hasSize(20).startsWith(10_000_000_000L, 10_500_000_000L);
    }

    @Test
    void aRateThatFallsToZeroEndsThere() {
        long[] times = times(rates(Arrivals.CONSTANT, 1, new Stage(2, 0, TEN)), 0);

        assertThat(times).hasSize(10).isSorted();
        // 2 t − 0.1 t² is 9.
        assertThat(times[9] / 1e9).isCloseTo(10 - Math.sqrt(10), within(1e-9));
    }

    @Test
    void whatIsLeftGoesOnWhereItWas() {
        StagedLoad load = rates(Arrivals.CONSTANT, 1, new Stage(1, 1, TEN), new Stage(4, 4, TEN));

        assertThat(times(load, 15_000_000_000L)).hasSize(20).startsWith(0, 250_000_000);
    }

    @Test
    void theNumberThatArrivesIsThatOfTheLawWhateverTheRateDoes() {
        for (double burstiness : new double[] {0.5, 1, 4}) {
            double sum = 0;
            double squares = 0;
            int runs = 2_000;
            for (int seed = 0; seed < runs; seed++) {
                long[] times =
                        times(rates(Arrivals.GAMMA, burstiness, new Stage(2, 20, TEN), new Stage(20, 2, TEN)), 0, seed);
                sum += times.length;
                squares += (double) times.length * times.length;
            }
            double mean = sum / runs;

            assertThat(mean).isCloseTo(220, within(1.5));
            assertThat((squares / runs - mean * mean) / mean * burstiness).isCloseTo(1, within(0.12));
        }
    }

    @Test
    void slotsComeAndGoOneAtATimeAsWhatIsMeantIsHalfWay() {
        StagedLoad load = StagedLoad.ofSlots(List.of(new Stage(2, 2, TEN), new Stage(2, 4, TEN), new Stage(1, 1, TEN)));

        assertThat(steps(load, 0))
                .containsExactly(
                        new SlotStep(0, 2),
                        new SlotStep(10_000_000_000L, 2),
                        new SlotStep(12_500_000_000L, 3),
                        new SlotStep(17_500_000_000L, 4),
                        new SlotStep(20_000_000_000L, 1));
        assertThat(steps(load, 13_000_000_000L))
                .containsExactly(new SlotStep(0, 3), new SlotStep(4_500_000_000L, 4), new SlotStep(7_000_000_000L, 1));
    }

    private static List<SlotStep> steps(StagedLoad load, long passed) {
        List<SlotStep> steps = new ArrayList<>();
        Iterator<SlotStep> all = SlotStep.of(load, passed, Split.ALONE);
        all.forEachRemaining(steps::add);
        return steps;
    }

    private static StagedLoad rates(Arrivals law, double burstiness, Stage... stages) {
        return new StagedLoad(StagedLoad.Kind.RATE, List.of(stages), law, burstiness, Load.Open.ANY);
    }

    private static long[] times(StagedLoad load, long passed) {
        return times(load, passed, 0);
    }

    private static long[] times(StagedLoad load, long passed, long seed) {
        ArrivalSequence arrivals =
                new StagedArrivals(load, UnitGaps.of(load.arrivals(), load.burstiness(), seed), passed);
        return LongStream.iterate(arrivals.nextNanos(), nanos -> nanos != Long.MAX_VALUE, nanos -> arrivals.nextNanos())
                .toArray();
    }
}
