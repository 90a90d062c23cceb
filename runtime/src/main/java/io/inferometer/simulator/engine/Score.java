package io.inferometer.simulator.engine;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * When the events of one answer come. The arrays are the score's own and must not be changed.
 *
 * @param nanos the moments at which any do, since the request had been read, in their order; at least one
 * @param events how many come at each, at least 1
 */
public record Score(long[] nanos, int[] events) {
    private static final long NANOS_PER_MICRO = 1_000;

    public Score {
        if (nanos.length == 0 || nanos.length != events.length) {
            throw new IllegalArgumentException(nanos.length + " moments but " + events.length + " numbers of events");
        }
        for (int i = 0; i < nanos.length; i++) {
            if (nanos[i] < (i == 0 ? 0 : nanos[i - 1]) || events[i] < 1) {
                throw new IllegalArgumentException("moment " + i + " is before the last one, or without an event");
            }
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is no such text; the message is for the user
     */
    static Score parse(String text) {
        String[] moments = text.split(",", -1);
        long[] nanos = new long[moments.length];
        int[] events = new int[moments.length];
        try {
            long at = 0;
            for (int i = 0; i < moments.length; i++) {
                String[] both = moments[i].split("x", 2);
                at += Long.parseLong(both[0]) * NANOS_PER_MICRO;
                nanos[i] = at;
                events[i] = both.length == 1 ? 1 : Integer.parseInt(both[1]);
            }
            return new Score(nanos, events);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a score is microseconds from moment to moment, as in 50000,10000x4, not '" + text + "'", e);
        }
    }

    /** All its events. */
    public int eventCount() {
        return IntStream.of(events).sum();
    }

    /** From the first moment to the last. */
    public long spanNanos() {
        return nanos[nanos.length - 1] - nanos[0];
    }

    /** The same by its content, as records with arrays are not. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Score score && Arrays.equals(nanos, score.nanos) && Arrays.equals(events, score.events);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(nanos);
    }

    /** Microseconds from moment to moment, each with the number of events behind an {@code x} where it is not 1. */
    @Override
    public String toString() {
        return IntStream.range(0, nanos.length)
                .mapToObj(i -> (micros(i) - (i == 0 ? 0 : micros(i - 1))) + (events[i] == 1 ? "" : "x" + events[i]))
                .collect(Collectors.joining(","));
    }

    private long micros(int moment) {
        return nanos[moment] / NANOS_PER_MICRO;
    }
}
