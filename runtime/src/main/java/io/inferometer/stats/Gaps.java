package io.inferometer.stats;

import io.inferometer.stats.token.Humps;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The pooled gaps between tokens, in nanoseconds. Up to a limit each is kept, in 4 bytes as long as it is below 2.1 s;
 * beyond the limit they become a histogram of 3 significant digits without an upper bound. Mean, deviation and extremes
 * are exact either way.
 */
public final class Gaps {
    /** The number of gaps that are kept: 40 MB. */
    static final int LIMIT = 10_000_000;

    private static final int DIGITS = 3;

    private final int limit;
    private final Moments moments = new Moments();
    /** Of all of them in nanoseconds: the same in whatever order they come. */
    private long total;

    private int[] small = new int[256];
    private int smallCount;
    /** Gaps that an {@code int} can't hold. Each is greater than any of the small ones. */
    private long[] large = new long[0];

    private int largeCount;
    private Histogram histogram;

    /** None yet. */
    public Gaps() {
        this(LIMIT);
    }

    Gaps(int limit) {
        this.limit = limit;
    }

    /**
     * Takes in a gap.
     *
     * @param nanos 0 or more
     */
    public void add(long nanos) {
        moments.add(nanos);
        total += nanos;
        keep(nanos);
    }

    void merge(Gaps other) {
        moments.merge(other.moments);
        total += other.total;
        if (other.histogram != null) {
            spill();
            histogram.add(other.histogram);
            return;
        }
        for (int i = 0; i < other.smallCount; i++) {
            keep(other.small[i]);
        }
        for (int i = 0; i < other.largeCount; i++) {
            keep(other.large[i]);
        }
    }

    private void keep(long nanos) {
        if (histogram == null && smallCount + largeCount == limit) {
            spill();
        }
        if (histogram != null) {
            histogram.recordValue(Math.max(0, nanos));
        } else if (nanos <= Integer.MAX_VALUE) {
            if (smallCount == small.length) {
                small = Arrays.copyOf(small, grown(smallCount));
            }
            small[smallCount++] = (int) nanos;
        } else {
            if (largeCount == large.length) {
                large = Arrays.copyOf(large, grown(largeCount));
            }
            large[largeCount++] = nanos;
        }
    }

    private int grown(int count) {
        return Math.min(limit, Math.max(16, count + (count >> 1)));
    }

    /** Turns the kept gaps into a histogram. */
    private void spill() {
        if (histogram != null) {
            return;
        }
        histogram = new Histogram(DIGITS);
        for (int i = 0; i < smallCount; i++) {
            histogram.recordValue(Math.max(0, small[i]));
        }
        for (int i = 0; i < largeCount; i++) {
            histogram.recordValue(large[i]);
        }
        small = new int[0];
        large = new long[0];
        smallCount = 0;
        largeCount = 0;
    }

    /** Whether they are of two kinds; by a histogram's digits where they are not kept. */
    Humps humps() {
        double limit = Humps.SHORT * total / moments.count();
        long count = 0;
        long time = 0;
        for (int i = 0; i < smallCount; i++) {
            if (small[i] < limit) {
                count++;
                time += small[i];
            }
        }
        for (int i = 0; i < largeCount; i++) {
            if (large[i] < limit) {
                count++;
                time += large[i];
            }
        }
        if (histogram != null) {
            for (HistogramIterationValue value : histogram.recordedValues()) {
                if (value.getValueIteratedTo() < limit) {
                    count += value.getCountAtValueIteratedTo();
                    time += value.getCountAtValueIteratedTo() * value.getValueIteratedTo();
                }
            }
        }
        return moments.count() == 0
                ? Humps.UNKNOWN
                : new Humps((double) count / moments.count(), total > 0 ? 1 - (double) time / total : Double.NaN);
    }

    /**
     * {@return how they are distributed, with these percentiles}
     *
     * @param percentiles those to compute, 99.9 for p99.9
     */
    public Distribution distribution(List<Double> percentiles) {
        Arrays.sort(small, 0, smallCount);
        Arrays.sort(large, 0, largeCount);
        return new Distribution(
                moments.count(),
                moments.mean(),
                moments.std(),
                moments.min(),
                moments.max(),
                histogram == null,
                histogram == null
                        ? Percentiles.linear(percentiles, moments.count(), this::exact)
                        : Percentiles.ofEach(
                                percentiles, p -> Math.min(histogram.getValueAtPercentile(p), moments.max())));
    }

    private double exact(long rank) {
        return rank < smallCount ? small[(int) rank] : large[(int) rank - smallCount];
    }
}
