package io.inferometer.harness.trial;

/** The harness, or the workload's own code, failed. The message says how, on one line, and what to do. */
public sealed class HarnessException extends Exception permits PreFlightException {
    private static final long serialVersionUID = 1L;

    /** A failure without an exception behind it. */
    public HarnessException(String message) {
        super(message);
    }

    /** A failure and what caused it. */
    public HarnessException(String message, Throwable cause) {
        super(message, cause);
    }
}
