package io.inferometer.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts that a command line has for values; a value that can't be one is an {@link IllegalArgumentException}. */
final class OptionText {
    private OptionText() {}

    /** The name of a constant, the text of anything else. */
    static String text(Object value) {
        return value instanceof Enum<?> constant ? constant.name() : String.valueOf(value);
    }

    /** Values to sweep over, at least one. */
    static String swept(String what, Stream<String> values) {
        String text = values.collect(Collectors.joining(","));
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " needs a value");
        }
        return text;
    }

    static String atLeast(long least, String what, long value) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", not " + value);
        }
        return Long.toString(value);
    }

    static String aboveZero(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be above 0 and finite, not " + value);
        }
        return plain(value);
    }

    static String aboveZero(String what, Duration time) {
        if (time.isZero()) {
            throw new IllegalArgumentException(what + " must be above 0, not " + time);
        }
        return notNegative(what, time);
    }

    static String notNegative(String what, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + time);
        }
        return BigDecimal.valueOf(time.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
    }

    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
