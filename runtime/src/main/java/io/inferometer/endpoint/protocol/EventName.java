package io.inferometer.endpoint.protocol;

/**
 * The name of the server-sent event at hand, by its {@code event} field: bytes that are written over by the next one's.
 * Empty where it has none. Used by one thread at a time.
 */
public final class EventName {
    /** Longer than any name that a protocol has; what is behind it is cut. */
    private static final int LONGEST = 96;

    private final byte[] bytes = new byte[LONGEST];
    private int length;

    void set(byte[] buffer, int from, int to) {
        length = Math.min(to - from, LONGEST);
        System.arraycopy(buffer, from, bytes, 0, length);
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
