package io.inferometer.stats;

import io.inferometer.record.RequestRecord;
import io.inferometer.stats.column.DoubleColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Makes a {@link Summary.Completion} of one iteration, or of several: about 2 bytes for each request of the one that runs. */
final class CompletionBuilder {
    private static final List<Double> PERCENTS = List.of(50.0, 90.0, 99.0, 100.0);
    private static final int SLOWEST = 5;
    private static final Comparator<Summary.Slow> SLOWEST_FIRST = Comparator.comparingDouble(Summary.Slow::e2elNanos)
            .reversed()
            .thenComparingInt(Summary.Slow::fork)
            .thenComparingLong(Summary.Slow::index);

    private final List<Summary.Slow> slowest = new ArrayList<>();
    private Summary.Completion longest = new Summary.Completion(0, 0, Collections.emptyNavigableMap(), List.of());
    private DoubleColumn ends = new DoubleColumn();
    private long firstSent = Long.MAX_VALUE;
    private int fork;
    private int iteration;

    void add(RequestRecord record, RequestMetrics metrics) {
        ends.add(record.endNanos());
        fork = record.fork();
        iteration = record.iteration();
        if (record.sentNanos() != RequestRecord.ABSENT) {
            firstSent = Math.min(firstSent, record.sentNanos());
        }
        if (record.succeeded()) {
            slow(new Summary.Slow(record.fork(), record.iteration(), record.index(), metrics.e2elNanos()));
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
    void merge(CompletionBuilder ended) {
        ended.end();
        longer(ended.longest);
        ended.slowest.forEach(this::slow);
    }

    Summary.Completion build() {
        end();
        return new Summary.Completion(longest.fork(), longest.iteration(), longest.doneNanos(), slowest);
    }

    /** Ends the iteration, or what there is of it, if one is open. */
    void end() {
        long count = ends.count();
        if (count > 0 && firstSent != Long.MAX_VALUE) {
            NavigableMap<Double, Double> done = new TreeMap<>();
            for (double percent : PERCENTS) {
                long needed = (long) Math.ceil(count * percent / 100);
                done.put(percent, ends.at(needed - 1) - firstSent);
            }
            longer(new Summary.Completion(fork, iteration, Collections.unmodifiableNavigableMap(done), List.of()));
        }
        ends = new DoubleColumn();
        firstSent = Long.MAX_VALUE;
    }

    private void longer(Summary.Completion other) {
        if (other.makespanNanos() > longest.makespanNanos()) {
            longest = other;
        }
    }
}
