package io.inferometer.stats;

import java.util.Arrays;
import java.util.List;

/** The values of one metric, at most one for each request: 8 bytes each. NaN is not taken in. */
public final class Sample {
    private final Moments moments = new Moments();
    private double[] values = new double[16];
    private int count;

    /** Takes in a value. */
    public void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        append(value);
        moments.add(value);
    }

    /** Takes in all values of another one. */
    public void merge(Sample other) {
        for (int i = 0; i < other.count; i++) {
            append(other.values[i]);
        }
        moments.merge(other.moments);
    }

    private void append(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count + (count >> 1));
        }
        values[count++] = value;
    }

    /** How they are distributed, with these percentiles. */
    public Distribution distribution(List<Double> percentiles) {
        Arrays.sort(values, 0, count);
        return new Distribution(
                count,
                moments.mean(),
                moments.std(),
                moments.min(),
                moments.max(),
                true,
                Percentiles.linear(percentiles, count, i -> values[(int) i]));
    }

    /** How many values. */
    int count() {
        return count;
    }

    /** The values, ascending. */
    double[] sorted() {
        Arrays.sort(values, 0, count);
        return Arrays.copyOf(values, count);
    }

    /** The p-th percentile; NaN without a value. */
    double percentile(double p) {
        return count == 0 ? Double.NaN : Percentiles.linear(sorted(), p);
    }
}
