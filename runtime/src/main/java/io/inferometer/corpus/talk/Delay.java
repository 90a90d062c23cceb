package io.inferometer.corpus.talk;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a turn waits. A person or a tool reacts to the end of an answer; a clock that was recorded counts from the start
 * of the turn before.
 *
 * @param time at least 0
 * @param from what it is counted from; where the turn waits for other sessions too, from the last of these at the earliest
 */
public record Delay(Duration time, From from) {
    /** None at all. */
    public static final Delay NONE = new Delay(Duration.ZERO, From.ANSWER);

    /** What a delay is counted from. */
    public enum From {
        /** The end of the answer before; of a session's first turn, the end of the turn that started the session. */
        ANSWER,
        /** The moment at which the turn before was sent. */
        TURN
    }

    public Delay {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(from, "from");
        if (time.isNegative()) {
            throw new IllegalArgumentException("a delay can't be negative, and this is " + time);
        }
    }

    /** Counted from the end of the answer before. */
    public static Delay afterAnswer(Duration time) {
        return time.isZero() ? NONE : new Delay(time, From.ANSWER);
    }
}
