package io.inferometer.load.session;

/** A workload said of a session what can't come next; its message says which one, what, and what to do. */
public final class TurnException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TurnException(String message) {
        super(message);
    }
}
