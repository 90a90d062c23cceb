package io.inferometer.stats;

import java.util.NavigableMap;

/**
 * A metric's percentiles over all requests: one that failed counts as infinite, one that was cut off is known to have taken
 * longer than it had run.
 *
 * @param count how many requests
 * @param cutOff how many of them were cut off before they had a value
 * @param percentiles by p, in the unit of the values; infinite beyond the last value that is known
 * @param beyond what a percentile that is infinite is greater than: the greatest age of a request that was cut off, or
 *     infinite where those beyond the last value failed
 */
public record AllPercentiles(long count, long cutOff, NavigableMap<Double, Double> percentiles, double beyond) {
    /**
     * {@return the p-th percentile, infinite beyond the last value that is known; NaN where this one was not asked for}
     *
     * @param p a percentile, 99.9 for p99.9
     */
    public double percentile(double p) {
        return percentiles.getOrDefault(p, Double.NaN);
    }
}
