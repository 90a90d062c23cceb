package io.inferometer.endpoint.protocol;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestTimeline;

/**
 * Reads the frames of one response, in the protocol that it is made for, into the request's timeline. It allocates nothing
 * for a frame that is laid out like the one before. Used by one thread at a time.
 */
public interface FrameScanner {
    /** The frame is no JSON object. */
    int MALFORMED = -1;
    /**
     * The frame is, or holds, an error: a field {@code error} that says something, at the top or in a choice, an {@code object}
     * or a {@code type} that is "error", or the end of an answer that failed.
     */
    int ERROR = -2;

    /** How a stream ended that has ended. */
    enum Ending {
        /** As streams of the protocol do. */
        WELL,
        /** It said why the answer ended, and lacks the last event of its protocol. */
        WITHOUT_LAST,
        /** In the middle. */
        BROKEN
    }

    /**
     * Reads one frame into the timeline.
     *
     * @param nanos when the read that completed the frame returned
     * @return the bits of {@link Carried}; or {@link #MALFORMED} or {@link #ERROR}, and then the timeline has no event
     */
    int scan(byte[] bytes, int from, int to, long nanos, RequestTimeline into);

    /** Reads an answer that came in one body into the timeline; gives what {@link #scan} gives. */
    int scanWhole(byte[] bytes, int from, int to, RequestTimeline into);

    /** Where the name of each server-sent event stands while it is scanned. */
    default void names(EventName current) {}

    /**
     * Whether a malformed frame is tolerated, as it may be something of its own.
     *
     * @param named whether its server-sent event has a name
     */
    default boolean tolerates(boolean named) {
        return named;
    }

    /** Whether the protocol's own last event has come. */
    default boolean over() {
        return false;
    }

    /**
     * How the stream ended.
     *
     * @param done whether it said {@code [DONE]}
     */
    Ending ending(RequestTimeline into, boolean done);

    /** What is said of a stream no event of which is of this protocol; empty for any other. */
    default String foreign(RequestTimeline into) {
        return "";
    }

    /**
     * What an answer in one body lacks that is well formed; empty if nothing.
     *
     * @param carried what {@link #scanWhole} gave
     */
    default String lack(int carried, RequestTimeline into) {
        return Carried.tokens(carried) ? "" : "no text in the answer";
    }
}
