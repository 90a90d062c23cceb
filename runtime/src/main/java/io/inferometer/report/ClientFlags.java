package io.inferometer.report;

import static io.inferometer.report.text.Format.count;
import static io.inferometer.report.text.Format.percent;

import io.inferometer.instrument.Verdict;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a reader should know of the client's own part of the numbers. */
public final class ClientFlags {
    /** A greater share of a latency that is the client's own is marked. */
    private static final double OVERHEAD_SHARE = 0.05;

    private ClientFlags() {}

    static void add(
            List<IterationReport> iterations,
            Optional<ClientOverhead> overhead,
            Summary summary,
            List<Double> shown,
            List<Flag> flags) {
        client(iterations, flags);
        overhead.ifPresent(known -> overhead(known, summary, shown, flags));
    }

    private static void client(List<IterationReport> iterations, List<Flag> flags) {
        List<IterationReport> suspect = iterations.stream()
                .filter(iteration -> iteration.suspect().isPresent())
                .toList();
        if (!suspect.isEmpty()) {
            Verdict.Suspect first = suspect.get(0).suspect().orElseThrow();
            String where = iterations.size() == 1
                    ? ""
                    : " in " + suspect.size() + " of " + count(iterations.size(), "iteration");
            flags.add(new Flag(
                    "client-suspect",
                    "the numbers may be the client's own" + where + ": " + first.text() + "; "
                            + first.reason().remedy()));
        }
    }

    /** One line for all metrics of which the client has too great a part. */
    private static void overhead(ClientOverhead overhead, Summary summary, List<Double> shown, List<Flag> flags) {
        List<String> marked = new ArrayList<>();
        for (Metric metric : ClientOverhead.METRICS) {
            List<Double> over = shown.stream()
                    .filter(p -> over(overhead, summary, metric, p))
                    .toList();
            if (!over.isEmpty()) {
                double most = over.stream()
                        .mapToDouble(p -> overhead.metric(metric).percentile(p)
                                / summary.metric(metric).percentile(p))
                        .max()
                        .orElseThrow();
                marked.add(Flags.list(over, Percentiles::label) + " of " + metric.label() + " (up to " + percent(most)
                        + ")");
            }
        }
        if (!marked.isEmpty()) {
            flags.add(new Flag(
                    "client-overhead",
                    "! the client's own part is more than " + percent(OVERHEAD_SHARE) + " of "
                            + String.join("; ", marked)
                            + ": try fewer streams per process, another transport, or JDK 25"));
        }
        List<Double> unknown = shown.stream()
                .filter(p -> overhead.metrics().values().stream().anyMatch(added -> Double.isNaN(added.percentile(p))))
                .toList();
        if (!unknown.isEmpty()) {
            flags.add(new Flag(
                    "client-unknown",
                    "the client's own part of " + Flags.list(unknown, Percentiles::label)
                            + " is not known: its replay kept what the run showed, and "
                            + Flags.list(Percentiles.STANDARD, Percentiles::label)));
        }
    }

    /**
     * {@return whether the client's own part of a percentile is greater than it may be}
     *
     * @param overhead what the client adds
     * @param summary what was measured
     * @param metric which one
     * @param p a percentile, 99.9 for p99.9
     */
    public static boolean over(ClientOverhead overhead, Summary summary, Metric metric, double p) {
        Distribution added = overhead.metric(metric);
        Distribution whole = summary.metric(metric);
        return added.carries(p) && whole.carries(p) && added.percentile(p) > OVERHEAD_SHARE * whole.percentile(p);
    }
}
