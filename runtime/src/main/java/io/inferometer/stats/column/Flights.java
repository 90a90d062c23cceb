package io.inferometer.stats.column;

import io.inferometer.record.RequestRecord;
import java.util.stream.IntStream;

/**
 * From when to when each request of an iteration was on its way, in each of the ways in which that is told. What is near to
 * each other is kept as a difference, so that a request takes about ten bytes. Not thread-safe.
 */
public final class Flights {
    private final LongColumn ends = new LongColumn();
    /** From being sent to the end; from when it was wanted where it was never sent. */
    private final LongColumn took = new LongColumn();
    /** From when it was wanted to being sent. */
    private final LongColumn late = new LongColumn();
    /** From its last token to its end. */
    private final LongColumn closing = new LongColumn();
    /** In which ways it was on its way, a bit each. */
    private final LongColumn ways = new LongColumn();

    /** A way to be on one's way. */
    public enum Way {
        /** From being sent to the end. */
        SENT,
        /** From when it was wanted to the end. */
        WAITING,
        /** From being sent to the last token, or to the end of a request that failed. */
        SERVED;

        private boolean in(long ways) {
            return (ways >> ordinal() & 1) != 0;
        }

        private long bit(boolean is) {
            return is ? 1L << ordinal() : 0;
        }
    }

    /** What is told of each. */
    public interface Visitor {
        /** One that was on its way from one time to another. */
        void flight(long startNanos, long endNanos);
    }

    /**
     * Takes in a request.
     *
     * @param sentNanos {@link RequestRecord#ABSENT} where it was never sent
     * @param scheduledNanos {@link RequestRecord#ABSENT} where nothing waits for it
     * @param servedNanos {@link RequestRecord#ABSENT} where nobody served it
     */
    public void add(long sentNanos, long endNanos, long scheduledNanos, long servedNanos) {
        boolean sent = sentNanos != RequestRecord.ABSENT;
        boolean waiting = scheduledNanos != RequestRecord.ABSENT;
        boolean served = sent && servedNanos != RequestRecord.ABSENT;
        if (!sent && !waiting) {
            return;
        }
        long start = sent ? sentNanos : scheduledNanos;
        ends.add(endNanos);
        took.add(endNanos - start);
        late.add(waiting ? start - scheduledNanos : 0);
        closing.add(served ? endNanos - servedNanos : 0);
        ways.add(Way.SENT.bit(sent) | Way.WAITING.bit(waiting) | Way.SERVED.bit(served));
    }

    /** Tells of those that were on their way in one way. */
    public void each(Way way, Visitor visitor) {
        Rows rows = new Rows();
        for (int block = 0; block < ends.blocks(); block++) {
            int count = rows.read(block);
            for (int i = 0; i < count; i++) {
                if (way.in(rows.ways[i])) {
                    visitor.flight(rows.start(way, i), rows.end(way, i));
                }
            }
        }
    }

    /** When each began, ascending. */
    public Ascending starts(Way way) {
        return LongColumn.ascending(ends.blocks(), block -> new Rows().starts(block, way));
    }

    /** When each ended, ascending. */
    public Ascending ends(Way way) {
        return LongColumn.ascending(ends.blocks(), block -> new Rows().ends(block, way));
    }

    /** A block of all columns. */
    private final class Rows {
        private final long[] ends = new long[LongColumn.BLOCK];
        private final long[] took = new long[LongColumn.BLOCK];
        private final long[] late = new long[LongColumn.BLOCK];
        private final long[] closing = new long[LongColumn.BLOCK];
        private final long[] ways = new long[LongColumn.BLOCK];

        int read(int block) {
            Flights.this.took.read(block, took);
            Flights.this.late.read(block, late);
            Flights.this.closing.read(block, closing);
            Flights.this.ways.read(block, ways);
            return Flights.this.ends.read(block, ends);
        }

        long start(Way way, int row) {
            return ends[row] - took[row] - (way == Way.WAITING ? late[row] : 0);
        }

        long end(Way way, int row) {
            return ends[row] - (way == Way.SERVED ? closing[row] : 0);
        }

        long[] starts(int block, Way way) {
            return IntStream.range(0, read(block))
                    .filter(row -> way.in(ways[row]))
                    .mapToLong(row -> start(way, row))
                    .toArray();
        }

        long[] ends(int block, Way way) {
            return IntStream.range(0, read(block))
                    .filter(row -> way.in(ways[row]))
                    .mapToLong(row -> end(way, row))
                    .toArray();
        }
    }
}
