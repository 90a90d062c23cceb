package io.inferometer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.judge.Comparing.Compared;
import io.inferometer.stats.Percentiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulates runs of two sides whose requests take exp(drift + 0.03·F + 0.02·I + 0.4·R), with F and I standard normal for each
 * fork and iteration, and R an autoregression of order 1 (φ = 0.7) over the 100 requests of an iteration. Five iterations
 * a fork, six figures of each: the logarithm of a fork's mean scatters by 5 %. Drift is another one from fork to fork, of a deviation of 5 % and a correlation of 0.8.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ComparingTest {
    /** With 10,000 it takes minutes. */
    private static final int REPETITIONS = Integer.getInteger("judge.repetitions", 300);

    private static final int ITERATIONS = 5;
    private static final int REQUESTS = 100;
    private static final double PHI = 0.7;
    private static final double FORK = 0.03;
    private static final double ITERATION = 0.02;
    private static final double DRIFT = 0.05;
    private static final double DRIFT_PHI = 0.8;

    /** The mean, four percentiles, and the rate of a closed loop. */
    private static final int FIGURES = 6;

    private static final List<Integer> ALL = List.of(0, 1, 2, 3, 4, 5);

    /** Those that are gated where nobody says: a p99, a p50, a rate. */
    private static final List<Integer> DEFAULTS = List.of(4, 1, 5);

    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest(name = "{0} forks")
    @ValueSource(ints = {3, 5, 8})
    void noMoreThanOneInTwentyRunsOfOneThingAtDifferentTimesIsCalledWorse(int forks) {
        assertThat(share(Finding.Worse.class, ALL, forks, false, false, 0)).isLessThanOrEqualTo(0.05);
    }

    @ParameterizedTest(name = "{0} forks, drift {1}")
    @CsvSource({"3, false", "5, false", "8, false", "3, true", "5, true", "8, true"})
    void noMoreThanOneInTwentyRunsOfOneThingInTurnIsCalledWorse(int forks, boolean drift) {
        assertThat(share(Finding.Worse.class, ALL, forks, drift, true, 0)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void aTenthMoreIsFoundByTheGatesThatThereAreAnywayInThreeOfFiveRunsOfFiveForks() {
        assertThat(share(Finding.Worse.class, DEFAULTS, 5, false, false, Math.log(1.1)))
                .isGreaterThanOrEqualTo(0.6);
    }

    /** Pairs have half the degrees of freedom: what drift can't spoil is found less often where there is none. */
    @ParameterizedTest(name = "paired {0}")
    @ValueSource(booleans = {false, true})
    void aTenthMoreIsFoundByOneGateInMostRunsOfFiveForks(boolean paired) {
        assertThat(share(Finding.Worse.class, List.of(0), 5, false, paired, Math.log(1.1)))
                .isGreaterThanOrEqualTo(0.7);
    }

    @Test
    void oneThingIsHardlyEverCalledTheSameByChanceWhereItIsWorseByTheMargin() {
        assertThat(share(Finding.Same.class, List.of(1), 5, false, false, Math.log(1.05)))
                .isLessThanOrEqualTo(0.08);
    }

    /** The share of pairs of runs of which any of these figures is found to be so. */
    private double share(
            Class<? extends Finding> finding,
            List<Integer> judged,
            int forks,
            boolean drift,
            boolean paired,
            double worse) {
        int found = 0;
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            List<Compared> figures = figures(forks, drift, paired, worse);
            List<Compared> some = judged.stream().map(figures::get).toList();
            found += Comparing.judge(some).stream().anyMatch(finding::isInstance) ? 1 : 0;
        }
        return (double) found / REPETITIONS;
    }

    private List<Compared> figures(int forks, boolean drift, boolean paired, double worse) {
        double[][] a = new double[FIGURES][forks];
        double[][] b = new double[FIGURES][forks];
        double level = drift ? DRIFT * random.nextGaussian() : 0;
        int[] done = new int[2];
        for (int turn = 0; turn < 2 * forks; turn++) {
            // A B B A A B B A where they are paired, all of A before B where not.
            int side = paired ? (turn + 1) / 2 % 2 : turn / forks;
            double[] fork = fork(level + side * worse);
            for (int figure = 0; figure < FIGURES; figure++) {
                (side == 0 ? a : b)[figure][done[side]] = fork[figure];
            }
            done[side]++;
            level = drift
                    ? DRIFT_PHI * level + Math.sqrt(1 - DRIFT_PHI * DRIFT_PHI) * DRIFT * random.nextGaussian()
                    : 0;
        }
        List<Compared> figures = new ArrayList<>();
        for (int figure = 0; figure < FIGURES; figure++) {
            figures.add(new Compared(
                    paired ? Contrast.paired(a[figure], b[figure]) : Contrast.welch(a[figure], b[figure]),
                    Math.log1p(figure == FIGURES - 2 ? 0.1 : 0.05)));
        }
        return figures;
    }

    /** The mean over a fork's iterations of the logarithm of each figure; the last one is the rate's, turned. */
    private double[] fork(double level) {
        double factor = level + FORK * random.nextGaussian();
        double[] means = new double[FIGURES];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double of = factor + ITERATION * random.nextGaussian();
            double request = random.nextGaussian();
            double[] values = new double[REQUESTS];
            for (int i = 0; i < REQUESTS; i++) {
                values[i] = Math.exp(of + 0.4 * request);
                request = PHI * request + Math.sqrt(1 - PHI * PHI) * random.nextGaussian();
            }
            double sum = Arrays.stream(values).sum();
            Arrays.sort(values);
            double[] figures = {
                sum / REQUESTS,
                Percentiles.linear(values, 50),
                Percentiles.linear(values, 90),
                Percentiles.linear(values, 95),
                Percentiles.linear(values, 99),
                sum
            };
            for (int i = 0; i < FIGURES; i++) {
                means[i] += Math.log(figures[i]) / ITERATIONS;
            }
        }
        return means;
    }

    @Test
    void welchsTestIsAsWelchSaysIt() {
        double[] a = {1, 2, 3, 4};
        double[] b = {5, 5, 8, 10};

        Contrast contrast = Contrast.welch(a, b);

        // Variances 5/3 and 6, over 4 each.
        assertThat(contrast.difference()).isEqualTo(4.5);
        assertThat(contrast.error()).isCloseTo(Math.sqrt(23 / 12.0), within(1e-12));
        assertThat(contrast.freedom()).isCloseTo(529 * 3 / 349.0, within(1e-12));
    }

    @Test
    void ofForksThatAgreeToTheLastDigitTheDifferenceIsCertain() {
        Contrast contrast = Contrast.welch(new double[] {1, 1, 1}, new double[] {2, 2, 2});

        assertThat(contrast.low()).isEqualTo(1);
        assertThat(contrast.high()).isEqualTo(1);
        assertThat(Comparing.judge(List.of(new Compared(contrast, 0.5)))).containsExactly(new Finding.Worse());
    }

    @Test
    void eachWordHasItsCase() {
        assertThat(judged(0.2, 0.02)).isEqualTo(new Finding.Worse());
        assertThat(judged(-0.2, 0.02)).isEqualTo(new Finding.Better());
        assertThat(judged(0, 0.01)).isEqualTo(new Finding.Same());
        assertThat(judged(-0.08, 0.06)).isEqualTo(new Finding.NotWorse());
        assertThat(judged(0.01, 0.06)).isInstanceOf(Finding.Unclear.class);
    }

    @Test
    void aGreatDifferenceThatMayBeChanceIsUnclear() {
        assertThat(judged(0.2, 0.15)).isInstanceOf(Finding.Unclear.class);
    }

    @Test
    void aCertainDifferenceBelowTheMarginIsNoRegression() {
        assertThat(judged(0.03, 0.001)).isEqualTo(new Finding.Same());
    }

    @Test
    void severalFiguresHaveToBeTheMoreCertain() {
        // Alone it is worse by a chance of 4 %; among five it may be chance.
        Contrast likely = new Contrast(0.1, 0.1 / 2.1318 / 1.06, 4, 5, true);
        Contrast nothing = new Contrast(0, 0.1, 4, 5, true);

        assertThat(Comparing.judge(List.of(new Compared(likely, 0.05)))).containsExactly(new Finding.Worse());
        assertThat(Comparing.judge(List.of(
                                new Compared(likely, 0.05), new Compared(nothing, 0.05), new Compared(nothing, 0.05)))
                        .get(0))
                .isInstanceOf(Finding.Unclear.class);
    }

    @Test
    void whatItWouldTakeIsMoreThanThereWas() {
        for (double error : new double[] {0.02, 0.03, 0.1, 1}) {
            Finding finding = judged(0.01, error);
            if (finding instanceof Finding.Unclear unclear) {
                assertThat(unclear.forks()).isBetween(6, Contrast.MOST_FORKS);
            }
        }
        assertThat(judged(0, 0.03)).isEqualTo(new Finding.Unclear(12));
    }

    private static Finding judged(double difference, double error) {
        return Comparing.judge(List.of(new Compared(new Contrast(difference, error, 8, 5, false), 0.05)))
                .get(0);
    }
}
