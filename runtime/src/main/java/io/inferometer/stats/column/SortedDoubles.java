package io.inferometer.stats.column;

/**
 * Values in ascending order, packed: as the whole numbers that they are, as most times are, else by their bits. NaN is none of
 * them.
 */
final class SortedDoubles {
    /** Up to that all differences of whole numbers are whole numbers too. */
    private static final double WHOLE = 1L << 62;

    private final PackedLongs codes;
    private final boolean whole;

    private SortedDoubles(PackedLongs codes, boolean whole) {
        this.codes = codes;
        this.whole = whole;
    }

    /** @param sorted ascending, as {@link Double#compare} has it */
    static SortedDoubles of(double... sorted) {
        long[] codes = new long[sorted.length];
        boolean whole = true;
        for (int i = 0; i < sorted.length && whole; i++) {
            codes[i] = (long) sorted[i];
            whole = Math.abs(sorted[i]) < WHOLE && Double.compare(codes[i], sorted[i]) == 0;
        }
        for (int i = 0; i < sorted.length && !whole; i++) {
            codes[i] = key(sorted[i]);
        }
        return new SortedDoubles(PackedLongs.of(codes, codes.length), whole);
    }

    /** A number whose order is that of the values. */
    static long key(double value) {
        return order(Double.doubleToLongBits(value));
    }

    /** The value of such a number. */
    static double value(long key) {
        return Double.longBitsToDouble(order(key));
    }

    private static long order(long bits) {
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    int count() {
        return codes.count();
    }

    int frames() {
        return codes.frames();
    }

    /** How many are not greater than a value. */
    int atMost(double limit, long... scratch) {
        long code = whole ? wholeAtMost(limit) : key(limit);
        int low = 0;
        int high = codes.frames();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (codes.first(middle) <= code) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return 0;
        }
        int length = codes.read(low - 1, scratch, 0);
        int within = 1;
        while (within < length && scratch[within] <= code) {
            within++;
        }
        return (low - 1) * PackedLongs.FRAME + within;
    }

    /** The greatest whole number that is not greater; 0 is greater than −0. */
    private static long wholeAtMost(double limit) {
        return Double.compare(limit, -0.0) == 0 ? -1 : (long) Math.floor(limit);
    }

    /** The least value, as {@link #key} has it. */
    long firstKey() {
        return whole ? key(codes.first(0)) : codes.first(0);
    }

    /** Unpacks a frame as {@link #key} has it; returns how many values it has. */
    int readKeys(int frame, long... into) {
        int length = codes.read(frame, into, 0);
        for (int i = 0; i < length && whole; i++) {
            into[i] = key(into[i]);
        }
        return length;
    }

    long bytes() {
        return codes.bytes() + 32;
    }
}
