package io.inferometer.stats;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How the values of one metric are distributed, in the unit of the values. Without a value, all but the count is NaN.
 *
 * @param count how many values; {@link #UNTOLD} where another tool did not tell
 * @param mean their mean
 * @param std their deviation as of a whole population (ddof 0)
 * @param min the least
 * @param max the greatest
 * @param exact whether the percentiles are exact; else they are a histogram's, to 3 significant digits
 * @param percentiles by p, each of {@link Percentiles#STANDARD} and those that were asked for; empty without a value
 */
public record Distribution(
        long count,
        double mean,
        double std,
        double min,
        double max,
        boolean exact,
        NavigableMap<Double, Double> percentiles) {
    /** There are values, and it is not known how many. */
    public static final long UNTOLD = -1;

    /** No values. */
    public static final Distribution EMPTY =
            new Distribution(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, true, new TreeMap<>());

    /**
     * {@return the distribution of a few values}
     *
     * @param values in any order
     */
    public static Distribution of(double... values) {
        Sample sample = new Sample();
        for (double value : values) {
            sample.add(value);
        }
        return sample.distribution(Percentiles.STANDARD);
    }

    /** {@return whether another tool did not tell of how many values it is} */
    public boolean untold() {
        return count == UNTOLD;
    }

    /** {@return whether there is no value} */
    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * {@return the p-th percentile; NaN without a value, or where this one was not asked for}
     *
     * @param p a percentile, 99.9 for p99.9
     */
    public double percentile(double p) {
        return percentiles.getOrDefault(p, Double.NaN);
    }

    /**
     * {@return whether there are enough values for the p-th percentile to mean something, as far as it is known}
     *
     * @param p a percentile, 99.9 for p99.9
     */
    public boolean carries(double p) {
        return untold() || Percentiles.carried(count, p);
    }
}
