package io.inferometer.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one metric, at most one for each request: 8 bytes each, in columns that are sorted once they are full and
 * then never change, so that a trial has those of its iterations in common with them. NaN is not taken in.
 */
public final class Sample {
    /** Small enough to be nothing special to a garbage collector. */
    private static final int COLUMN = 1 << 15;

    private final int column;
    private final Moments moments = new Moments();
    private final List<double[]> full = new ArrayList<>();
    private double[] values = new double[16];
    private int open;
    private int count;

    /** None yet. */
    public Sample() {
        this(COLUMN);
    }

    /** @param column how many values are in one column, 16 at least */
    Sample(int column) {
        this.column = column;
    }

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
        full.addAll(other.full);
        count += other.count - other.open;
        for (int i = 0; i < other.open; i++) {
            append(other.values[i]);
        }
        moments.merge(other.moments);
    }

    private void append(double value) {
        if (open == values.length && open < column) {
            values = Arrays.copyOf(values, Math.min(column, open + (open >> 1)));
        }
        values[open++] = value;
        count++;
        if (open == column) {
            Arrays.sort(values);
            full.add(values);
            values = new double[16];
            open = 0;
        }
    }

    /** How they are distributed, with these percentiles. */
    public Distribution distribution(List<Double> percentiles) {
        Arrays.sort(values, 0, open);
        return new Distribution(
                count,
                moments.mean(),
                moments.std(),
                moments.min(),
                moments.max(),
                true,
                Percentiles.linear(percentiles, count, this::at));
    }

    /** The value of a rank, from 0, once the open column is sorted: the least that so many others do not exceed. */
    private double at(long rank) {
        if (full.isEmpty()) {
            return values[(int) rank];
        }
        long low = key(Double.NEGATIVE_INFINITY);
        long high = key(Double.POSITIVE_INFINITY);
        while (low < high) {
            long middle = (low & high) + ((low ^ high) >> 1);
            if (atMost(value(middle)) > rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return value(low);
    }

    /** A number whose order is that of the values. */
    private static long key(double value) {
        return order(Double.doubleToLongBits(value));
    }

    private static double value(long key) {
        return Double.longBitsToDouble(order(key));
    }

    private static long order(long bits) {
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    private long atMost(double limit) {
        long atMost = atMost(limit, values, open);
        for (double[] sorted : full) {
            atMost += atMost(limit, sorted, sorted.length);
        }
        return atMost;
    }

    private static int atMost(double limit, double[] sorted, int length) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Double.compare(sorted[middle], limit) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many values. */
    int count() {
        return count;
    }

    /** The values, ascending. */
    double[] sorted() {
        double[] all = Arrays.copyOf(values, count);
        int filled = open;
        for (double[] column : full) {
            System.arraycopy(column, 0, all, filled, column.length);
            filled += column.length;
        }
        Arrays.sort(all);
        return all;
    }

    /** The p-th percentile; NaN without a value. */
    double percentile(double p) {
        Arrays.sort(values, 0, open);
        return count == 0 ? Double.NaN : Percentiles.linear(count, this::at, p);
    }
}
