package io.inferometer.endpoint.protocol;

import java.util.Arrays;

/**
 * The last event that was walked through, and where in it the values stood that were taken.
 *
 * <p>The events of a stream differ in little but those values. An event whose other bytes are the same, one by one, has the
 * same keys in the same places and is as well formed: what is between the values can be compared instead of read, which
 * the JVM does with vector instructions. Each value is found by the rule by which the walk found it, so an event that fits
 * gives what walking through it would have given. Used by one thread at a time.
 */
final class EventLayout {
    private static final int MOST_VALUES = 8;
    private static final int LONGEST_EVENT = 4_096;

    private byte[] event = new byte[0];
    private int length;
    private boolean known;
    private int carried;

    private int count;
    private final EventValue[] kinds = new EventValue[MOST_VALUES];
    /** Where the values stand in the remembered event. */
    private final int[] froms = new int[MOST_VALUES];

    private final int[] tos = new int[MOST_VALUES];
    /** Where they stand in the event that fitted last. */
    private final int[] foundFroms = new int[MOST_VALUES];

    private final int[] foundTos = new int[MOST_VALUES];

    /** Forgets the last event: another is about to be walked through. */
    void forget() {
        known = false;
        count = 0;
    }

    /** A value that the walk takes, from {@code from} to before {@code to}; in the order in which they stand. */
    void value(EventValue kind, int from, int to) {
        if (count < MOST_VALUES) {
            kinds[count] = kind;
            froms[count] = from;
            tos[count] = to;
        }
        count++;
    }

    /** The walk is over, and the event was well formed; {@code bits} is what it carried. */
    void remember(byte[] bytes, int from, int to, int bits) {
        if (count > MOST_VALUES || to - from > LONGEST_EVENT) {
            return;
        }
        length = to - from;
        if (event.length < length) {
            event = new byte[length + length / 8];
        }
        System.arraycopy(bytes, from, event, 0, length);
        for (int i = 0; i < count; i++) {
            froms[i] -= from;
            tos[i] -= from;
        }
        carried = bits;
        known = true;
    }

    /** Whether the event in {@code bytes} differs from the remembered one in nothing but its values. */
    boolean fits(byte[] bytes, int from, int to) {
        if (!known) {
            return false;
        }
        int at = from;
        int same = 0;
        for (int i = 0; i < count; i++) {
            int next = at + froms[i] - same;
            if (next >= to || !Arrays.equals(bytes, at, next, event, same, froms[i])) {
                return false;
            }
            at = kinds[i].end(bytes, next, to);
            if (at == next) {
                return false;
            }
            foundFroms[i] = next;
            foundTos[i] = at;
            same = tos[i];
        }
        return Arrays.equals(bytes, at, to, event, same, length);
    }

    /** What an event that fits carries: the bits of {@link io.inferometer.record.Carried}. */
    int carried() {
        return carried;
    }

    /** How many values there are. */
    int count() {
        return count;
    }

    /** What a value is. */
    EventValue kind(int value) {
        return kinds[value];
    }

    /** Where a value of the event that fitted begins. */
    int from(int value) {
        return foundFroms[value];
    }

    /** Where it ends. */
    int to(int value) {
        return foundTos[value];
    }
}
