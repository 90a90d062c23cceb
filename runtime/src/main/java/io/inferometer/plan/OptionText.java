package io.inferometer.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts that a command line has for values; a value that can't be one is an {@link IllegalArgumentException}. */
final class OptionText {
    private OptionText() {}

    /** The value itself, which must not be null. */
    static <T> T given(String what, T value) {
        if (value == null) {
            throw new IllegalArgumentException(what + " must not be null");
        }
        return value;
    }

    /** The name of a constant, the text of anything else. */
    static String text(String what, Object value) {
        return given(what, value) instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    /** A constant's name as a word: in lower case, with hyphens. */
    static String word(String what, Enum<?> constant) {
        return given(what, constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
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

    static String port(int port) {
        if (port < 1 || port > Plan.Live.HIGHEST_PORT) {
            throw new IllegalArgumentException("a port must be from 1 to 65535, not " + port);
        }
        return Integer.toString(port);
    }

    static String aboveZero(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be above 0 and finite, not " + value);
        }
        return plain(value);
    }

    static String percentile(double p) {
        if (!(p > 0 && p < 100)) {
            throw new IllegalArgumentException("a percentile must be above 0 and below 100, not " + p);
        }
        return plain(p);
    }

    static String aboveZero(String what, Duration time) {
        if (given(what, time).isZero()) {
            throw new IllegalArgumentException(what + " must be above 0, not " + time);
        }
        return notNegative(what, time);
    }

    static String notNegative(String what, Duration time) {
        if (given(what, time).isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + time);
        }
        return BigDecimal.valueOf(time.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
    }

    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
