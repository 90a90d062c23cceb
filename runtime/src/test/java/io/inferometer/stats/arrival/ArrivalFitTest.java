package io.inferometer.stats.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.annotations.Arrivals;
import io.inferometer.load.ArrivalSequence;
import io.inferometer.load.Stretch;
import io.inferometer.stats.arrival.ArrivalFit.Verdict;
import io.inferometer.stats.column.DoubleColumn;
import io.inferometer.stats.column.LongColumn;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.StagedLoad.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test of arrivals by simulation: how often it is wrong about arrivals that are as asked, and what it finds. */
class ArrivalFitTest {
    private static final int REPETITIONS = Integer.getInteger("arrivals.repetitions", 1_000);

    @ParameterizedTest
    @CsvSource({
        "GAMMA, 0.1, 600", "GAMMA, 0.2, 251", "GAMMA, 0.2, 1000", "GAMMA, 0.5, 101", "GAMMA, 0.5, 1000",
                "POISSON, 1, 51",
        "POISSON, 1, 100", "POISSON, 1, 300", "POISSON, 1, 3000", "GAMMA, 2, 51", "GAMMA, 2, 500", "GAMMA, 10, 51",
        "GAMMA, 10, 500", "CONSTANT, 1, 51", "CONSTANT, 1, 300", "VLLM_RESCALED, 1, 51", "VLLM_RESCALED, 1, 500"
    })
    void arrivalsAsTheyWereAskedForRaiseNoAlarmInNinetyNineIterationsOfAHundred(
            Arrivals law, double burstiness, int requests) {
        Load.Open load = new Load.Open(10, law, burstiness, Load.Open.ANY, Optional.empty());
        long alarms = LongStream.range(0, REPETITIONS)
                .filter(seed -> verdict(load, sent(load, requests, seed)) != Verdict.YES)
                .count();

        assertThat((double) alarms / REPETITIONS).isLessThanOrEqualTo(0.01);
    }

    @ParameterizedTest
    @CsvSource({"POISSON, 1", "GAMMA, 0.5", "GAMMA, 4", "CONSTANT, 1", "VLLM_RESCALED, 1"})
    void aClientThatSendsInBurstsIsFound(Arrivals law, double burstiness) {
        Load.Open load = new Load.Open(50, law, burstiness, Load.Open.ANY, Optional.empty());
        long found = LongStream.range(0, 200)
                .filter(seed -> {
                    // It wakes up ten times a second, and sends all that is due.
                    long[] sent = LongStream.of(sent(load, 500, seed))
                            .map(nanos -> nanos / 100_000_000 * 100_000_000 + 100_000_000)
                            .toArray();
                    return verdict(load, sent) == Verdict.NO;
                })
                .count();

        assertThat(found).isEqualTo(200);
    }

    @Test
    void aClientThatIsTooSlowIsFoundByItsRate() {
        Load.Open load = new Load.Open(50, Arrivals.CONSTANT);
        long[] sent = LongStream.range(0, 300).map(i -> i * 22_000_000).toArray();

        ArrivalFit fit = fit(load, sent).orElseThrow();

        assertThat(fit.verdict()).isEqualTo(Verdict.NO);
        assertThat(fit.rateShare()).isCloseTo(1 / 1.1, within(1e-9));
        assertThat(fit.dispersion()).isZero();
        assertThat(fit.distance()).isNaN();
    }

    @Test
    void anotherLawThanWasAskedForIsFound() {
        Load.Open asked = new Load.Open(10, Arrivals.POISSON);

        assertThat(verdict(asked, sent(new Load.Open(10, Arrivals.CONSTANT), 300, 1)))
                .isEqualTo(Verdict.NO);
        assertThat(verdict(asked, sent(new Load.Open(10, 0.4), 300, 1))).isEqualTo(Verdict.NO);
        assertThat(verdict(asked, sent(new Load.Open(13, Arrivals.POISSON), 300, 1)))
                .isEqualTo(Verdict.NO);
    }

    @Test
    void aRateThatRisesAndStagesAreTestedAsWell() {
        Load.Ramp ramp = new Load.Ramp(Load.Ramp.Strategy.EXPONENTIAL, 2, 50);
        Load.Open rising = new Load.Open(ramp.meanPerSecond(), Arrivals.POISSON, 1, Load.Open.ANY, Optional.of(ramp));
        StagedLoad stages = new StagedLoad(
                StagedLoad.Kind.RATE,
                List.of(
                        new Stage(5, 5, Duration.ofSeconds(20)),
                        new Stage(5, 30, Duration.ofSeconds(20)),
                        new Stage(1, 1, Duration.ofSeconds(20))),
                Arrivals.POISSON,
                1,
                Load.Open.ANY);

        long[] ofRise = sent(rising, 400, 3);
        long[] ofStages = stagedSent(stages, 3);

        assertThat(verdict(rising, ofRise)).isEqualTo(Verdict.YES);
        assertThat(verdict(new Load.Open(rising.rate(), Arrivals.POISSON), ofRise))
                .isEqualTo(Verdict.NO);
        assertThat(ArrivalFit.of(Arrivals.POISSON, 1, stages.mean(), gaps(stages, ofStages))
                        .orElseThrow()
                        .verdict())
                .isEqualTo(Verdict.YES);
        assertThat(verdict(new Load.Open(stages.mean(), Arrivals.POISSON), ofStages))
                .isEqualTo(Verdict.NO);
    }

    @Test
    void aFewRequestsTellNothingAndOneHasNoGap() {
        Load.Open load = new Load.Open(10, Arrivals.POISSON);

        assertThat(verdict(load, sent(load, 50, 1))).isEqualTo(Verdict.TOO_FEW);
        assertThat(verdict(new Load.Open(10, 0.2), sent(new Load.Open(10, 0.2), 250, 1)))
                .isEqualTo(Verdict.TOO_FEW);
        assertThat(verdict(load, 5, 6)).isEqualTo(Verdict.TOO_FEW);
        assertThat(fit(load, 5)).isEmpty();
        assertThat(fit(new Load.Closed(3), 5, 6, 7)).isEmpty();
    }

    private static Verdict verdict(Load load, long... sent) {
        return fit(load, sent).orElseThrow().verdict();
    }

    private static DoubleColumn gaps(Load load, long... sent) {
        LongColumn times = new LongColumn();
        LongStream.of(sent).forEach(times::add);
        return UnitGaps.of(load, 0, sent.length, times.ascending());
    }

    private static Optional<ArrivalFit> fit(Load load, long... sent) {
        return load instanceof Load.Open open
                ? ArrivalFit.of(open.arrivals(), open.burstiness(), open.rate(), gaps(load, sent))
                : ArrivalFit.of(Arrivals.POISSON, 1, 1, gaps(load, sent));
    }

    private static long[] sent(Load.Open load, int requests, long seed) {
        ArrivalSequence arrivals = ArrivalSequence.of(load, Stretch.of(requests), seed);
        return LongStream.generate(arrivals::nextNanos).limit(requests).toArray();
    }

    /** A Poisson process of the highest rate, thinned to the rate that holds. */
    private static long[] stagedSent(StagedLoad load, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return LongStream.iterate(0L, nanos -> nanos - (long) (Math.log1p(-random.nextDouble()) / load.peak() * 1e9))
                .skip(1)
                .takeWhile(nanos -> nanos < load.time().toNanos())
                .filter(nanos -> {
                    int stage = load.stageAt(nanos);
                    double rate = load.stages().get(stage).at((double) nanos - load.beginNanos(stage));
                    return random.nextDouble() * load.peak() < rate;
                })
                .toArray();
    }
}
