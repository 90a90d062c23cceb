package io.inferometer.instrument;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Whether an endpoint writes the tokens of all answers in common steps, so that reads of different streams come together.
 * Looks at the streams that ended last. Not thread-safe.
 */
final class Steps {
    private static final int STREAMS = 64;

    /** Half of a gap on either side is all that there is of one; this part of it is together. */
    private static final int TOGETHER = 10;

    /** So many times as often as by chance, of at most {@value #TOGETHER}. */
    private static final int OFTEN = 3;

    /** Fewer neighbours tell nothing. */
    private static final long NEEDED = 50;

    private final Deque<long[]> streams = new ArrayDeque<>();

    /** Takes in the reads of one stream: {@code count} times, since {@code sent}. */
    void add(long sent, long[] reads, int count) {
        if (streams.size() == STREAMS) {
            streams.remove();
        }
        streams.add(Arrays.stream(reads, 0, count).map(read -> sent + read).toArray());
    }

    /** Whether reads of others are close to a read more often than chance would have them. */
    boolean shared() {
        long[] all = streams.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        long near = 0;
        long around = 0;
        for (long[] own : streams) {
            long gap = own.length < 2 ? 0 : (own[own.length - 1] - own[0]) / (own.length - 1);
            for (int i = 0; i < own.length && gap > 0; i++) {
                near += others(all, own, own[i], gap / 2 / TOGETHER);
                around += others(all, own, own[i], gap / 2);
            }
        }
        return around >= NEEDED && near * TOGETHER >= around * OFTEN;
    }

    private static long others(long[] all, long[] own, long at, long within) {
        return count(all, at, within) - count(own, at, within);
    }

    private static long count(long[] times, long at, long within) {
        return below(times, at + within + 1) - below(times, at - within);
    }

    /** How many of the times, in their order, are below a time. */
    private static int below(long[] times, long time) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
