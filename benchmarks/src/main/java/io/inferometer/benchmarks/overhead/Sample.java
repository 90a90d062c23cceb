package io.inferometer.benchmarks.overhead;

import io.inferometer.stats.Percentiles;
import java.util.Collection;
import java.util.Optional;

/**
 * The values of several forks, one each.
 *
 * @param sorted ascending; may be empty
 */
record Sample(double... sorted) {
    /** An interval has this level at least, or there is none. */
    static final double LEAST_LEVEL = 0.9;

    /** The fewest forks of which there is an interval. */
    static final int FEWEST = 5;

    static Sample of(Collection<Double> values) {
        return new Sample(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /** How many forks there are. */
    int count() {
        return sorted.length;
    }

    /** Their median; NaN without a value. */
    double median() {
        return sorted.length == 0 ? Double.NaN : Percentiles.linear(sorted, 50);
    }

    double sum() {
        double sum = 0;
        for (double value : sorted) {
            sum += value;
        }
        return sum;
    }

    /**
     * An interval that holds the median of all forks there could be, however these are distributed.
     *
     * @param low its lower end, one of the values
     * @param high its upper end
     * @param level how often, in the long run, such an interval holds the median
     */
    record Interval(double low, double high, double level) {}

    /**
     * The narrowest interval from the r-th lowest to the r-th highest value with a level of {@link #LEAST_LEVEL} or more,
     * which is 1 − 2·P(Bin(n, ½) &lt; r): with five values it is all of them, and 0.9375. Empty with fewer than {@link
     * #FEWEST}, for all of four have 0.875.
     *
     * <p>Source: David and Nagaraja, "Order Statistics" (2003), section 7.1.
     */
    Optional<Interval> interval() {
        int n = sorted.length;
        Interval narrowest = null;
        double term = Math.pow(0.5, n);
        double below = term;
        for (int r = 1; 2 * r <= n && 1 - 2 * below >= LEAST_LEVEL; r++) {
            narrowest = new Interval(sorted[r - 1], sorted[n - r], 1 - 2 * below);
            term = term * (n - r + 1) / r;
            below += term;
        }
        return Optional.ofNullable(narrowest);
    }
}
