package io.inferometer.record;

/**
 * What was to pass ahead of a turn, in nanoseconds, as whoever asks it said, and as the client then wanted it.
 *
 * @param declaredNanos what was to pass; {@link #ABSENT} ahead of a session's first turn, and where requests stand alone
 * @param wantedNanos from the same moment to when the turn was due: more than was declared where the answer, or the sessions,
 *     that it had to wait for were not over by then
 */
public record Pause(long declaredNanos, long wantedNanos) {
    /** None is known. */
    public static final long ABSENT = -1;

    /** Nothing was to pass. */
    public static final Pause NONE = new Pause(ABSENT, ABSENT);

    /** {@return whether any is known} */
    public boolean isKnown() {
        return declaredNanos != ABSENT;
    }

    /**
     * {@return what passed until a request was sent that was due at a time}
     *
     * @param scheduledNanos when it was due
     * @param sentNanos when it was sent, on the same clock
     */
    public long deliveredNanos(long scheduledNanos, long sentNanos) {
        return wantedNanos + sentNanos - scheduledNanos;
    }
}
