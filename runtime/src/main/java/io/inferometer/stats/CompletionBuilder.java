package io.inferometer.stats;

import io.inferometer.record.RequestRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Makes a {@link Summary.Completion} of one iteration, or of several: 8 bytes for each request of the one that runs. */
final class CompletionBuilder {
    private static final List<Double> PERCENTS = List.of(50.0, 90.0, 99.0, 100.0);
    private static final int SLOWEST = 5;
    private static final Comparator<Summary.Slow> SLOWEST_FIRST =
            Comparator.comparingDouble(Summary.Slow::e2elNanos).reversed().thenComparingLong(Summary.Slow::index);

    private final NavigableMap<Double, Double> done = new TreeMap<>();
    private final List<Summary.Slow> slowest = new ArrayList<>();
    private long[] ends = new long[64];
    private int count;
    private long firstSent = Long.MAX_VALUE;

    void add(RequestRecord record, RequestMetrics metrics) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count + (count >> 1));
        }
        ends[count++] = record.endNanos();
        if (record.sentNanos() != RequestRecord.ABSENT) {
            firstSent = Math.min(firstSent, record.sentNanos());
        }
        if (record.succeeded()) {
            slow(new Summary.Slow(record.index(), metrics.e2elNanos()));
        }
    }

    private void slow(Summary.Slow request) {
        int place = Collections.binarySearch(slowest, request, SLOWEST_FIRST);
        slowest.add(place < 0 ? -place - 1 : place, request);
        if (slowest.size() > SLOWEST) {
            slowest.remove(SLOWEST);
        }
    }

    /** Takes in an iteration that has ended. */
    void merge(CompletionBuilder iteration) {
        iteration.end();
        iteration.done.forEach(this::done);
        iteration.slowest.forEach(this::slow);
    }

    Summary.Completion build() {
        end();
        return new Summary.Completion(Collections.unmodifiableNavigableMap(new TreeMap<>(done)), slowest);
    }

    /** Ends the iteration, or what there is of it, if one is open. */
    void end() {
        if (count > 0 && firstSent != Long.MAX_VALUE) {
            Arrays.sort(ends, 0, count);
            for (double percent : PERCENTS) {
                int needed = (int) Math.ceil(count * percent / 100);
                done(percent, (double) (ends[needed - 1] - firstSent));
            }
        }
        count = 0;
        firstSent = Long.MAX_VALUE;
    }

    private void done(double percent, double nanos) {
        done.merge(percent, nanos, Math::max);
    }
}
