package io.inferometer.report.console;

import io.inferometer.report.ClientFlags;
import io.inferometer.report.Flags;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.AllPercentiles;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;
import java.util.List;
import java.util.Optional;

/** The latencies of each trial, metric by metric, with what of them is the client's own and what failed. */
final class LatencyTable {
    private static final String UNCARRIED = "*";
    private static final String OVER = "!";

    private final RunReport run;
    private final TrialColumns columns;

    LatencyTable(RunReport run) {
        this.run = run;
        columns = new TrialColumns(run);
    }

    Table table() {
        Table table = columns.table().left("Metric, ms").names().right("n");
        run.header().percentiles().forEach(p -> table.right(Percentiles.label(p)));
        table.right("mean");
        boolean first = true;
        for (Metric metric : Metric.values()) {
            List<TrialReport> trials =
                    run.trials().stream().filter(trial -> shown(trial, metric)).toList();
            if (!trials.isEmpty() && !first && run.trials().size() > 1) {
                table.gap();
            }
            for (TrialReport trial : trials) {
                latencyRows(table, trial, metric);
                first = false;
            }
        }
        return table;
    }

    /** Visible text gets rows only where it is not what came first; e2el also where there is nothing to print. */
    static boolean shown(TrialReport trial, Metric metric) {
        Distribution distribution = trial.summary().metric(metric);
        if (metric == Metric.TTFVT) {
            Distribution ttft = trial.summary().metric(Metric.TTFT);
            return !distribution.isEmpty()
                    && (distribution.count() != ttft.count() || distribution.mean() != ttft.mean());
        }
        return !distribution.isEmpty() || metric == Metric.E2EL;
    }

    private void latencyRows(Table table, TrialReport trial, Metric metric) {
        Summary summary = trial.summary();
        Distribution distribution = summary.metric(metric);
        Optional<AllPercentiles> all = Optional.ofNullable(summary.all().get(metric));
        int decimals = distribution.percentile(50) < 1e6 ? 3 : 2;
        List<String> row = columns.cells(trial);
        row.add(label(metric, trial.header().load()));
        boolean partOfAll = metric == Metric.TPOT && summary.outcomes().cancelled() > 0;
        long of = partOfAll
                ? summary.outcomes().total()
                : all.map(AllPercentiles::count).orElse(distribution.count());
        row.add((distribution.count() == Distribution.UNTOLD ? Format.ABSENT : Format.count(distribution.count()))
                + (all.isPresent() || partOfAll ? "/" + Format.count(of) : ""));
        for (double p : run.header().percentiles()) {
            row.add(cell(distribution.percentile(p), decimals, Flags.lacking(distribution, p)));
        }
        row.add(cell(distribution.mean(), decimals, false));
        table.row(row);
        trial.overhead().ifPresent(overhead -> overheadRow(table, trial, metric));
        all.ifPresent(known -> table.row(allRow(columns.cells(trial), summary.outcomes(), known)));
    }

    /** The row of all requests below that of those that succeeded. */
    private List<String> allRow(List<String> row, Summary.Outcomes outcomes, AllPercentiles all) {
        row.add(outcomes.failed() > 0 ? "  +failed" : "  +cut off");
        row.add(Format.count(all.count()));
        for (double p : run.header().percentiles()) {
            double nanos = all.percentile(p);
            boolean beyond = nanos == Double.POSITIVE_INFINITY && all.beyond() < nanos;
            row.add(
                    beyond
                            ? "> " + Format.millis(all.beyond(), 0) + "     "
                            : cell(nanos, all.percentile(50) < 1e6 ? 3 : 2, !Percentiles.carried(all.count(), p)));
        }
        row.add("");
        return row;
    }

    /** What of the row above is the client's own, as far as that is known. */
    private void overheadRow(Table table, TrialReport trial, Metric metric) {
        ClientOverhead overhead = trial.overhead().orElseThrow();
        Distribution added = overhead.metric(metric);
        if (added.isEmpty()) {
            return;
        }
        List<String> row = columns.cells(trial);
        row.add("  client");
        row.add(Format.count(added.count()));
        for (double p : run.header().percentiles()) {
            boolean over = ClientFlags.over(overhead, trial.summary(), metric, p);
            String cell = cell(added.percentile(p), 3, Flags.lacking(added, p));
            row.add(over ? cell.stripTrailing() + OVER : cell);
        }
        row.add(cell(added.mean(), 3, false));
        table.row(row);
    }

    /** A number in ms with its point where those of 3 decimals have it, and a mark if the sample can't carry it. */
    private static String cell(double nanos, int decimals, boolean uncarried) {
        if (nanos == Double.POSITIVE_INFINITY) {
            return "> timeout ";
        }
        return Format.millis(nanos, decimals) + " ".repeat(3 - decimals) + (uncarried ? UNCARRIED : " ");
    }

    private static String label(Metric metric, Load load) {
        return metric == Metric.SCHEDULE_DELAY && load.closed() ? "turnaround" : metric.label();
    }

    /** When each kind of text began; of answers that have several. */
    Table channels() {
        Table table = columns.table().left("Channel").names().right("events").right("answers");
        run.header().percentiles().forEach(p -> table.right("first " + Percentiles.label(p) + ", ms"));
        for (TrialReport trial : run.trials()) {
            trial.summary().channels().forEach((channel, came) -> {
                List<String> row = columns.cells(trial);
                row.add(channel.label());
                row.add(Format.count(came.events()));
                row.add(Format.count(came.answers()));
                for (double p : run.header().percentiles()) {
                    row.add(cell(came.firstNanos().percentile(p), 2, Flags.lacking(came.firstNanos(), p)));
                }
                table.row(row);
            });
        }
        return table;
    }
}
