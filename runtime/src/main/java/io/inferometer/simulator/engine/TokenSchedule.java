package io.inferometer.simulator.engine;

/**
 * Decides when which tokens of which answer are due.
 *
 * <p>A function of virtual time: nanoseconds since an origin of the caller's, which never go back. It has no clock, no
 * thread and no I/O of its own. Not thread-safe.
 */
public interface TokenSchedule {
    /** The time of something that never happens. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Takes on an answer whose request had been read at {@code receivedNanos}. That may lie before the time of the last
     * poll; what has been polled stays as it is.
     */
    void submit(Generation generation, long receivedNanos);

    /** Forgets an answer; nothing of it is due any more. Unknown ones are ignored. */
    void cancel(Generation generation);

    /** How many answers are not complete yet. */
    int running();

    /** How many of them wait to be let in. */
    default int waiting() {
        return 0;
    }

    /** How full the memory for contexts is, 0 to 1. */
    default double cacheUsage() {
        return 0;
    }

    /** How often a request that had been let in was sent back to the queue, to make room for others. */
    default long preemptions() {
        return 0;
    }

    /**
     * What became of drafted tokens.
     *
     * @param drafts how often some were drafted
     * @param draftTokens how many
     * @param acceptedTokens how many of them were right
     */
    record Speculation(long drafts, long draftTokens, long acceptedTokens) {}

    /** What became of drafted tokens, none where nothing is drafted. */
    default Speculation speculation() {
        return new Speculation(0, 0, 0);
    }

    /** A time before which no event is due, and at which one may be, or {@link #NEVER}. */
    long nextNanos();

    /**
     * Takes the answer whose turn it is at {@code nowNanos}, with its events that are due by then, or null when nothing
     * is. Earlier events first.
     */
    Generation poll(long nowNanos);
}
