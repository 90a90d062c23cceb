package io.inferometer.harness.search;

import io.inferometer.annotations.Setting;
import io.inferometer.judge.Figure;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import io.inferometer.report.search.SearchAim;
import io.inferometer.report.search.SearchAsked;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of a search: {@code SearchOptions.rate(1, 64, Options.of("Hello").slo(limits).build())}.
 *
 * @param options its workload, its objective, its endpoint and its files; they have no load
 * @param axis what is searched
 * @param from the lowest load, above 0
 * @param to the highest load
 * @param attainment the share of requests that must meet the objective, above 0 and below 1
 * @param most the rate whose knee is searched in place of the objective
 * @param tolerance how far apart the ends of the bracket may be, as a ratio less 1: 0.05 for 5 %
 */
public record SearchOptions(
        Options options,
        SearchAsked.Axis axis,
        double from,
        double to,
        double attainment,
        Optional<Figure> most,
        double tolerance) {
    private static final double ATTAINMENT = 0.99;
    private static final double TOLERANCE = 0.05;
    private static final double LEAST_TOLERANCE = 0.005;

    private static final Pattern RANGE =
            Pattern.compile("\\s*([^.\\s](?:[^.]|\\.(?!\\.))*?)\\s*\\.\\.\\s*(\\S.*?)\\s*");

    /**
     * Checks that it is a range, and that its ends fit what is searched.
     *
     * @param options as of the record, not null
     * @param axis as of the record
     * @param from as of the record
     * @param to as of the record
     * @param attainment as of the record
     * @param most as of the record
     * @param tolerance as of the record
     */
    public SearchOptions {
        Objects.requireNonNull(options, "options");
        String option = Options.name(axis == SearchAsked.Axis.RATE ? Setting.RATE : Setting.CONCURRENCY);
        String range = option + ' ' + plain(from) + ".." + plain(to);
        if (!(from > 0) || Double.isInfinite(from) || !(to > 0) || Double.isInfinite(to)) {
            throw new UsageException(
                    range + ": a search begins above 0 and has an end; give it as " + option + " 1..64");
        }
        if (axis == SearchAsked.Axis.CONCURRENCY && (from != Math.rint(from) || to != Math.rint(to))) {
            throw new UsageException(range + ": slots are whole numbers");
        }
        if (axis == SearchAsked.Axis.CONCURRENCY && to > Integer.MAX_VALUE) {
            throw new UsageException(range + ": there are no more than " + Integer.MAX_VALUE + " slots");
        }
        if (from >= to) {
            throw new UsageException(range + ": a range goes from its lower end to its upper one; give " + option + ' '
                    + (from > to ? plain(to) + ".." + plain(from) : plain(from) + ".." + plain(2 * from)));
        }
        if (!(attainment > 0 && attainment < 1)) {
            throw new UsageException(
                    "--attainment is a share above 0% and below 100%, such as 99%: that all requests of a"
                            + " load meet an objective can't be proven");
        }
        if (!(tolerance >= LEAST_TOLERANCE && tolerance <= 1)) {
            throw new UsageException("--tolerance is from 0.5% to 100%, such as 5%");
        }
    }

    /**
     * {@return a search for the rate of an open loop, in requests per second, that 99 % of requests bear, to 5 %}
     *
     * @param from the lowest rate, above 0
     * @param to the highest rate
     * @param options of {@code run}, with an objective and without a load
     */
    public static SearchOptions rate(double from, double to, Options options) {
        return new SearchOptions(options, SearchAsked.Axis.RATE, from, to, ATTAINMENT, Optional.empty(), TOLERANCE);
    }

    /**
     * {@return the same for the slots of a closed loop}
     *
     * @param from the fewest slots, 1 or more
     * @param to the most slots
     * @param options as of {@link #rate}
     */
    public static SearchOptions concurrency(int from, int to, Options options) {
        return new SearchOptions(
                options, SearchAsked.Axis.CONCURRENCY, from, to, ATTAINMENT, Optional.empty(), TOLERANCE);
    }

    /**
     * {@return a search of a range that an option gives, {@code 1..64}}
     *
     * @param axis what is searched
     * @param text two numbers with two dots between them
     * @param options as of {@link #rate}
     * @throws UsageException if it is none
     */
    public static SearchOptions range(SearchAsked.Axis axis, String text, Options options) {
        String option = Options.name(axis == SearchAsked.Axis.RATE ? Setting.RATE : Setting.CONCURRENCY);
        Matcher range = RANGE.matcher(text);
        try {
            if (range.matches()) {
                return new SearchOptions(
                        options,
                        axis,
                        Double.parseDouble(range.group(1)),
                        Double.parseDouble(range.group(2)),
                        ATTAINMENT,
                        Optional.empty(),
                        TOLERANCE);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new UsageException(option + ' ' + text + " is no range of loads; give it as " + option + " 1..64");
    }

    /**
     * {@return the same with another share of requests that must meet the objective, above 0 and below 1}
     *
     * @param share 0.99 for 99 % of requests
     */
    public SearchOptions attainment(double share) {
        return new SearchOptions(options, axis, from, to, share, most, tolerance);
    }

    /**
     * {@return the same for the least load at which a rate is as great as any, but for the tolerance, in place of an
     * objective}
     *
     * @param rate {@code outputTokensPerSecond}, {@code inputTokensPerSecond} or {@code requestsPerSecond}
     * @throws UsageException if it is none of these
     */
    public SearchOptions max(String rate) {
        if (!SearchAim.RATES.contains(rate)) {
            throw new UsageException("--max " + rate
                    + " is no rate that grows with the load: give outputTokensPerSecond, inputTokensPerSecond or"
                    + " requestsPerSecond");
        }
        return new SearchOptions(options, axis, from, to, attainment, Optional.of(Figure.of(rate)), tolerance);
    }

    /**
     * {@return the same with another tolerance, as a ratio less 1}
     *
     * @param ratio 0.05 for 5 %
     */
    public SearchOptions tolerance(double ratio) {
        return new SearchOptions(options, axis, from, to, attainment, most, ratio);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
