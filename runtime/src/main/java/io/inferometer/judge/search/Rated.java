package io.inferometer.judge.search;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What a load gave in each window of its probe: requests or tokens per second.
 *
 * @param load requests per second, or slots
 * @param windows per second, one window after the other; at least two
 */
public record Rated(double load, double... windows) {
    /**
     * Copies its windows.
     *
     * @param load as of the record
     * @param windows copied
     */
    public Rated {
        windows = windows.clone();
    }

    /** {@return a copy of them} */
    @Override
    public double[] windows() {
        return windows.clone();
    }

    /** {@return what it gave on the whole} */
    public double mean() {
        return Arrays.stream(windows).average().orElseThrow();
    }

    /** {@return half of its 95 % interval's width, by Student's t over the windows} */
    public double halfWidth() {
        int n = windows.length;
        double mean = mean();
        double squares = Arrays.stream(windows)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return TDistribution.of(n - 1).inverseCumulativeProbability(MetShare.CONFIDENCE)
                * Math.sqrt(squares / (n - 1) / n);
    }
}
