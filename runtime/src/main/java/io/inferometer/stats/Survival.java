package io.inferometer.stats;

import java.util.Arrays;
import java.util.List;

/**
 * What is known of requests that were cut off: the values of some, for others how long they had run.
 *
 * <p>With the values of those that ended they make the product-limit estimate of Kaplan and Meier, "Nonparametric
 * Estimation from Incomplete Observations", Journal of the American Statistical Association 53 (1958). A request that
 * failed stays at risk for ever. The weight of each value, in requests, is 1 until the first is cut off; the weight of
 * one that is cut off goes to all that are still at risk. A percentile is numpy's linear one on these weights: between the
 * values that hold the ranks ⌊h⌋ and ⌊h⌋ + 1, h = (n−1)·p/100. With nobody cut off that is numpy's of the values.
 */
final class Survival {
    /** Allows for the rounding of summed weights. */
    private static final double ROUNDING = 1e-9;

    private final Sample known = new Sample();
    private final Sample ages = new Sample();

    /** A request that was cut off after its value was known. */
    void known(double value) {
        known.add(value);
    }

    /** A request that was cut off before. */
    void cutOff(double age) {
        ages.add(age);
    }

    void merge(Survival other) {
        known.merge(other.known);
        ages.merge(other.ages);
    }

    boolean isEmpty() {
        return known.count() + ages.count() == 0;
    }

    /** The percentiles of all requests: of these, of those that ended with a value, and of so many that failed. */
    AllPercentiles with(Sample ended, long failed, List<Double> percentiles) {
        Sample all = new Sample();
        all.merge(ended);
        all.merge(known);
        double[] values = all.sorted();
        double[] cuts = ages.sorted();
        long count = values.length + cuts.length + failed;
        double[] held = held(values, cuts, count);
        double last = values.length == 0 ? Double.NEGATIVE_INFINITY : values[values.length - 1];
        boolean cutBeyond = cuts.length > 0 && cuts[cuts.length - 1] >= last;
        return new AllPercentiles(
                count,
                cuts.length,
                Percentiles.linear(percentiles, count, rank -> atRank(values, held, rank)),
                cutBeyond ? cuts[cuts.length - 1] : Double.POSITIVE_INFINITY);
    }

    /** How many ranks each value and those below it hold. Of equals the value counts as the earlier. */
    private static double[] held(double[] values, double[] cuts, long count) {
        double[] held = new double[values.length];
        double weight = 1;
        double sum = 0;
        int cut = 0;
        for (int i = 0; i < values.length; i++) {
            for (; cut < cuts.length && cuts[cut] < values[i]; cut++) {
                long atRisk = count - i - cut;
                weight *= (double) atRisk / (atRisk - 1);
            }
            sum += weight;
            held[i] = sum;
        }
        return held;
    }

    private static double atRank(double[] values, double[] held, long rank) {
        int place = Arrays.binarySearch(held, rank + ROUNDING);
        int first = place < 0 ? -place - 1 : place + 1;
        return first < values.length ? values[first] : Double.POSITIVE_INFINITY;
    }
}
