package io.inferometer.workload;

import java.util.List;

/**
 * Sessions that begin within another one, at the same time, each with a history of its own. They belong to it: it is over
 * when they are too.
 *
 * @param sessions at least one
 * @param joinAt the turn of the one that they belong to, from 0, that waits for them; {@link #NEXT} or {@link #NEVER}
 */
public record Children(List<Session> sessions, int joinAt) {
    /** The next turn waits for them. */
    public static final int NEXT = -1;

    /** No turn waits for them, unless it is told to {@linkplain NextTurn#join join}. */
    public static final int NEVER = Integer.MAX_VALUE;

    /**
     * Copies what it is given, and checks it.
     *
     * @param sessions copied
     * @param joinAt as of the record
     */
    public Children {
        sessions = List.copyOf(sessions);
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("a join on nobody: children are at least one session");
        }
        if (joinAt < NEXT) {
            throw new IllegalArgumentException("children are joined at turn 0 or later, not at " + joinAt);
        }
    }

    /**
     * {@return children that the next turn waits for}
     *
     * @param sessions at least one
     */
    public static Children of(Session... sessions) {
        return of(List.of(sessions));
    }

    /**
     * {@return children that the next turn waits for}
     *
     * @param sessions at least one
     */
    public static Children of(List<? extends Session> sessions) {
        return new Children(List.copyOf(sessions), NEXT);
    }

    /**
     * {@return the same, waited for by another turn, which has not begun yet}
     *
     * @param turn counted from 0
     */
    public Children joinAt(int turn) {
        return new Children(sessions, turn);
    }

    /** {@return the same, waited for by no turn} */
    public Children background() {
        return new Children(sessions, NEVER);
    }
}
