package io.inferometer.report;

import static io.inferometer.report.text.Format.brief;
import static io.inferometer.report.text.Format.count;
import static io.inferometer.report.text.Format.percent;

import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.member.MemberLoss;
import io.inferometer.report.member.MemberReport;
import io.inferometer.report.text.Format;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Finds what a reader of the numbers should know. */
public final class Flags {
    /** Answers of rows that are alike differ by no more than this share. */
    private static final double LENGTHS_ALIKE = 0.1;

    /** Shares of success of rows that are alike differ by no more than this. */
    private static final double SUCCESS_ALIKE = 0.01;

    /** The metrics whose number of values is looked at. */
    private static final List<Metric> SAMPLED = List.of(Metric.TTFT, Metric.TPOT, Metric.ITL, Metric.E2EL);

    private Flags() {}

    /**
     * {@return the flags of one trial that one client ran}
     *
     * @param header what is known of it beforehand
     * @param summary of all that was measured of it
     * @param iterations the measured ones, in their order
     * @param overhead what the client adds; empty where that is not known
     * @param shown the percentiles that are looked at
     */
    public static List<Flag> ofTrial(
            TrialHeader header,
            Summary summary,
            List<IterationReport> iterations,
            Optional<ClientOverhead> overhead,
            List<Double> shown) {
        return ofTrial(header, summary, iterations, overhead, List.of(), false, shown);
    }

    /**
     * The flags of one trial.
     *
     * @param members who shared its load; none where one client sent all of it
     * @param resumed whether an iteration was interrupted and gone on with
     * @param shown the percentiles that are looked at
     */
    static List<Flag> ofTrial(
            TrialHeader header,
            Summary summary,
            List<IterationReport> iterations,
            Optional<ClientOverhead> overhead,
            List<MemberReport> members,
            boolean resumed,
            List<Double> shown) {
        List<Flag> flags = new ArrayList<>();
        if (header.simulated()) {
            flags.add(
                    new Flag("simulated", "the endpoint is simulated: these are figures of a model, not of a machine"));
        }
        ClientFlags.add(iterations, overhead, summary, shown, flags);
        boolean heldBack = iterations.stream()
                .flatMap(iteration -> iteration.held().stream())
                .anyMatch(held -> held.byCap() > 0);
        List<MemberLoss> losses =
                members.stream().flatMap(member -> member.losses().stream()).toList();
        MemberFlags.add(header, losses, flags);
        LoadFlags.add(summary, heldBack, lateBy(!losses.isEmpty(), resumed), flags);
        LoadFlags.held(header.load(), iterations, summary, flags);
        connections(summary, flags);
        TokenFlags.add(summary, header.simulated(), flags);
        if (!summary.metric(Metric.ITL).exact()) {
            flags.add(new Flag(
                    "histogram",
                    "percentiles of itl are a histogram's, to 3 digits: there are "
                            + count(summary.tokens().gaps()) + " gaps"));
        }
        percentiles(summary, shown, flags);
        return flags;
    }

    private static String lateBy(boolean lost, boolean resumed) {
        if (lost) {
            return "a member was lost";
        }
        return resumed ? "an iteration was interrupted and gone on with" : "the client was late";
    }

    private static void connections(Summary summary, List<Flag> flags) {
        long cold = summary.connections().cold();
        if (cold == 0) {
            return;
        }
        Distribution connect = summary.metric(Metric.CONNECT);
        Distribution tls = summary.metric(Metric.TLS);
        String took = connect.isEmpty()
                ? ""
                : " (connect " + Format.millis(connect.percentile(50), 2) + " ms"
                        + (tls.isEmpty() ? "" : ", TLS " + Format.millis(tls.percentile(50), 2) + " ms") + " at p50)";
        flags.add(new Flag(
                "cold-connections",
                count(cold) + " of " + count(summary.connections().total(), "request")
                        + " had to wait for a connection of their own" + took
                        + ": ttft and e2el begin after that, times from schedule contain it"));
    }

