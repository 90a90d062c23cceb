package io.inferometer.stats.interval;

import java.util.Arrays;

/**
 * The iterations of one JVM, one after the other, where each may depend on the one before: an endpoint's cache, its queue and
 * its neighbours stay. Neighbours are joined to batches, two by two, as long as von Neumann's test finds that batches depend on
 * each other; what dependence may be left makes the interval wider.
 *
 * <p>The test is made at each look, and what was joined once stays so: who takes whichever moment the test passes by
 * chance has chosen the moments of chance. It is one-sided, at 5 %. What is left is the correlation of neighbours, corrected
 * for its bias, plus two standard errors: with ρ of it the error of the mean is √((1 + ρ) / (1 − ρ)) times as great. It is this
 * bound that makes up for ending where the interval is narrow; a stricter test alone joins more and holds less.
 *
 * <p>Sources: von Neumann, "Distribution of the Ratio of the Mean Square Successive Difference to the Variance", Annals of
 * Mathematical Statistics 12 (1941); Tafazzoli, Wilson, Lada and Steiger, "Performance of Skart", INFORMS Journal on Computing 23
 * (2011), for joining and widening. {@code UntilCoverageTest} holds by simulation how often such an interval holds what it is of.
 */
public final class Batches {
    /** With fewer iterations, or batches, nothing is known of how they depend on each other. */
    public static final int FEWEST = 10;

    private static final double GROWTH = 1.5;

    /** The 95th percentile of a standard normal. */
    private static final double QUANTILE = 1.644854;

    /** How many standard errors are added to the correlation that is seen. */
    private static final double ERRORS = 2;

    /** No correlation is taken for greater: the factor is 4.4 then. */
    private static final double GREATEST = 0.9;

    private final double[] values;
    private double[] joined;
    private int size = 1;

    /** @param values by iteration, {@link #FEWEST} or more */
    Batches(double[] values) {
        this.values = values;
        for (int look = FEWEST; look < values.length; look = next(look)) {
            lookAt(look);
        }
        lookAt(values.length);
    }

    /**
     * {@return the number of iterations at which is looked next}
     *
     * @param look the number at which was looked last
     */
    public static int next(int look) {
        return (int) Math.ceil(GROWTH * look);
    }

    private void lookAt(int count) {
        joined = Arrays.copyOf(values, count);
        for (int of = 1; of < size; of *= 2) {
            joined = joined(joined);
        }
        while (joined.length >= FEWEST && dependent(joined)) {
            joined = joined(joined);
            size *= 2;
        }
    }

    /** Their means; an iteration that is left over at the beginning is in none. */
    double[] means() {
        return joined.clone();
    }

    /** By how much the error of the mean is greater than if batches were independent of each other, 1 or more. */
    double wider() {
        int n = joined.length;
        double correlation = (n * correlation(joined) + 1) / (n - 4) + ERRORS * deviation(n);
        double left = Math.max(0, Math.min(GREATEST, correlation));
        return Math.sqrt((1 + left) / (1 - left));
    }

    private static double[] joined(double[] values) {
        int over = values.length % 2;
        double[] pairs = new double[values.length / 2];
        Arrays.setAll(pairs, i -> (values[over + 2 * i] + values[over + 2 * i + 1]) / 2);
        return pairs;
    }

    private static boolean dependent(double[] values) {
        return correlation(values) > QUANTILE * deviation(values.length);
    }

    /** 1 less half of von Neumann's ratio: about the correlation of neighbours; 0 where all are the same. */
    private static double correlation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = 0;
        double differences = 0;
        for (int i = 0; i < values.length; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
            differences += i == 0 ? 0 : (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
        }
        return squares == 0 ? 0 : 1 - differences / squares / 2;
    }

    /** Its deviation where values are independent. */
    private static double deviation(int count) {
        return Math.sqrt((count - 2.0) / ((double) count * count - 1));
    }
}
