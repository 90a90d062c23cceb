package io.inferometer.simulator;

/**
 * Decides when which tokens of which answer are due.
 *
 * <p>A function of virtual time: nanoseconds since an origin of the caller's, which never go back. It has no clock, no
 * thread and no I/O of its own. Not thread-safe.
 */
interface Model {
    /** The time of something that never happens. */
    long NEVER = Long.MAX_VALUE;

    /** Takes on an answer whose request had been read at {@code nowNanos}. */
    void submit(Generation generation, long nowNanos);

    /** Forgets an answer; nothing of it is due any more. Unknown ones are ignored. */
    void cancel(Generation generation);

    /** How many answers are not complete yet. */
    int running();

    /** When the next event is due, or {@link #NEVER}. */
    long nextNanos();

    /**
     * Takes the answer whose turn it is at {@code nowNanos}, with its events that are due by then, or null when nothing
     * is. Earlier events first.
     */
    Generation poll(long nowNanos);
}