    /** Which percentiles the metrics can't carry: one flag, with those of as many values together. */
    private static void percentiles(Summary summary, List<Double> shown, List<Flag> flags) {
        SortedMap<Long, List<String>> metrics = new TreeMap<>();
        for (Metric metric : SAMPLED) {
            Distribution distribution = summary.metric(metric);
            if (shown.stream().anyMatch(p -> lacking(distribution, p))) {
                metrics.computeIfAbsent(distribution.count(), n -> new ArrayList<>())
                        .add(metric.label());
            }
        }
        if (metrics.isEmpty()) {
            return;
        }
        // The fewest values lack each percentile that more of them lack.
        List<Double> lacking = uncarried(metrics.firstKey(), shown);
        String stand = metrics.entrySet().stream()
                .map(of -> list(uncarried(of.getKey(), shown), Percentiles::label) + " of "
                        + String.join(", ", of.getValue()) + " stand on " + count(of.getKey(), "value"))
                .collect(Collectors.joining(", "));
        flags.add(new Flag(
                "few-values",
                "* " + stand + ", and it takes " + list(lacking, p -> count(Percentiles.needed(p)))
                        + " to tell them from the "
                        + (lacking.get(0) < 50 ? "least and the greatest" : "greatest one")));
    }

    private static List<Double> uncarried(long values, List<Double> shown) {
        return shown.stream().filter(p -> !Percentiles.carried(values, p)).toList();
    }

    /** {@code p95, p99}. */
    static String list(List<Double> percentiles, Function<Double, String> text) {
        return percentiles.stream().map(text).collect(Collectors.joining(", "));
    }

    /**
     * {@return whether there are values, but not enough for this percentile}
     *
     * @param distribution the values
     * @param p a percentile, 99.9 for p99.9
     */
    public static boolean lacking(Distribution distribution, double p) {
        return !Double.isNaN(distribution.percentile(p)) && !distribution.carries(p);
    }

    /**
     * {@return the flags of the run as a whole, and of the trials beside each other} Rows of other parameters are meant to
     * differ, those of other loads not.
     *
     * @param header what is known of it beforehand
     * @param trials those that were measured
     */
    public static List<Flag> ofRun(RunHeader header, List<TrialReport> trials) {
        List<Flag> flags = new ArrayList<>();
        if (header.clients().stream().anyMatch(RunHeader.Client::insecure)) {
            flags.add(new Flag(
                    "insecure",
                    "certificates were not verified (--insecure): whoever answered may not have been the endpoint, and"
                            + " has seen the key"));
        }
        if (header.runner().definitions() < Summary.DEFINITIONS) {
            flags.add(new Flag(
                    "definitions",
                    "the journal was kept under version "
                            + header.runner().definitions()
                            + " of the metrics' definitions; its figures are computed anew, by version "
                            + Summary.DEFINITIONS));
        }
        String models =
                trials.stream().map(trial -> trial.header().model()).distinct().collect(Collectors.joining(", "));
        if (models.contains(", ")) {
            flags.add(new Flag("unlike-rows", "the rows are of different models: " + models));
        }
        Map<List<Object>, List<Summary>> sameWork = new LinkedHashMap<>();
        for (TrialReport trial : trials) {
            List<Object> work =
                    List.of(trial.header().workload(), trial.header().params());
            sameWork.computeIfAbsent(work, w -> new ArrayList<>()).add(trial.summary());
        }
        for (List<Summary> rows : sameWork.values()) {
            DoubleSummaryStatistics lengths = statistics(rows, Flags::meanOutput);
            if (lengths.getMax() > lengths.getMin() * (1 + LENGTHS_ALIKE)) {
                flags.add(new Flag(
                        "unlike-rows",
                        "answers are not equally long in all rows: " + brief(lengths.getMin()) + " to "
                                + brief(lengths.getMax()) + " tokens on average"));
            }
            DoubleSummaryStatistics success = statistics(rows, Flags::success);
            if (success.getMax() > success.getMin() + SUCCESS_ALIKE) {
                flags.add(new Flag(
                        "unlike-rows",
                        "not as many requests succeeded in each row: " + percent(success.getMin()) + " to "
                                + percent(success.getMax())));
            }
        }
        return flags;
    }

    private static DoubleSummaryStatistics statistics(List<Summary> rows, ToDoubleFunction<Summary> figure) {
        return rows.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .summaryStatistics();
    }

    private static double meanOutput(Summary summary) {
        long succeeded = summary.outcomes().succeeded();
        return succeeded == 0 ? Double.NaN : (double) summary.tokens().output() / succeeded;
    }

    private static double success(Summary summary) {
        long total = summary.outcomes().total();
        return total == 0 ? Double.NaN : (double) summary.outcomes().succeeded() / total;
    }
}
