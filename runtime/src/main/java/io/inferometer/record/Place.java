package io.inferometer.record;

import java.util.Objects;

/**
 * Where in its load a request stands: at which stage, in which session, as which turn, and in whose part of it.
 *
 * <p>A session is a number, which counts the sessions of a trial's measured, or of its warm-up, iterations from 0 on: so it
 * is the same in every run, and needs no name. Those that begin within another one, its children, have the number of the
 * one that they belong to, and a branch. A session of a file has its own name beside it.
 *
 * @param stage the stage of the load, from 0; {@link #ABSENT} where it has none
 * @param session the session's number; {@link #ABSENT} where requests stand alone
 * @param attempt which sending of the session this is, from 0: one that was cut off with its run is sent again from its
 *     first turn on
 * @param branch which of the session's children it is: {@code 2.0} is the first that began behind two turns of it,
 *     {@code 2.0/0.1} one of that; empty for the session itself
 * @param turn the turn within the session, or within the child, from 0; {@link #ABSENT} where requests stand alone
 * @param name what the session, or the child, is called where it comes from; empty where it has no name
 * @param pause what was to pass ahead of the turn
 * @param member whose part of the load it is, from 0; {@link #ABSENT} where one client sends all of it
 */
public record Place(
        int stage, long session, int attempt, String branch, int turn, String name, Pause pause, int member) {
    /** Not known, or none. */
    public static final int ABSENT = -1;

    /** A request that stands alone, in a load without stages. */
    public static final Place NONE = new Place(ABSENT, ABSENT, 0, "", ABSENT, "");

    /**
     * Checks that nothing is missing.
     *
     * @param stage as of the record
     * @param session as of the record
     * @param attempt as of the record
     * @param branch as of the record, not null
     * @param turn as of the record
     * @param name as of the record, not null
     * @param pause as of the record, not null
     * @param member as of the record
     */
    public Place {
        Objects.requireNonNull(branch, "branch");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pause, "pause");
    }

    /**
     * A turn of which no pause is known.
     *
     * @param stage as of the record
     * @param session as of the record
     * @param attempt as of the record
     * @param branch as of the record
     * @param turn as of the record
     * @param name as of the record
     */
    public Place(int stage, long session, int attempt, String branch, int turn, String name) {
        this(stage, session, attempt, branch, turn, name, Pause.NONE, ABSENT);
    }

    /**
     * {@return the same behind a pause}
     *
     * @param other what was to pass ahead of it
     */
    public Place after(Pause other) {
        return new Place(stage, session, attempt, branch, turn, name, other, member);
    }

    /**
     * {@return a request that stands alone at a stage}
     *
     * @param stage from 0
     */
    public static Place ofStage(int stage) {
        return NONE.atStage(stage);
    }

    /**
     * {@return a turn of a session without children, in a load without stages}
     *
     * @param session from 0
     * @param turn from 0
     */
    public static Place ofTurn(long session, int turn) {
        return new Place(ABSENT, session, 0, "", turn, "");
    }

    /**
     * {@return the same at a stage}
     *
     * @param number from 0
     */
    public Place atStage(int number) {
        return new Place(number, session, attempt, branch, turn, name, pause, member);
    }

    /**
     * {@return the same in a member's part of its load}
     *
     * @param number from 0
     */
    public Place ofMember(int number) {
        return new Place(stage, session, attempt, branch, turn, name, pause, number);
    }

    /** {@return whether it is a turn of a session} */
    public boolean inSession() {
        return session != ABSENT;
    }

    /** The same behind the sessions of other members. */
    Place behind(long sessions) {
        return inSession() && sessions != 0
                ? new Place(stage, session + sessions, attempt, branch, turn, name, pause, member)
                : this;
    }
}
