package io.inferometer.benchmarks.overhead;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param kind how the bound is meant
 * @param bound a value, or a multiple of the bare loop's
 */
record Goal(Kind kind, double bound) {
    private static final double LEAST_SHOWN = 0.001;

    /** How a bound is meant. */
    enum Kind {
        AT_MOST,
        AT_LEAST,
        OF_BARE
    }

    /** There is none. */
    static final Goal NONE = new Goal(Kind.AT_MOST, Double.NaN);

    static Goal atMost(double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    /** At most so many times what the bare loop has. */
    static Goal ofBare(double times) {
        return new Goal(Kind.OF_BARE, times);
    }

    /**
     * What is known of it: "met" or "missed" where all of the interval is on one side of the bound, else "open".
     *
     * @param judged the values, or their multiples of the bare loop's
     */
    String verdict(Sample judged) {
        return judged.interval()
                .map(interval -> {
                    boolean least = kind == Kind.AT_LEAST;
                    if (least ? interval.low() >= bound : interval.high() <= bound) {
                        return "met";
                    }
                    return (least ? interval.high() < bound : interval.low() > bound) ? "missed" : "open";
                })
                .orElse("open");
    }

    /** The bound, in a few words. */
    String words() {
        return (kind == Kind.AT_LEAST ? "≥ " : "≤ ") + number(bound) + (kind == Kind.OF_BARE ? " × bare" : "");
    }

    /** A number with about three digits. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size > 0 && size < LEAST_SHOWN / 2) {
            return (value > 0 ? "<" : ">-") + LEAST_SHOWN;
        }
        String form =
                size >= 1_000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        String text = String.format(Locale.ROOT, form, value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
