package io.inferometer.judge.precision;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.judge.Figure;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Interval;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the interval at which iterations end holds what it is of: the long run of this JVM. A request takes exp(s·I +
 * 0.4·R), with I an autoregression of order 1 over the iterations and R one (φ = 0.7) over the 100 requests of each, both of
 * variance 1. The whole rule is played, from one look to the next.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class UntilCoverageTest {
    /** With 10,000 it takes minutes. */
    private static final int REPETITIONS = Integer.getInteger("until.repetitions", 200);

    private static final int REQUESTS = 100;
    private static final double PHI = 0.7;
    private static final double WANTED = 0.93;

    /** The last look is at 608: those that end sooner than others hold less, so that few may be left. */
    private static final int MOST = 608;

    /** Three deviations of a share of 0.95 over the repetitions; none of many. */
    private static final double TOLERANCE = REPETITIONS >= 10_000 ? 0 : 3 * Math.sqrt(0.95 * 0.05 / REPETITIONS);

    private final SplittableRandom random = new SplittableRandom(17);

    @ParameterizedTest(name = "{0}, iterations of deviation {1} that depend on each other by {2}, half width {3}")
    @CsvSource({
        "mean, 0.05, 0, 0.05",
        "mean, 0.05, 0.3, 0.05",
        "mean, 0.1, 0.5, 0.05",
        "mean, 0.2, 0.5, 0.1",
        "mean, 0.2, 0.7, 0.1",
        "p99, 0.05, 0, 0.1",
        "p99, 0.1, 0.3, 0.1",
        "p99, 0.1, 0.5, 0.1",
        "p99, 0.1, 0.7, 0.1",
        "p99, 0.2, 0.7, 0.1",
    })
    void theIntervalAtWhichIterationsEndHoldsTheLongRun(
            String statistic, double deviation, double dependence, double within) {
        boolean p99 = statistic.equals("p99");
        Figure figure = p99 ? Iterations.percentile() : Iterations.mean();
        Until until = new Until(List.of(new Goal(figure, within)), Duration.ofHours(1));
        double expected = expected(p99, deviation);
        int held = 0;
        int ended = 0;

        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            double[] values = values(p99, deviation, dependence, MOST);
            for (int count = 10; count <= values.length; count++) {
                List<Summary> iterations = Iterations.of(Arrays.copyOf(values, count));
                if (!until.goesOn(1, iterations, Duration.ZERO)) {
                    Interval interval =
                            until.precisions(iterations).get(0).interval().orElseThrow();
                    held += interval.low() <= expected && expected <= interval.high() ? 1 : 0;
                    ended++;
                    break;
                }
            }
        }

        assertThat((double) ended / REPETITIONS).isGreaterThan(0.5);
        assertThat((double) held / ended).isGreaterThanOrEqualTo(WANTED - TOLERANCE);
    }

    /** What the figure is about in the long run: its mean, of logarithms where it is averaged on their scale. */
    private double expected(boolean p99, double deviation) {
        double sum = 0;
        int blocks = 20_000;
        for (int block = 0; block < blocks; block++) {
            double value = value(p99, 0);
            sum += p99 ? Math.log(value) : value;
        }
        return p99 ? Math.exp(sum / blocks) : sum / blocks * Math.exp(deviation * deviation / 2);
    }

    private double[] values(boolean p99, double deviation, double dependence, int count) {
        double[] values = new double[count];
        double of = random.nextGaussian();
        for (int i = 0; i < count; i++) {
            values[i] = value(p99, deviation * of);
            of = dependence * of + Math.sqrt(1 - dependence * dependence) * random.nextGaussian();
        }
        return values;
    }

    /** The statistic of one iteration. */
    private double value(boolean p99, double level) {
        double[] requests = new double[REQUESTS];
        double request = random.nextGaussian();
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = Math.exp(level + 0.4 * request);
            request = PHI * request + Math.sqrt(1 - PHI * PHI) * random.nextGaussian();
        }
        Arrays.sort(requests);
        return p99 ? Percentiles.linear(requests, 99) : Arrays.stream(requests).sum() / REQUESTS;
    }
}
