package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens per second with noise of a lag-1 correlation, some of them with fewer tokens at the beginning. */
class OnsetTest {
    private static final int REPETITIONS = Integer.getInteger("onset.repetitions", 200);

    @Test
    void belowAMinuteNothingIsTold() {
        assertThat(Onset.of(DoubleStream.generate(() -> 7).limit(59).toArray())).isEmpty();
        assertThat(Onset.of(DoubleStream.generate(() -> 7).limit(60).toArray())).contains(new Onset(0, 1));
    }

    @Test
    void whatIsCutOffIsToldWithItsShare() {
        double[] perSecond = DoubleStream.iterate(0, i -> i + 1)
                .limit(100)
                .map(i -> i < 20 ? 50 : 100)
                .toArray();

        assertThat(Onset.of(perSecond)).contains(new Onset(20e9, 0.5));
    }

    @Test
    void moreThanAHalfIsNeverCutOff() {
        double[] rising = DoubleStream.iterate(0, i -> i + 1).limit(100).toArray();

        assertThat(Onset.of(rising).orElseThrow().nanos()).isEqualTo(50e9);
    }

    @ParameterizedTest(name = "{0} s, deviation {1}, correlation {2}")
    @CsvSource({
        "60, 0.05, 0", "60, 0.2, 0", "60, 0.05, 0.5", "60, 0.2, 0.5", "60, 0.2, 0.8",
        "300, 0.05, 0", "300, 0.2, 0", "300, 0.05, 0.5", "300, 0.2, 0.5", "300, 0.2, 0.8"
    })
    void raisesFewFalseAlarms(int seconds, double deviation, double correlation) {
        assertThat(told(seconds, deviation, correlation, t -> 1)).isLessThanOrEqualTo(0.08);
    }

    /** By a step, and by a curve that takes as long to come within a third of it. */
    @ParameterizedTest(name = "{0} s, of which {1} bring {2} of the rest")
    @CsvSource({"120, 24, 0.6", "120, 48, 0.7", "300, 30, 0.7", "300, 60, 0.8", "600, 120, 0.8"})
    void findsAnOnset(int seconds, double onset, double share) {
        assertThat(told(seconds, 0.1, 0.5, t -> t < onset ? share : 1)).isGreaterThanOrEqualTo(0.9);
        assertThat(told(seconds, 0.1, 0.5, t -> 1 - 2 * (1 - share) * Math.exp(-2 * t / onset)))
                .isGreaterThanOrEqualTo(0.9);
    }

    private static double told(int seconds, double deviation, double correlation, DoubleUnaryOperator level) {
        int told = 0;
        for (int i = 0; i < REPETITIONS; i++) {
            Random random = new Random(17L * i + 3);
            double off = deviation * random.nextGaussian();
            double[] perSecond = new double[seconds];
            for (int t = 0; t < seconds; t++) {
                perSecond[t] = 1_000 * Math.max(0, level.applyAsDouble(t) + off);
                off = correlation * off + deviation * Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
            }
            Optional<Onset> onset = Onset.of(perSecond);
            told += onset.orElseThrow().nanos() > 0 ? 1 : 0;
        }
        return (double) told / REPETITIONS;
    }
}
