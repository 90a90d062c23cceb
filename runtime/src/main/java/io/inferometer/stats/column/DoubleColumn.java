package io.inferometer.stats.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values of which only the order counts, in blocks that are sorted and packed once they are full and then never change, so
 * that a trial has those of its iterations in common with them. A latency in nanoseconds takes about two bytes. NaN is not
 * taken in. Not thread-safe.
 */
public final class DoubleColumn {
    /** Small enough to be nothing special to a garbage collector. */
    private static final int BLOCK = 1 << 15;

    private final int block;
    private final List<SortedDoubles> full = new ArrayList<>();
    private double[] values = new double[16];
    private int open;
    private long count;

    /** None yet. */
    public DoubleColumn() {
        this(BLOCK);
    }

    /** @param block how many values are in one block, 16 at least */
    public DoubleColumn(int block) {
        this.block = block;
    }

    /** Takes in a value. */
    public void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        if (open == values.length && open < block) {
            values = Arrays.copyOf(values, Math.min(block, open + (open >> 1)));
        }
        values[open++] = value;
        count++;
        if (open == block) {
            Arrays.sort(values);
            full.add(SortedDoubles.of(values));
            open = 0;
        }
    }

    /** Takes in all values of another one, which stays as it is. */
    public void merge(DoubleColumn other) {
        full.addAll(other.full);
        count += other.count - other.open;
        for (int i = 0; i < other.open; i++) {
            add(other.values[i]);
        }
    }

    /** How many values. */
    public long count() {
        return count;
    }

    /** The value of a rank, from 0: the least that so many others do not exceed. */
    public double at(long rank) {
        Arrays.sort(values, 0, open);
        if (full.isEmpty()) {
            return values[(int) rank];
        }
        long[] scratch = new long[PackedLongs.FRAME];
        long low = SortedDoubles.key(Double.NEGATIVE_INFINITY);
        long high = SortedDoubles.key(Double.POSITIVE_INFINITY);
        while (low < high) {
            long middle = (low & high) + ((low ^ high) >> 1);
            if (atMost(SortedDoubles.value(middle), scratch) > rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return SortedDoubles.value(low);
    }

    private long atMost(double limit, long... scratch) {
        long atMost = openAtMost(limit);
        for (SortedDoubles sorted : full) {
            atMost += sorted.atMost(limit, scratch);
        }
        return atMost;
    }

    private int openAtMost(double limit) {
        int low = 0;
        int high = open;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Double.compare(values[middle], limit) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What is told of each value, from the least to the greatest. */
    public interface Visitor {
        /** The next one. */
        void value(double value);
    }

    /** Tells of all values, ascending. */
    public void ascending(Visitor visitor) {
        double[] last = Arrays.copyOf(values, open);
        Arrays.sort(last);
        List<SortedDoubles> all = new ArrayList<>(full);
        if (open > 0) {
            all.add(SortedDoubles.of(last));
        }
        Ascending merged = new Ascending(new Ascending.Blocks() {
            @Override
            public int count() {
                return all.size();
            }

            @Override
            public long least(int number) {
                return all.get(number).firstKey();
            }

            @Override
            public Ascending.Run open(int number) {
                return new Frames(all.get(number));
            }
        });
        while (merged.next()) {
            visitor.value(SortedDoubles.value(merged.value()));
        }
    }

    /** About how many bytes they take. */
    public long bytes() {
        return full.stream().mapToLong(SortedDoubles::bytes).sum() + 8L * values.length;
    }

    /** A block, read frame by frame. */
    private static final class Frames extends Ascending.Run {
        private final SortedDoubles sorted;
        private int frame;

        Frames(SortedDoubles sorted) {
            super(PackedLongs.FRAME);
            this.sorted = sorted;
        }

        @Override
        int read(long... into) {
            return frame == sorted.frames() ? 0 : sorted.readKeys(frame++, into);
        }
    }
}
