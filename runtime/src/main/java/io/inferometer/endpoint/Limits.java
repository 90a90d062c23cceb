package io.inferometer.endpoint;

import java.time.Duration;

/**
 * The bounds of one request; passing one is a failure of that request alone.
 *
 * @param timeoutNanos from the release of the request to its end
 * @param eventBytes the longest event of a stream
 * @param answerBytes the longest body of an answer that is not streamed
 * @param errorBytes how much of an error's body is kept; the rest is read and dropped
 */
public record Limits(long timeoutNanos, int eventBytes, int answerBytes, int errorBytes) {
    /** The given time limit, events of 16 MiB, answers of 64 MiB, and 64 KiB of an error. */
    public static Limits of(Duration timeout) {
        return new Limits(timeout.toNanos(), 16 << 20, 64 << 20, 64 << 10);
    }
}
