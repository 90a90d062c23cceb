package io.inferometer.endpoint;

import java.time.Duration;

/**
 * The bounds of one request; passing one is a failure of that request alone.
 *
 * @param timeoutNanos from the release of the request to its end
 * @param eventBytes the longest event, or line, of a stream
 * @param events the most events of a stream
 * @param answerBytes the longest body of an answer that is not streamed, and the longest text of one that is
 * @param errorBytes how much of an error's body is kept; the request ends when there is more
 */
public record RequestBounds(long timeoutNanos, int eventBytes, int events, int answerBytes, int errorBytes) {
    /** The given time limit, a million events of 16 MiB, answers of 64 MiB, and 64 KiB of an error. */
    public static RequestBounds of(Duration timeout) {
        return new RequestBounds(timeout.toNanos(), 16 << 20, 1 << 20, 64 << 20, 64 << 10);
    }

    /** The same with another time limit. */
    public RequestBounds within(Duration timeout) {
        return new RequestBounds(timeout.toNanos(), eventBytes, events, answerBytes, errorBytes);
    }
}
