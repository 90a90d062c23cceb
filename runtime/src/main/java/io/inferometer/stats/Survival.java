package io.inferometer.stats;

import io.inferometer.stats.column.DoubleColumn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

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
        DoubleColumn values = new DoubleColumn();
        values.merge(ended.values());
        values.merge(known.values());
        DoubleColumn cuts = ages.values();
        long count = values.count() + cuts.count() + failed;
        double last = values.count() == 0 ? Double.NEGATIVE_INFINITY : values.at(values.count() - 1);
        double lastCut = cuts.count() == 0 ? Double.NEGATIVE_INFINITY : cuts.at(cuts.count() - 1);
        return new AllPercentiles(
                count,
                cuts.count(),
                Percentiles.linear(
                        percentiles, count, cuts.count() == 0 ? uncut(values) : held(values, cuts, count, percentiles)),
                cuts.count() > 0 && lastCut >= last ? lastCut : Double.POSITIVE_INFINITY);
    }

    /** Each value holds one rank. */
    private static LongToDoubleFunction uncut(DoubleColumn values) {
        return rank -> rank < values.count() ? values.at(rank) : Double.POSITIVE_INFINITY;
    }

    /**
     * The values that hold the ranks that some percentiles lie between. Of an equal value and cut the value counts as the
     * earlier.
     */
    private static LongToDoubleFunction held(
            DoubleColumn values, DoubleColumn cuts, long count, List<Double> percentiles) {
        Holding holding = new Holding(cuts, count, percentiles);
        values.ascending(holding);
        return rank -> holding.at.getOrDefault(rank, Double.POSITIVE_INFINITY);
    }

    /** Goes through the values, ascending, and finds out which of them hold ranks that are asked for. */
    private static final class Holding implements DoubleColumn.Visitor {
        private final long count;
        private final Deque<Long> asked = new ArrayDeque<>();
        private final Map<Long, Double> at = new HashMap<>();
        private final double[] cuts;
        private double weight = 1;
        private double sum;
        private long seen;
        private int cut;

        Holding(DoubleColumn cuts, long count, List<Double> percentiles) {
            this.count = count;
            this.cuts = new double[(int) cuts.count()];
            int[] filled = {0};
            cuts.ascending(age -> this.cuts[filled[0]++] = age);
            Percentiles.ranks(percentiles, count).forEach(asked::add);
        }

        @Override
        public void value(double value) {
            for (; cut < cuts.length && cuts[cut] < value; cut++) {
                long atRisk = count - seen - cut;
                weight *= (double) atRisk / (atRisk - 1);
            }
            seen++;
            sum += weight;
            while (!asked.isEmpty() && asked.peek() + ROUNDING < sum) {
                at.put(asked.poll(), value);
            }
        }
    }
}
