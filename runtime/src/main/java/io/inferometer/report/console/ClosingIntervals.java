package io.inferometer.report.console;

import io.inferometer.report.Flags;
import io.inferometer.report.IterationReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Interval;
import io.inferometer.stats.interval.Intervals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** How far figures would be from these in another run: a table of intervals; nothing where there can be none. */
final class ClosingIntervals {
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0);
    private static final Set<Metric> CLIENTS_OWN =
            EnumSet.of(Metric.CLIENT_DISPATCH, Metric.SCHEDULE_DELAY, Metric.CONNECT, Metric.TLS);
    private static final String UNCARRIED = "*";

    private final RunReport run;
    private final TrialColumns columns;

    ClosingIntervals(RunReport run) {
        this.run = run;
        columns = new TrialColumns(run);
    }

    /** A table for the trials whose intervals stand on the same, beneath what they stand on. */
    List<String> lines() {
        Map<String, List<TrialReport>> groups = new LinkedHashMap<>();
        for (TrialReport trial : run.trials()) {
            trial.intervals()
                    .ifPresent(intervals -> groups.computeIfAbsent(title(intervals), title -> new ArrayList<>())
                            .add(trial));
        }
        List<String> lines = new ArrayList<>();
        groups.forEach((title, trials) -> {
            lines.add("");
            lines.add(title);
            lines.addAll(Page.fitting(named -> table(named, trials)));
            if (trials.stream().anyMatch(ClosingIntervals::anyUncarried)) {
                lines.addAll(Page.wrapped(
                        "  " + UNCARRIED + " ",
                        "an iteration has too few values to tell this percentile from its greatest one: the interval is"
                                + " of what so few values show"));
            }
        });
        return lines;
    }

    private static String title(Intervals intervals) {
        String level = Format.plain(Interval.LEVEL * 100) + " % intervals, Student's t over ";
        return intervals.basis() == Intervals.Basis.FORKS
                ? level + "the means of " + intervals.count() + " forks; each figure is computed for each iteration:"
                : level + intervals.count() + " iterations, this JVM only; each figure is computed for each iteration:";
    }

    private Table table(boolean named, List<TrialReport> trials) {
        Table table = columns.table(named).left("Metric");
        PERCENTILES.forEach(p -> table.right(Percentiles.label(p)));
        table.right("mean").left("Units");
        for (Metric metric : Metric.values()) {
            for (TrialReport trial : trials) {
                if (!CLIENTS_OWN.contains(metric) && LatencyTable.shown(trial, metric)) {
                    latencies(table, named, trial, metric);
                }
            }
        }
        for (TrialReport trial : trials) {
            rate(
                    table,
                    named,
                    trial,
                    "requests",
                    summary -> summary.throughput().requestsPerSecond());
            if (trial.header().hasText()) {
                rate(
                        table,
                        named,
                        trial,
                        "output tokens",
                        summary -> summary.throughput().outputTokensPerSecond());
            } else {
                rate(
                        table,
                        named,
                        trial,
                        "items",
                        summary -> summary.throughput().itemsPerSecond());
            }
        }
        return table;
    }

    private void latencies(Table table, boolean named, TrialReport trial, Metric metric) {
        int decimals = trial.summary().metric(metric).percentile(50) < 1e6 ? 3 : 2;
        DoubleFunction<String> millis = nanos -> Format.millis(nanos, decimals);
        List<String> row = columns.cells(named, trial);
        row.add(metric.label());
        for (double p : PERCENTILES) {
            String mark = uncarried(trial, metric, p) ? UNCARRIED : " ";
            row.add(cell(trial, summary -> summary.metric(metric).percentile(p), millis) + mark);
        }
        row.add(cell(trial, summary -> summary.metric(metric).mean(), millis));
        row.add("ms");
        table.row(row);
    }

    private void rate(Table table, boolean named, TrialReport trial, String name, ToDoubleFunction<Summary> perSecond) {
        List<String> row = columns.cells(named, trial);
        row.add(name);
        row.addAll(Collections.nCopies(PERCENTILES.size(), ""));
        row.add(cell(trial, perSecond, Format::brief));
        row.add("1/s");
        table.row(row);
    }

    private static String cell(TrialReport trial, ToDoubleFunction<Summary> statistic, DoubleFunction<String> number) {
        return trial.intervals()
                .flatMap(intervals -> intervals.of(statistic))
                .map(interval -> number.apply(interval.center()) + " +/- " + number.apply(interval.halfWidth()))
                .orElse(Format.ABSENT);
    }

    private static boolean anyUncarried(TrialReport trial) {
        return List.of(Metric.values()).stream()
                .filter(metric -> !CLIENTS_OWN.contains(metric) && LatencyTable.shown(trial, metric))
                .anyMatch(metric -> PERCENTILES.stream().anyMatch(p -> uncarried(trial, metric, p)));
    }

    /** Whether any iteration has values, but not enough for this percentile. */
    private static boolean uncarried(TrialReport trial, Metric metric, double p) {
        return trial.iterations().stream().filter(IterationReport::complete).anyMatch(iteration -> {
            Distribution distribution = iteration.summary().metric(metric);
            return Flags.lacking(distribution, p);
        });
    }
}
