package io.inferometer.workload;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What comes next in a session: exactly one of these. */
public sealed interface NextTurn {
    /** A request, which goes out as it is as soon as the time to think has passed; by default at once. */
    static Ask ask(InferenceRequest request) {
        return new Ask(request, ThinkTime.NONE, false, Optional.empty());
    }

    /**
     * No request, but children, which begin at once. The session is asked again, for the same turn, where the next turn is
     * to wait for them when they have ended, and otherwise at once.
     */
    static Spawn spawn(Children children) {
        return new Spawn(children);
    }

    /** Children that the session waits for, before it is asked again. */
    static Spawn spawn(Session... children) {
        return spawn(Children.of(children));
    }

    /** Waits for all children that have begun and were not waited for yet; the session is then asked again, for the same turn. */
    static Join join() {
        return new Join();
    }

    /**
     * The session is over, once its children are. Where it has had no turn it is none: the iteration then begins no more,
     * and ends with those that there were.
     */
    static End end() {
        return new End();
    }

    /**
     * A request.
     *
     * @param thinkTime what passes between the end of the answer before, or the begin of the session, and the request; the
     *     making of it is within that, and what exceeds it is the client's
     * @param fromTurn whether the time counts from when the turn before was due, in place of the end of its answer
     * @param children sessions that begin beside it
     */
    record Ask(InferenceRequest request, ThinkTime thinkTime, boolean fromTurn, Optional<Children> children)
            implements NextTurn {
        public Ask {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(thinkTime, "thinkTime");
            Objects.requireNonNull(children, "children");
        }

        /** The same after so much time. */
        public Ask thinkTime(Duration time) {
            return thinkTime(ThinkTime.fixed(time));
        }

        /** The same after a time that is drawn, by the run's seed, the session and the turn. */
        public Ask thinkTime(ThinkTime law) {
            return new Ask(request, law, fromTurn, children);
        }

        /**
         * The same, its time to think counted from when the turn before was due: a clock that was recorded. It is sent at once
         * where that is over before the answer is.
         */
        public Ask sinceTurn() {
            return new Ask(request, thinkTime, true, children);
        }

        /** The same with children that begin beside it, at once; the next turn waits for them unless they say otherwise. */
        public Ask spawn(Children spawned) {
            return new Ask(request, thinkTime, fromTurn, Optional.of(spawned));
        }

        /** The same with children that the next turn waits for. */
        public Ask spawn(Session... spawned) {
            return spawn(Children.of(spawned));
        }
    }

    /** Children, and no request. */
    record Spawn(Children children) implements NextTurn {
        public Spawn {
            Objects.requireNonNull(children, "children");
        }
    }

    /** A wait for children. */
    record Join() implements NextTurn {}

    /** The end of the session. */
    record End() implements NextTurn {}
}
