package io.inferometer.judge.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which load is tried next: twice the last one until one misses the objective, then the middle, by ratio, between the highest
 * that met it and the lowest that missed it, until they are within the tolerance of each other. A load of which nothing could
 * be proven stays so; what is on its two sides is narrowed in its place, until there are {@value #MOST_UNDECIDED} of these.
 *
 * <p>Cf. Waeber, Frazier and Henderson, "Bisection Search with Noisy Responses", SIAM Journal on Control and Optimization 51
 * (2013): a noisy answer is asked for until it is significant. {@code SearchRuleTest} holds by simulation how often the bracket
 * holds the truth.
 *
 * @param from the lowest load, above 0
 * @param to the highest load
 * @param whole whether loads are whole numbers
 * @param tolerance how far apart the ends may be, as a ratio less 1
 */
public record SearchRule(double from, double to, boolean whole, double tolerance) {
    /** How many times a probe is looked at: after 1, 2, 4 and 8 times as long. */
    public static final int LOOKS = 4;

    /** How many windows a probe has to its first look, and each time that follows. */
    public static final int WINDOWS = 6;

    /** With so many loads undecided, others between the same ends would hardly be less so. */
    static final int MOST_UNDECIDED = 2;

    private static final MathContext DIGITS = new MathContext(4);

    /**
     * Checks that it is a range, and that the tolerance can be one.
     *
     * @param from as of the record
     * @param to as of the record
     * @param whole as of the record
     * @param tolerance as of the record
     */
    public SearchRule {
        if (!(from > 0) || !(to > from) || Double.isInfinite(to)) {
            throw new IllegalArgumentException("no range of loads: " + from + " to " + to);
        }
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("a tolerance is above 0, not " + tolerance);
        }
    }

    /**
     * {@return whether a probe is looked at after so many times of its windows}
     *
     * @param times from 1 on
     */
    public static boolean looks(int times) {
        return Integer.bitCount(times) == 1 || times >= mostTimes();
    }

    /** {@return how many times of its windows a probe has at most} */
    public static int mostTimes() {
        return 1 << LOOKS - 1;
    }

    /**
     * {@return the load that is tried next, once those have been; empty where that is all}
     *
     * @param tried in any order
     */
    public OptionalDouble next(List<Tried> tried) {
        if (tried.isEmpty()) {
            return OptionalDouble.of(from);
        }
        Bracket bracket = Bracket.of(tried);
        double highest = tried.stream().mapToDouble(Tried::load).max().orElseThrow();
        if (bracket.high().isEmpty() && highest < to) {
            return OptionalDouble.of(Math.min(to, 2 * highest));
        }
        if (bracket.low().isEmpty()) {
            return OptionalDouble.empty();
        }
        double low = bracket.low().getAsDouble();
        double[] undecided = tried.stream()
                .filter(one -> one.verdict() == ProbeVerdict.UNDECIDED && one.load() > low)
                .mapToDouble(Tried::load)
                .filter(load ->
                        bracket.high().isEmpty() || load < bracket.high().getAsDouble())
                .sorted()
                .toArray();
        if (undecided.length == 0) {
            return bracket.high().isEmpty()
                    ? OptionalDouble.empty()
                    : middle(low, bracket.high().getAsDouble());
        }
        if (undecided.length >= MOST_UNDECIDED) {
            return OptionalDouble.empty();
        }
        OptionalDouble below = middle(low, undecided[0]);
        double last = undecided[undecided.length - 1];
        OptionalDouble above = bracket.high().isEmpty()
                ? OptionalDouble.empty()
                : middle(last, bracket.high().getAsDouble());
        if (below.isEmpty() || above.isEmpty()) {
            return below.isPresent() ? below : above;
        }
        return undecided[0] / low >= bracket.high().getAsDouble() / last ? below : above;
    }

    /**
     * {@return whether the bracket is as narrow as it is to be}
     *
     * @param bracket of the loads that were tried
     */
    public boolean narrow(Bracket bracket) {
        return bracket.low().isPresent()
                && bracket.high().isPresent()
                && middle(bracket.low().getAsDouble(), bracket.high().getAsDouble())
                        .isEmpty();
    }

    /** The middle of two loads, to four digits; empty where they are close enough. */
    private OptionalDouble middle(double low, double high) {
        if (high <= low * (1 + tolerance)) {
            return OptionalDouble.empty();
        }
        double exact = Math.sqrt(low * high);
        double middle =
                whole ? Math.rint(exact) : new BigDecimal(exact).round(DIGITS).doubleValue();
        return middle > low && middle < high ? OptionalDouble.of(middle) : OptionalDouble.empty();
    }

    /**
     * {@return loads at which the share proves to rise with the load, as where caches are cold or replicas come up: the
     * bracket then says less than it seems to} The first two, the lower one first; empty where there are none.
     *
     * @param tried in any order
     */
    public static Optional<List<Tried>> rising(List<Tried> tried) {
        for (Tried lower : tried) {
            for (Tried higher : tried) {
                if (lower.load() < higher.load()
                        && lower.share().high() < higher.share().low()) {
                    return Optional.of(List.of(lower, higher));
                }
            }
        }
        return Optional.empty();
    }
}
