package io.inferometer.stats;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Exact percentiles with linear interpolation between the two nearest values: numpy's {@code linear} method, type 7 of
 * Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
 */
public final class Percentiles {
    /** The percentiles that every distribution has, ascending. */
    public static final List<Double> STANDARD = List.of(1.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9);

    private static final Pattern LABEL = Pattern.compile("p[0-9]{1,3}(\\.[0-9]{1,20})?");

    /** Allows for the rounding of 1 − p/100. */
    private static final double ROUNDING = 1e-9;

    private Percentiles() {}

    /**
     * {@return the p-th percentile of sorted values: with h = (n−1)·p/100, the value at ⌊h⌋ and as much of the way to the
     * next one as h is beyond ⌊h⌋}
     *
     * @param sorted ascending, at least one; may end in positive infinities
     * @param p 0 to 100
     */
    public static double linear(double[] sorted, double p) {
        return linear(sorted.length, i -> sorted[(int) i], p);
    }

    /** The same of {@code count} values that are read by their rank, from 0. */
    static double linear(long count, LongToDoubleFunction byRank, double p) {
        if (!(p >= 0 && p <= 100)) {
            throw new IllegalArgumentException("a percentile is from 0 to 100, not " + p);
        }
        if (count < 1) {
            throw new IllegalArgumentException("no values");
        }
        double h = (count - 1) * p / 100;
        long below = (long) h;
        double fraction = h - below;
        double low = byRank.applyAsDouble(below);
        if (fraction == 0) {
            return low;
        }
        double high = byRank.applyAsDouble(below + 1);
        if (high == Double.POSITIVE_INFINITY) {
            return high;
        }
        return low + (high - low) * fraction;
    }

    /** The ranks of {@code count} values between which percentiles lie, ascending; the last may be none of a value. */
    static List<Long> ranks(List<Double> percentiles, long count) {
        return percentiles.stream()
                .map(p -> (long) ((count - 1) * p / 100))
                .flatMap(below -> Stream.of(below, below + 1))
                .sorted()
                .distinct()
                .toList();
    }

    /**
     * {@return whether {@code count} values can carry the p-th percentile: there have to be 1 / (1 − p/100) of them, so that
     * at least one is expected beyond it} Below the median the same holds from the other end.
     *
     * @param count how many values there are
     * @param p a percentile, 99.9 for p99.9
     */
    public static boolean carried(long count, double p) {
        return count >= needed(p);
    }

    /**
     * {@return the least number of values that can carry the p-th percentile}
     *
     * @param p a percentile, 99.9 for p99.9
     */
    public static long needed(double p) {
        double beyond = 1 - Math.max(p, 100 - p) / 100;
        return beyond <= 0 ? 1 : (long) Math.ceil(1 / beyond - ROUNDING);
    }

    /** The {@link #STANDARD} percentiles and those that are shown, ascending. */
    static List<Double> with(List<Double> shown) {
        return Stream.concat(STANDARD.stream(), shown.stream())
                .sorted()
                .distinct()
                .toList();
    }

    /** Percentiles of {@code count} values that are read by their rank; none of no values. */
    static NavigableMap<Double, Double> linear(List<Double> percentiles, long count, LongToDoubleFunction byRank) {
        return count == 0 ? Collections.emptyNavigableMap() : ofEach(percentiles, p -> linear(count, byRank, p));
    }

    /** What a function gives for each of some percentiles. */
    static NavigableMap<Double, Double> ofEach(List<Double> percentiles, DoubleUnaryOperator value) {
        NavigableMap<Double, Double> values = new TreeMap<>();
        percentiles.forEach(p -> values.put(p, value.applyAsDouble(p)));
        return Collections.unmodifiableNavigableMap(values);
    }

    /** The percentile of such a {@link #label}; empty if the text is none. */
    static Optional<Double> ofLabel(String text) {
        return LABEL.matcher(text).matches() ? Optional.of(Double.valueOf(text.substring(1))) : Optional.empty();
    }

    /**
     * {@return the label of a percentile in reports: {@code p50}, {@code p99.9}}
     *
     * @param p a percentile, 99.9 for p99.9
     */
    public static String label(double p) {
        return "p" + BigDecimal.valueOf(p).stripTrailingZeros().toPlainString();
    }
}
