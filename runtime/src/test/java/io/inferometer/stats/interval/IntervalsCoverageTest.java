package io.inferometer.stats.interval;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.stats.Percentiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * How often an interval holds what it is an interval of, where a request's value is skewed and depends on its fork, its
 * iteration and the request before it: exp(0.1·F + 0.05·I + 0.4·R) with F and I standard normal for each fork and
 * iteration, and R an autoregression of order 1 (φ = 0.7) over its 100 requests, of variance 1. Five iterations a fork.
 */
class IntervalsCoverageTest {
    /** With 10,000 the shares are the same to a percent; it takes 20 s. */
    private static final int REPETITIONS = Integer.getInteger("coverage.repetitions", 1_000);

    /** Five p99s of one JVM are skewed themselves, which forks' means are not: their intervals hold 1.6 % too seldom. */
    private static final double SKEW = 0.016;

    private static final int ITERATIONS = 5;
    private static final int REQUESTS = 100;
    private static final double PHI = 0.7;

    /** Four deviations of a share of 0.95 over the repetitions, and what the expectation is uncertain by. */
    private static final double TOLERANCE = 4 * Math.sqrt(0.95 * 0.05 / REPETITIONS) + 0.003;

    private final SplittableRandom random = new SplittableRandom(7);

    /** A statistic of an iteration's values, sorted. */
    private enum Statistic {
        MEAN {
            @Override
            double of(double[] sorted) {
                return Arrays.stream(sorted).average().orElseThrow();
            }
        },
        P50 {
            @Override
            double of(double[] sorted) {
                return Percentiles.linear(sorted, 50);
            }
        },
        P90 {
            @Override
            double of(double[] sorted) {
                return Percentiles.linear(sorted, 90);
            }
        },
        P99 {
            @Override
            double of(double[] sorted) {
                return Percentiles.linear(sorted, 99);
            }
        };

        abstract double of(double[] sorted);
    }

    @Test
    void anIntervalOverForksHoldsTheExpectationOfTheStatisticAsOftenAsItsLevelSays() {
        // A fork's factor is log-normal and does not depend on the rest: the expectation is the product of the two.
        double[] expected = expected(Math.exp(0.1 * 0.1 / 2));
        int[] forks = {2, 3, 5};
        int[][] held = new int[forks.length][Statistic.values().length];

        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            List<double[][]> all = new ArrayList<>();
            for (int fork = 0; fork < forks[forks.length - 1]; fork++) {
                all.add(fork(random.nextGaussian()));
            }
            for (int i = 0; i < forks.length; i++) {
                for (Statistic statistic : Statistic.values()) {
                    List<double[]> values = all.subList(0, forks[i]).stream()
                            .map(fork -> fork[statistic.ordinal()])
                            .toList();
                    held[i][statistic.ordinal()] += holds(Intervals.overForks(values), expected[statistic.ordinal()]);
                }
            }
        }

        for (int i = 0; i < forks.length; i++) {
            for (Statistic statistic : Statistic.values()) {
                assertCoverage(forks[i] + " forks, " + statistic, held[i][statistic.ordinal()], 0);
            }
        }
    }

    @Test
    void anIntervalOverIterationsHoldsTheExpectationInItsOwnJvmAsOftenAsItsLevelSays() {
        // In a JVM whose own factor is 1, as any other is a mere change of scale.
        double[] expected = expected(1);
        int[] held = new int[Statistic.values().length];

        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            double[][] fork = fork(0);
            for (Statistic statistic : Statistic.values()) {
                held[statistic.ordinal()] +=
                        holds(Intervals.overIterations(fork[statistic.ordinal()]), expected[statistic.ordinal()]);
            }
        }

        for (Statistic statistic : Statistic.values()) {
            assertCoverage("one JVM, " + statistic, held[statistic.ordinal()], SKEW);
        }
    }

    /** The mean of each statistic over very many iterations. */
    private double[] expected(double factor) {
        double[] expected = new double[Statistic.values().length];
        int blocks = 8_000;
        for (int block = 0; block < blocks; block++) {
            double[][] fork = fork(0);
            for (Statistic statistic : Statistic.values()) {
                expected[statistic.ordinal()] += factor
                        * Arrays.stream(fork[statistic.ordinal()]).average().orElseThrow()
                        / blocks;
            }
        }
        return expected;
    }

    /** By statistic, its value for each iteration of a fork. */
    private double[][] fork(double effect) {
        double[][] statistics = new double[Statistic.values().length][ITERATIONS];
        double[] values = new double[REQUESTS];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double about = 0.1 * effect + 0.05 * random.nextGaussian();
            double before = random.nextGaussian();
            for (int i = 0; i < REQUESTS; i++) {
                before = PHI * before + Math.sqrt(1 - PHI * PHI) * random.nextGaussian();
                values[i] = Math.exp(about + 0.4 * before);
            }
            Arrays.sort(values);
            for (Statistic statistic : Statistic.values()) {
                statistics[statistic.ordinal()][iteration] = statistic.of(values);
            }
        }
        return statistics;
    }

    private static int holds(Optional<Interval> interval, double expected) {
        return interval.filter(i -> i.low() <= expected && expected <= i.high()).isPresent() ? 1 : 0;
    }

    private static void assertCoverage(String what, int held, double allowed) {
        double coverage = (double) held / REPETITIONS;
        assertThat(coverage).as(what).isBetween(Interval.LEVEL - TOLERANCE - allowed, Interval.LEVEL + TOLERANCE);
    }
}
