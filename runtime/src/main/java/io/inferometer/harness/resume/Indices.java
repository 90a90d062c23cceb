package io.inferometer.harness.resume;

import java.util.BitSet;

/** The indices of an iteration's requests that are still to be sent, in order, without end. Thread-safe. */
public final class Indices {
    private final long first;
    private final BitSet done;
    private long position;
    private long index;

    /** @param done the indices that are left out */
    public Indices(long first, BitSet done) {
        this.first = first;
        this.done = done;
        index = skip(first);
    }

    /** The index at a position, from 0. Asking in order is cheapest. */
    public synchronized long at(long wanted) {
        if (wanted < position) {
            position = 0;
            index = skip(first);
        }
        for (; position < wanted; position++) {
            index = skip(index + 1);
        }
        return index;
    }

    /**
     * The index to go on with behind so many that one of several members has sent, where nobody knows how many the others have: the
     * same modulo their number for each of them, so that each goes on with its own. That it is only behind all that are left out.
     */
    public long after(long sent, int members) {
        long position = sent * members;
        while (members > 1 && at(position) < done.length()) {
            position += members;
        }
        return at(position);
    }

    private long skip(long from) {
        return from > done.length() ? from : done.nextClearBit((int) from);
    }
}
