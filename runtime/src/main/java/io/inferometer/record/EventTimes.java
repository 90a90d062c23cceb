package io.inferometer.record;

import java.util.Arrays;

/**
 * When the events of one stream came and what they carried, in arrays that are made for the first event and grow as they
 * prove too small.
 *
 * <p>Written by one thread at a time.
 */
final class EventTimes {
    /** What a first event makes room for, where it is not known that a few more come. */
    private static final int FIRST = 64;

    /** Events that bear no token: of a role, of the end, of the usage. */
    private static final int BESIDE = 4;

    private static final long[] NONE = new long[0];
    private static final byte[] NOTHING = new byte[0];
    private static final int[] NO_TOKENS = new int[0];

    private final int expected;

    private int count;
    private long[] nanos = NONE;
    private byte[] carried = NOTHING;
    private long[] serverNanos = NONE;
    /** The tokens that the endpoint had counted by each event; empty while it told none. */
    private int[] tokens = NO_TOKENS;

    private int carriedByAny;

    /**
     * No events yet, and no room: a request that waits for its first token takes none.
     *
     * @param expected how many there will be at most, as far as that is known: room for so many is made once there are more
     *     than a few
     */
    EventTimes(int expected) {
        this.expected = expected;
    }

    /** Takes an event; the same as {@link RequestTimeline#event}. */
    void add(long readNanos, int bits, long serverSent, int tokensSoFar) {
        if (count == nanos.length) {
            int length = nanos.length == 0 ? first() : Math.max(expected, nanos.length * 2);
            nanos = Arrays.copyOf(nanos, length);
            carried = Arrays.copyOf(carried, length);
        }
        if (serverSent != RequestRecord.ABSENT) {
            addServer(serverSent);
        }
        if (tokensSoFar != Usage.ABSENT) {
            addTokens(tokensSoFar);
        }
        nanos[count] = readNanos;
        carried[count] = (byte) bits;
        carriedByAny |= bits;
        count++;
    }

    /** As many as are expected and those around them, where that is not much more than are made room for anyway. */
    private int first() {
        return expected > FIRST / 2 && expected <= 2 * FIRST ? expected + BESIDE : FIRST;
    }

    /** What an answer carried that is no event. */
    void carriedAsWhole(int bits) {
        carriedByAny |= bits;
    }

    private void addServer(long sentNanos) {
        if (serverNanos.length < nanos.length) {
            int from = serverNanos.length;
            serverNanos = Arrays.copyOf(serverNanos, nanos.length);
            Arrays.fill(serverNanos, from, serverNanos.length, RequestRecord.ABSENT);
        }
        serverNanos[count] = sentNanos;
    }

    private void addTokens(int soFar) {
        if (tokens.length < nanos.length) {
            int from = tokens.length;
            tokens = Arrays.copyOf(tokens, nanos.length);
            Arrays.fill(tokens, from, tokens.length, Usage.ABSENT);
        }
        tokens[count] = soFar;
    }

    /** Whether any event carried one of these bits. */
    boolean carried(int bits) {
        return (carriedByAny & bits) != 0;
    }

    int count() {
        return count;
    }

    /** How much of the heap it takes. */
    int heldBytes() {
        return nanos.length * (Long.BYTES + 1) + serverNanos.length * Long.BYTES + tokens.length * Integer.BYTES;
    }

    /** The client's times, counted from {@code origin}. */
    long[] since(long origin) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = nanos[i] - origin;
        }
        return times;
    }

    /** What each event carried. */
    byte[] carried() {
        return Arrays.copyOf(carried, count);
    }

    /** The server's times by its own clock; empty if it told none. */
    long[] serverNanos() {
        if (serverNanos.length == 0) {
            return NONE;
        }
        long[] times = Arrays.copyOf(serverNanos, count);
        Arrays.fill(times, Math.min(serverNanos.length, count), count, RequestRecord.ABSENT);
        return times;
    }

    /** The tokens that the endpoint had counted by each event, {@link Usage#ABSENT} where it told none; empty if never. */
    int[] tokens() {
        if (tokens.length == 0) {
            return NO_TOKENS;
        }
        int[] counts = Arrays.copyOf(tokens, count);
        Arrays.fill(counts, Math.min(tokens.length, count), count, Usage.ABSENT);
        return counts;
    }

    /** How many events carried text. */
    int tokenEvents() {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += Carried.tokens(carried[i]) ? 1 : 0;
        }
        return found;
    }

    /** What the last event carried; nothing before the first. */
    int lastCarried() {
        return count == 0 ? 0 : carried[count - 1];
    }

    /** Forgets all events and keeps the room, so that a benchmark can fill it again. */
    void clear() {
        count = 0;
        carriedByAny = 0;
        Arrays.fill(serverNanos, RequestRecord.ABSENT);
        Arrays.fill(tokens, Usage.ABSENT);
    }
}
