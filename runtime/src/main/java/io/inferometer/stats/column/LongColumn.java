package io.inferometer.stats.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Whole numbers one after the other, in as many bits as their differences take. Not thread-safe. */
public final class LongColumn {
    /** How many numbers are packed together. */
    public static final int BLOCK = 4_096;

    private final List<PackedLongs> full = new ArrayList<>();
    private long[] values = new long[16];
    private int open;

    /** Adds one at the end. */
    public void add(long value) {
        if (open == values.length) {
            values = Arrays.copyOf(values, Math.min(BLOCK, 2 * open));
        }
        values[open++] = value;
        if (open == BLOCK) {
            full.add(PackedLongs.of(values, open));
            open = 0;
        }
    }

    /** How many there are. */
    public long count() {
        return (long) full.size() * BLOCK + open;
    }

    /** How many blocks there are; all but the last one have {@link #BLOCK} numbers. */
    public int blocks() {
        return full.size() + (open > 0 ? 1 : 0);
    }

    /**
     * Reads a block in its order.
     *
     * @param into has room for {@link #BLOCK}
     * @return how many numbers it has
     */
    public int read(int block, long... into) {
        if (block == full.size()) {
            System.arraycopy(values, 0, into, 0, open);
            return open;
        }
        PackedLongs packed = full.get(block);
        int count = 0;
        for (int frame = 0; frame < packed.frames(); frame++) {
            count += packed.read(frame, into, count);
        }
        return count;
    }

    /** All of them, ascending. Nothing may be added meanwhile. */
    public Ascending ascending() {
        return ascending(blocks(), block -> {
            long[] some = new long[BLOCK];
            return Arrays.copyOf(some, read(block, some));
        });
    }

    /**
     * Reads in ascending order what is made of columns, block by block.
     *
     * @param read makes the numbers of a block, in any order; is asked twice for each
     */
    public static Ascending ascending(int blocks, IntFunction<long[]> read) {
        return new Ascending(new Ascending.Blocks() {
            @Override
            public int count() {
                return blocks;
            }

            @Override
            public long least(int block) {
                return Arrays.stream(read.apply(block)).min().orElse(Long.MAX_VALUE);
            }

            @Override
            public Ascending.Run open(int block) {
                return new Whole(read.apply(block));
            }
        });
    }

    /** About how many bytes they take. */
    public long bytes() {
        return full.stream().mapToLong(PackedLongs::bytes).sum() + 8L * values.length;
    }

    /** A block, read at once. */
    private static final class Whole extends Ascending.Run {
        private long[] sorted;

        Whole(long... values) {
            super(values.length);
            sorted = values;
        }

        @Override
        int read(long... into) {
            int length = sorted.length;
            System.arraycopy(sorted, 0, into, 0, length);
            Arrays.sort(into);
            sorted = new long[0];
            return length;
        }
    }
}
