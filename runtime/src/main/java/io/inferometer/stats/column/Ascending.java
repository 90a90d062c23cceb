package io.inferometer.stats.column;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Reads whole numbers in ascending order that lie in blocks, merging these. A block is opened when its least number comes, so
 * that of blocks that follow each other but for some overlap few are open at a time.
 */
public final class Ascending {
    /** Where the numbers come from. */
    interface Blocks {
        /** How many there are. */
        int count();

        /** The least number of one. */
        long least(int block);

        /** What reads one from its least number on. */
        Run open(int block);
    }

    /** Reads the numbers of one block, a few at a time. */
    abstract static class Run {
        private final long[] values;
        private int length;
        private int at;

        /** @param most how many are read at a time */
        Run(int most) {
            values = new long[most];
        }

        /** Reads the next ones, ascending; returns how many, 0 at the end. */
        abstract int read(long... into);

        private boolean more() {
            if (++at < length) {
                return true;
            }
            length = read(values);
            at = 0;
            return length > 0;
        }

        private long value() {
            return values[at];
        }
    }

    private final Blocks blocks;
    private final long[] least;
    private final Integer[] order;
    private final PriorityQueue<Run> open = new PriorityQueue<>(Comparator.comparingLong(Run::value));
    private int opened;
    private Run current;
    /** As long as the current run is not beyond this, its number is the next one. */
    private long bound;

    private long value;

    Ascending(Blocks blocks) {
        this.blocks = blocks;
        least = new long[blocks.count()];
        order = new Integer[least.length];
        for (int i = 0; i < least.length; i++) {
            least[i] = blocks.least(i);
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingLong(block -> least[block]));
    }

    /** Moves to the next number; false where there is none. */
    public boolean next() {
        if (current != null && current.more()) {
            if (current.value() <= bound) {
                value = current.value();
                return true;
            }
            open.add(current);
        }
        current = null;
        while (opened < order.length
                && (open.isEmpty() || least[order[opened]] <= open.peek().value())) {
            Run run = blocks.open(order[opened++]);
            if (run.more()) {
                open.add(run);
            }
        }
        current = open.poll();
        if (current == null) {
            return false;
        }
        bound = open.isEmpty() ? Long.MAX_VALUE : open.peek().value();
        if (opened < order.length) {
            // The least of a block that is closed is greater than what is there.
            bound = Math.min(bound, least[order[opened]] - 1);
        }
        value = current.value();
        return true;
    }

    /** The number that was moved to. */
    public long value() {
        return value;
    }
}
