package io.inferometer.stats.interval;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A confidence interval of {@link #LEVEL} for a mean, by Student's t, in the unit of the values.
 *
 * @param center the mean of the values, a geometric one by {@link Scale#LOG}
 * @param low its lower end
 * @param high its upper end
 * @param scale on which scale it was made, and lies about its center
 * @param count n, the number of values it stands on; at least 2
 */
public record Interval(double center, double low, double high, Scale scale, int count) {
    /** How often, in the long run, such an interval holds what it is an interval of. */
    public static final double LEVEL = 0.95;

    /** On which scale values are averaged. */
    public enum Scale {
        /** Their own: from center − h to center + h. */
        LINEAR("linear"),
        /** That of their logarithms, for what is above 0 and skewed, as percentiles are: from center / f to center · f. */
        LOG("log");

        private final String label;

        Scale(String label) {
            this.label = label;
        }

        /** {@return the name in result files} */
        public String label() {
            return label;
        }
    }

    /**
     * The interval of the mean that values are drawn about: the mean ± t(0.975; n − 1) · s / √n, with s their deviation (ddof
     * 1). They must be independent of each other, and normal, or few enough and near enough to it: what these come from is
     * themselves a mean or a percentile of many requests.
     *
     * <p>Source: Student, "The Probable Error of a Mean", Biometrika 6 (1908).
     *
     * @param values at least two
     */
    static Interval of(double... values) {
        return of(values, 1);
    }

    /** @param wider by which factor the standard error is greater than that of independent values */
    static Interval of(double[] values, double wider) {
        int n = values.length;
        if (n < 2) {
            throw new IllegalArgumentException("an interval needs two values, not " + n);
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double error = wider * Math.sqrt(squares / (n - 1) / n);
        double half = TDistribution.of(n - 1).inverseSurvivalProbability((1 - LEVEL) / 2) * error;
        return new Interval(mean, mean - half, mean + half, Scale.LINEAR, n);
    }

    /** The interval of values whose logarithms this one is of. */
    Interval ofLogarithms() {
        return new Interval(Math.exp(center), Math.exp(low), Math.exp(high), Scale.LOG, count);
    }

    /**
     * {@return the interval, widened to these ends as far as they lie beyond it}
     *
     * @param lower in the unit of the interval
     * @param upper in the unit of the interval
     */
    public Interval reaching(double lower, double upper) {
        return new Interval(center, Math.min(low, lower), Math.max(high, upper), scale, count);
    }

    /** {@return the distance from the center to the end that is further away} */
    public double halfWidth() {
        return Math.max(high - center, center - low);
    }
}
