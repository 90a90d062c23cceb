package io.inferometer.stats;

import io.inferometer.stats.column.DoubleColumn;
import java.util.List;

/** The values of one metric, at most one for each request, packed: see {@link DoubleColumn}. NaN is not taken in. */
public final class Sample {
    private final Moments moments = new Moments();
    private final DoubleColumn values;

    /** None yet. */
    public Sample() {
        this(new DoubleColumn());
    }

    /** @param values where they are kept; none yet */
    Sample(DoubleColumn values) {
        this.values = values;
    }

    /**
     * Takes in a value.
     *
     * @param value any but NaN
     */
    public void add(double value) {
        if (!Double.isNaN(value)) {
            values.add(value);
            moments.add(value);
        }
    }

    /**
     * Takes in all values of another one.
     *
     * @param other left as it is
     */
    public void merge(Sample other) {
        values.merge(other.values);
        moments.merge(other.moments);
    }

    /**
     * {@return how they are distributed, with these percentiles}
     *
     * @param percentiles those to compute, 99.9 for p99.9
     */
    public Distribution distribution(List<Double> percentiles) {
        return new Distribution(
                count(),
                moments.mean(),
                moments.std(),
                moments.min(),
                moments.max(),
                true,
                Percentiles.linear(percentiles, count(), values::at));
    }

    /** How many values. */
    long count() {
        return values.count();
    }

    /** The values. */
    DoubleColumn values() {
        return values;
    }

    /** The p-th percentile; NaN without a value. */
    double percentile(double p) {
        return count() == 0 ? Double.NaN : Percentiles.linear(count(), values::at, p);
    }
}
