package io.inferometer.endpoint.batch;

import java.time.Duration;
import java.util.Optional;

/** The endpoint did not do what it was asked; the message says why on one line, in the endpoint's own words where it has any. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1;

    /** The status of no response. */
    public static final int NO_RESPONSE = 0;

    private final int status;
    private final transient Optional<Duration> after;

    ControlException(String message, int status, Optional<Duration> after) {
        super(message);
        this.status = status;
        this.after = after;
    }

    /** The same, with other words. */
    public ControlException saying(String message) {
        return new ControlException(message, status, after);
    }

    /** The response's status; {@link #NO_RESPONSE} where the connection failed or broke. */
    public int status() {
        return status;
    }

    /** Whether the same may succeed later: nothing came, or the endpoint says it is busy or broken. */
    public boolean passing() {
        return status == NO_RESPONSE || status == 408 || status == 425 || status == 429 || status >= 500;
    }

    /** How long the endpoint wants to be left alone. */
    public Optional<Duration> after() {
        return after;
    }
}
