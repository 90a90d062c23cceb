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
    /** The frame is, or holds, an error that says something. */
    int ERROR = -2;

    /**
     * Reads one frame into the timeline.
     *
     * @param nanos when the read that completed the frame returned
     * @return the bits of {@link Carried}; or {@link #MALFORMED} or {@link #ERROR}, and then the timeline has no event
     */
    int scan(byte[] bytes, int from, int to, long nanos, RequestTimeline into);

    /** Reads an answer that came in one body into the timeline; gives what {@link #scan} gives. */
    int scanWhole(byte[] bytes, int from, int to, RequestTimeline into);
}
