package io.inferometer.record;

import java.util.Locale;
import java.util.Objects;

/**
 * What became of one session, its children included. The journal holds one of these a line, behind those of its requests.
 *
 * @param trial the trial's number in the run, from 0
 * @param fork the fork it ran in, from 0
 * @param warmup whether it belongs to a warm-up iteration
 * @param iteration the iteration within the warm-up or the measurement, from 0
 * @param session its number, that of its requests' {@link Place}
 * @param attempt which sending of it this was, from 0
 * @param how how it ended
 * @param turns how many requests of it ended
 * @param failedTurns how many of these failed
 * @param children how many sessions began within it
 * @param startNanos when the load wanted it to start, in nanoseconds since the start of the run
 * @param endNanos when the last of its requests ended; it is the start where none did
 * @param thinkNanos how long the session itself, apart from its children, was to think in all
 */
public record SessionRecord(
        int trial,
        int fork,
        boolean warmup,
        int iteration,
        long session,
        int attempt,
        Ended how,
        int turns,
        int failedTurns,
        int children,
        long startNanos,
        long endNanos,
        long thinkNanos) {
    /** How a session ended. */
    public enum Ended {
        /** It, and all its children, said that they were over, and no turn of them had failed. */
        COMPLETED,
        /** A turn of it, or of a child, failed, and ended it, or was skipped. */
        FAILED,
        /** It was not over when the iteration was, or had all the turns that a session may have. */
        CUT;

        /** {@return its word in files} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * {@return the one that has a word}
         *
         * @param label as {@link #label} has it
         */
        public static Ended ofLabel(String label) {
            for (Ended one : values()) {
                if (one.label().equals(label)) {
                    return one;
                }
            }
            throw new IllegalArgumentException("a session can't end as " + label);
        }
    }

    /**
     * Checks that it is said how it ended.
     *
     * @param trial as of the record
     * @param fork as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     * @param session as of the record
     * @param attempt as of the record
     * @param how as of the record, not null
     * @param turns as of the record
     * @param failedTurns as of the record
     * @param children as of the record
     * @param startNanos as of the record
     * @param endNanos as of the record
     * @param thinkNanos as of the record
     */
    public SessionRecord {
        Objects.requireNonNull(how, "how");
    }

    /** {@return how long it took without what it was to think, in nanoseconds} */
    public long inSystemNanos() {
        return endNanos - startNanos - thinkNanos;
    }

    /**
     * {@return the same in another fork, later, and behind the sessions of other members}
     *
     * @param otherFork the fork it then belongs to
     * @param nanos what is added to its times
     * @param sessions what is added to its number
     */
    public SessionRecord moved(int otherFork, long nanos, long sessions) {
        return new SessionRecord(
                trial,
                otherFork,
                warmup,
                iteration,
                session + sessions,
                attempt,
                how,
                turns,
                failedTurns,
                children,
                startNanos + nanos,
                endNanos + nanos,
                thinkNanos);
    }
}
