package io.inferometer.plan;

/** What was asked for can't be done; the message is one line that says what, where, and what to do. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Tells the user why it can't be done.
     *
     * @param message the line that he reads
     */
    public UsageException(String message) {
        super(message);
    }

    /**
     * Tells the user why it can't be done, and what showed it.
     *
     * @param message the line that he reads
     * @param cause told under {@code -v EXTRA} alone
     */
    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
