package io.inferometer.workload;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What comes next in a session: exactly one of these. */
public sealed interface NextTurn {
    /**
     * {@return a request, which goes out as it is as soon as the time to think has passed; by default at once}
     *
     * @param request as it is sent, its history included
     */
    static Ask ask(InferenceRequest request) {
        return new Ask(request, ThinkTime.NONE, false, Optional.empty());
    }

    /**
     * {@return no request, but children, which begin at once} The session is asked again, for the same turn, where the
     * next turn is to wait for them when they have ended, and otherwise at once.
     *
     * @param children which sessions, and what waits for them
     */
    static Spawn spawn(Children children) {
        return new Spawn(children);
    }

    /**
     * {@return children that the session waits for, before it is asked again}
     *
     * @param children at least one
     */
    static Spawn spawn(Session... children) {
        return spawn(Children.of(children));
    }

    /**
     * {@return a wait for all children that have begun and were not waited for yet; the session is then asked again,
     * for the same turn}
     */
    static Join join() {
        return new Join();
    }

    /**
     * {@return the end of the session, which is over once its children are} Where it has had no turn it is none: the
     * iteration then begins no more, and ends with those that there were.
     */
    static End end() {
        return new End();
    }

    /**
     * A request.
     *
     * @param request as it is sent, its history included
     * @param thinkTime what passes between the end of the answer before, or the begin of the session, and the request; the
     *     making of it is within that, and what exceeds it is the client's
     * @param fromTurn whether the time counts from when the turn before was due, in place of the end of its answer
     * @param children sessions that begin beside it
     */
    record Ask(InferenceRequest request, ThinkTime thinkTime, boolean fromTurn, Optional<Children> children)
            implements NextTurn {
        /**
         * Checks what it is given.
         *
         * @param request as of the record
         * @param thinkTime as of the record
         * @param fromTurn as of the record
         * @param children as of the record
         */
        public Ask {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(thinkTime, "thinkTime");
            Objects.requireNonNull(children, "children");
        }

        /**
         * {@return the same after so much time}
         *
         * @param time not negative
         */
        public Ask thinkTime(Duration time) {
            return thinkTime(ThinkTime.fixed(time));
        }

        /**
         * {@return the same after a time that is drawn, by the run's seed, the session and the turn}
         *
         * @param law of the time
         */
        public Ask thinkTime(ThinkTime law) {
            return new Ask(request, law, fromTurn, children);
        }

        /**
         * {@return the same, its time to think counted from when the turn before was due: a clock that was recorded} It
         * is sent at once where that is over before the answer is.
         */
        public Ask sinceTurn() {
            return new Ask(request, thinkTime, true, children);
        }

        /**
         * {@return the same with children that begin beside it, at once; the next turn waits for them unless they say
         * otherwise}
         *
         * @param spawned which sessions, and what waits for them
         */
        public Ask spawn(Children spawned) {
            return new Ask(request, thinkTime, fromTurn, Optional.of(spawned));
        }

        /**
         * {@return the same with children that the next turn waits for}
         *
         * @param spawned at least one
         */
        public Ask spawn(Session... spawned) {
            return spawn(Children.of(spawned));
        }
    }

    /**
     * Children, and no request.
     *
     * @param children which sessions, and what waits for them
     */
    record Spawn(Children children) implements NextTurn {
        /**
         * Checks what it is given.
         *
         * @param children as of the record
         */
        public Spawn {
            Objects.requireNonNull(children, "children");
        }
    }

    /** A wait for children. */
    record Join() implements NextTurn {}

    /** The end of the session. */
    record End() implements NextTurn {}
}
