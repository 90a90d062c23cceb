package io.inferometer.stats;

import java.util.Arrays;

/** From when to when each request was in flight: 16 bytes for each. */
final class InFlight {
    private static final int QUARTERS = 4;

    private long[] starts = new long[64];
    private long[] ends = new long[64];
    private int count;

    void add(long startNanos, long endNanos) {
        if (count == starts.length) {
            int capacity = count + (count >> 1);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        starts[count] = startNanos;
        ends[count++] = endNanos;
    }

    int count() {
        return count;
    }

    /** The most at one time. One that starts as another ends does not overlap it. */
    long peak() {
        sort();
        int peak = 0;
        int ended = 0;
        for (int started = 0; started < count; started++) {
            while (ended < count && ends[ended] <= starts[started]) {
                ended++;
            }
            peak = Math.max(peak, started + 1 - ended);
        }
        return peak;
    }

    /**
     * Whether their number kept rising while requests were sent: its mean over the third quarter of that time is clearly
     * above that over the second, and that over the fourth above that over the third. Clearly is a tenth and two
     * deviations of a Poisson number. The first quarter is ramp-up.
     */
    boolean rising() {
        if (count < 2) {
            return false;
        }
        sort();
        long first = starts[0];
        long span = starts[count - 1] - first;
        double[] mean = new double[QUARTERS];
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            mean[quarter] = mean(first + span * quarter / QUARTERS, first + span * (quarter + 1) / QUARTERS);
        }
        return rises(mean[1], mean[2]) && rises(mean[2], mean[3]);
    }

    private static boolean rises(double from, double to) {
        return to - from > 0.1 * from + 2 * Math.sqrt(from);
    }

    /** The time-weighted mean from one time to another. */
    private double mean(long from, long to) {
        double area = 0;
        for (int i = 0; i < count; i++) {
            area += Math.max(0, to - Math.max(from, starts[i]));
            area -= Math.max(0, to - Math.max(from, ends[i]));
        }
        return area / (to - from);
    }

    /** Starts and ends each by themselves: which belong together does not matter for a number of requests. */
    private void sort() {
        Arrays.sort(starts, 0, count);
        Arrays.sort(ends, 0, count);
    }
}
