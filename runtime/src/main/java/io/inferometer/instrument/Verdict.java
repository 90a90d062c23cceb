package io.inferometer.instrument;

import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;

/**
 * Whether the numbers of an iteration are the endpoint's, or may be the client's own. {@link VerdictLimits} holds what a
 * client may be like at the most, and why.
 */
public sealed interface Verdict {
    /** How late the timer may be at p99, in milliseconds. */
    double HICCUP_MILLIS = VerdictLimits.HICCUP_MILLIS;

    /** How much of all processors may be in use. */
    double MACHINE_SHARE = VerdictLimits.MACHINE_SHARE;

    /** Nothing that the client did shows in the numbers. */
    record Ok() implements Verdict {}

    /**
     * The client may be in the numbers.
     *
     * @param reason what is wrong
     * @param figure how it was, in the reason's unit
     * @param limit how it may be at the most, in the same
     * @param who the thread, or whatever else the figure is about; empty where the reason says it all
     * @param member the member of the run that it is about; empty where that is no single one
     */
    record Suspect(Reason reason, double figure, double limit, String who, String member) implements Verdict {
        /**
         * Of a client that is alone.
         *
         * @param reason as of the record
         * @param figure as of the record
         * @param limit as of the record
         * @param who as of the record
         */
        public Suspect(Reason reason, double figure, double limit, String who) {
            this(reason, figure, limit, who, "");
        }

        /** The same of a member. */
        Suspect of(String name) {
            return new Suspect(reason, figure, limit, who, name);
        }

        /**
         * {@return what was wrong, with its figure and limit: {@code garbage collection took 7.2 % of the time (limit 1 %)}}
         */
        public String text() {
            return (member.isEmpty() ? "" : member + ": ") + reason.text(figure, who) + " (limit "
                    + reason.figure(limit) + ")";
        }
    }

    /**
     * {@return the verdict on an iteration}
     *
     * @param health of the client during it
     * @param summary what was measured in it
     * @param load what it was under
     */
    static Verdict of(Health health, Summary summary, Load load) {
        return new VerdictLimits(health, summary, load).exceeded();
    }
}
