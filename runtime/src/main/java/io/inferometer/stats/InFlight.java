package io.inferometer.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** From when to when each request was in flight: 16 bytes for each. */
final class InFlight {
    /** The earliest requests: one of so many, and no fewer than these. */
    private static final int EARLIEST_SHARE = 50;

    private static final int EARLIEST_FEWEST = 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Column starts = new Column();
    private final Column ends = new Column();
    private int count;

    void add(long startNanos, long endNanos) {
        starts.add(startNanos);
        ends.add(endNanos);
        count++;
    }

    /** When each began, ascending. */
    long[] starts() {
        return starts.sorted();
    }

    int count() {
        return count;
    }

    /** The most at one time. One that starts as another ends does not overlap it. */
    long peak() {
        long[] sortedStarts = starts.sorted();
        long[] sortedEnds = ends.sorted();
        int peak = 0;
        int ended = 0;
        for (int started = 0; started < count; started++) {
            while (ended < count && sortedEnds[ended] <= sortedStarts[started]) {
                ended++;
            }
            peak = Math.max(peak, started + 1 - ended);
        }
        return peak;
    }

    /** The time-weighted mean from one time to another. */
    double mean(double from, double to) {
        double area = 0;
        for (int i = 0; i < count; i++) {
            area += Math.max(0, Math.min(to, ends.get(i)) - Math.max(from, starts.get(i)));
        }
        return area / (to - from);
    }

    /** What those took that ended in a time. */
    Moments took(long from, long to) {
        Moments took = new Moments();
        for (int i = 0; i < count; i++) {
            if (ends.get(i) > from && ends.get(i) <= to) {
                took.add((double) ends.get(i) - starts.get(i));
            }
        }
        return took;
    }

    /** By when their number had filled up, see {@link Summary.InFlightTrend}; empty where all started at one time. */
    OptionalLong filledUp() {
        long[] sortedStarts = starts.sorted();
        if (count < 2 || sortedStarts[0] == sortedStarts[count - 1]) {
            return OptionalLong.empty();
        }
        long half = (sortedStarts[count - 1] - sortedStarts[0]) / 2;
        long filling = (long) Math.ceil(earliest(sortedStarts).percentile(95));
        return OptionalLong.of(sortedStarts[0] + Math.min(filling, half));
    }

    private Sample earliest(long... sortedStarts) {
        int earliest = Math.min(count, Math.max(EARLIEST_FEWEST, count / EARLIEST_SHARE));
        long until = sortedStarts[earliest - 1];
        Sample took = new Sample();
        for (int i = 0; i < count; i++) {
            if (starts.get(i) <= until) {
                took.add((double) ends.get(i) - starts.get(i));
            }
        }
        return took;
    }

    /** How their number went on once it had filled up; empty where all started at one time. */
    Optional<Summary.InFlightTrend> trend() {
        OptionalLong filledUp = filledUp();
        if (filledUp.isEmpty()) {
            return Optional.empty();
        }
        long[] sortedStarts = starts.sorted();
        double from = filledUp.getAsLong();
        double to = sortedStarts[count - 1];
        double quarter = (to - from) / 4;
        return Optional.of(new Summary.InFlightTrend(
                to - from,
                mean(from + quarter, from + 2 * quarter),
                mean(from + 3 * quarter, to),
                slope(from, to),
                earliest(sortedStarts).percentile(50)));
    }

    /** By least squares over all points of time, with the integral of (t − middle) · number in closed form. */
    private double slope(double from, double to) {
        double middle = (from + to) / 2;
        double moment = 0;
        for (int i = 0; i < count; i++) {
            double start = Math.max(from, starts.get(i)) - middle;
            double end = Math.min(to, ends.get(i)) - middle;
            if (end > start) {
                moment += (end - start) * (end + start) / 2;
            }
        }
        return NANOS_PER_SECOND * moment * 12 / Math.pow(to - from, 3);
    }

    /** Times one after the other, which are never copied to make room for more. */
    private static final class Column {
        private static final int BITS = 15;

        private final List<long[]> parts = new ArrayList<>();
        private long[] last = new long[64];
        private int count;

        void add(long nanos) {
            int at = count & ((1 << BITS) - 1);
            if (at == 0 && count > 0) {
                last = new long[1 << BITS];
                parts.add(last);
            } else if (at == last.length) {
                last = Arrays.copyOf(last, 2 * at);
                parts.set(parts.size() - 1, last);
            } else if (count == 0) {
                parts.add(last);
            }
            last[at] = nanos;
            count++;
        }

        long get(int index) {
            return parts.get(index >> BITS)[index & ((1 << BITS) - 1)];
        }

        long[] sorted() {
            long[] sorted = new long[count];
            for (int i = 0; i < count; i++) {
                sorted[i] = get(i);
            }
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
