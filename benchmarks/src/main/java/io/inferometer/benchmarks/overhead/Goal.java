package io.inferometer.benchmarks.overhead;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param kind how the bound is meant
 * @param bound a value, or a multiple of the limit's
 */
record Goal(Kind kind, double bound) {
    /** How a bound is meant. */
    enum Kind {
        AT_MOST,
        AT_LEAST,
        OF_LIMIT
    }

    /** There is none. */
    static final Goal NONE = new Goal(Kind.AT_MOST, Double.NaN);

    static Goal atMost(double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    /** At most so many times what the limit takes. */
    static Goal ofLimit(double times) {
        return new Goal(Kind.OF_LIMIT, times);
    }

    /** Whether a value meets it, where the limit has the other one. */
    boolean met(double value, double limit) {
        return switch (kind) {
            case AT_MOST -> value <= bound;
            case AT_LEAST -> value >= bound;
            case OF_LIMIT -> value <= bound * limit;
        };
    }

    /** The goal and whether it was met; empty where there is no goal, or nothing to judge. */
    String told(double value, double limit) {
        if (Double.isNaN(bound) || Double.isNaN(value) || kind == Kind.OF_LIMIT && Double.isNaN(limit)) {
            return "";
        }
        String verdict = met(value, limit) ? "met" : "missed";
        return switch (kind) {
            case AT_MOST -> "≤ " + number(bound) + " " + verdict;
            case AT_LEAST -> "≥ " + number(bound) + " " + verdict;
            case OF_LIMIT -> "≤ " + number(bound) + " × limit " + verdict;
        };
    }

    /** A number with about three digits. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String form =
                size >= 1_000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        String text = String.format(Locale.ROOT, form, value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
