package io.inferometer.stats.interval;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A confidence interval of {@link #LEVEL} for a mean, by Student's t: from {@code center − halfWidth} to {@code center +
 * halfWidth}, in the unit of the values.
 *
 * @param center the mean of the values
 * @param halfWidth t(0.975; n − 1) · s / √n, with s the values' deviation (ddof 1)
 * @param count n, the number of values it stands on; at least 2
 */
public record Interval(double center, double halfWidth, int count) {
    /** How often, in the long run, such an interval holds what it is an interval of. */
    public static final double LEVEL = 0.95;

    /**
     * The interval of the mean that values are drawn about. They must be independent of each other, and normal, or few
     * enough and near enough to it: what these come from is themselves a mean or a percentile of many requests.
     *
     * <p>Source: Student, "The Probable Error of a Mean", Biometrika 6 (1908).
     *
     * @param values at least two
     */
    static Interval of(double... values) {
        int n = values.length;
        if (n < 2) {
            throw new IllegalArgumentException("an interval needs two values, not " + n);
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double error = Math.sqrt(squares / (n - 1) / n);
        double t = TDistribution.of(n - 1).inverseSurvivalProbability((1 - LEVEL) / 2);
        return new Interval(mean, t * error, n);
    }

    /** Its lower end. */
    public double low() {
        return center - halfWidth;
    }

    /** Its upper end. */
    public double high() {
        return center + halfWidth;
    }
}
