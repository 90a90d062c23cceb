package io.inferometer.plan;

/** What was asked for can't be done; the message is one line that says what, where, and what to do. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the line that the user reads. */
    public UsageException(String message) {
        super(message);
    }

    /** With the line that the user reads, and what showed that it can't be done. */
    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
