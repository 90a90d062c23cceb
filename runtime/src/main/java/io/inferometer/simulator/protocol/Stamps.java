package io.inferometer.simulator.protocol;

/** The members by which every answer tells when it was sent, so that a client can tell its own share in a latency. */
public final class Stamps {
    private static final int MICRO = 1_000;

    /**
     * The member of each event's JSON object, and of a whole answer's, that holds {@link #nanoTime} of the server's process
     * directly before the write. Only differences of such values mean anything. It comes first in the object.
     */
    public static final String SENT_NANOS = "sent_nanos";

    /**
     * The member of a stream's first event, and of a whole answer, that holds {@link #nanoTime} of the server's process when
     * the request had been read to its end. It follows {@link #SENT_NANOS}.
     */
    public static final String RECEIVED_NANOS = "received_nanos";

    private Stamps() {}

    /**
     * {@return {@link System#nanoTime} down to whole microseconds, the clock of stamps} A journal keeps a stamp of each event, and
     * three digits less of it; what a client is said to add to a time may be off by less than a microsecond for it.
     */
    public static long nanoTime() {
        long now = System.nanoTime();
        return now - Math.floorMod(now, MICRO);
    }

    /** Both of them, for a whole answer. */
    public static String of(long sentNanos, long receivedNanos) {
        return "\"" + SENT_NANOS + "\":" + sentNanos + ",\"" + RECEIVED_NANOS + "\":" + receivedNanos;
    }
}
