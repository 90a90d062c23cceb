package io.inferometer.report.console;

import io.inferometer.judge.Figure;
import io.inferometer.report.Flags;
import io.inferometer.report.IterationReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Batches;
import io.inferometer.stats.interval.Interval;
import io.inferometer.stats.interval.Intervals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** How far figures would be from these in another run: a table of intervals; nothing where there can be none. */
final class ClosingIntervals {
    private static final Set<Metric> CLIENTS_OWN =
            EnumSet.of(Metric.CLIENT_DISPATCH, Metric.SCHEDULE_DELAY, Metric.CONNECT, Metric.TLS);
    private static final String UNCARRIED = "*";
    private static final double NANOS_PER_MILLI = 1e6;

    private final RunReport run;
    private final Page page;
    private final TrialColumns columns;

    ClosingIntervals(RunReport run, Page page) {
        this.run = run;
        this.page = page;
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
            lines.addAll(page.wrapped("", title));
            lines.addAll(page.table(table(trials)));
            if (trials.stream().anyMatch(this::anyUncarried)) {
                lines.addAll(page.wrapped(
                        "  " + UNCARRIED + " ",
                        "an iteration has too few values to tell this percentile from its greatest one: the interval is"
                                + " of what so few values show"));
            }
        });
        return lines;
    }

    private static String title(Intervals intervals) {
        String over = intervals.basis() == Intervals.Basis.FORKS
                ? "the means of " + intervals.count() + " forks"
                : intervals.count() + " iterations, this JVM only";
        String joined = intervals.basis() == Intervals.Basis.ITERATIONS && intervals.count() >= Batches.FEWEST
                ? ", joined as far as they depend on each other"
                : "";
        return Format.plain(Interval.LEVEL * 100) + " % intervals, Student's t over " + over + joined
                + "; each figure is computed for each iteration, and percentiles are averaged by their logarithms:";
    }

    private Table table(List<TrialReport> trials) {
        Table table = columns.table().left("Metric").names();
        run.header().percentiles().forEach(p -> table.right(Percentiles.label(p)));
        table.right("mean");
        for (Metric metric : Metric.values()) {
            for (TrialReport trial : trials) {
                if (!CLIENTS_OWN.contains(metric) && LatencyTable.shown(trial, metric)) {
                    latencies(table, trial, metric);
                }
            }
        }
        for (TrialReport trial : trials) {
            rates(table, trial);
        }
        return table;
    }

    private void latencies(Table table, TrialReport trial, Metric metric) {
        DoubleFunction<String> millis = nanos -> Format.brief(nanos / NANOS_PER_MILLI);
        List<String> row = columns.cells(trial);
        row.add(metric.label() + ", ms");
        for (double p : run.header().percentiles()) {
            String mark = uncarried(trial, metric, p) ? UNCARRIED : " ";
            row.add(cell(
                            interval(
                                    trial,
                                    Interval.Scale.LOG,
                                    summary -> summary.metric(metric).percentile(p)),
                            millis)
                    + mark);
        }
        row.add(cell(
                interval(
                        trial,
                        Interval.Scale.LINEAR,
                        summary -> summary.metric(metric).mean()),
                millis));
        table.row(row);
    }

    private void rates(Table table, TrialReport trial) {
        rate(table, trial, "requests", of -> of.throughput().requestsPerSecond());
        rate(
                table,
                trial,
                "goodput",
                of -> of.goodput().map(Summary.Goodput::perSecond).orElse(Double.NaN));
        rate(table, trial, "items", of -> of.throughput().itemsPerSecond());
        rate(table, trial, "output tokens", of -> of.throughput().outputTokensPerSecond());
        rate(table, trial, "  steady", of -> of.throughput().steadyOutputTokensPerSecond());
        rate(table, trial, "  peak", of -> of.throughput().peakOutputTokensPerSecond());
        rate(table, trial, "input tokens", of -> of.throughput().inputTokensPerSecond());
        for (String share : List.of("goodput", "failures")) {
            Figure figure = Figure.of(share);
            if (trial.forks().stream()
                    .flatMap(List::stream)
                    .mapToDouble(figure.value())
                    .anyMatch(value -> value > 0)) {
                row(table, trial, share, cell(figure.interval(trial.forks()), of -> Format.brief(of * 100)), "%");
            }
        }
    }

    /** A row of what every iteration may have; none where none has. */
    private void rate(Table table, TrialReport trial, String name, ToDoubleFunction<Summary> perSecond) {
        Optional<Interval> interval = interval(trial, Interval.Scale.LINEAR, perSecond);
        if (interval.isPresent()) {
            row(table, trial, name, cell(interval, Format::brief), "1/s");
        }
    }

    private void row(Table table, TrialReport trial, String name, String cell, String unit) {
        List<String> row = columns.cells(trial);
        row.add(name + ", " + unit);
        row.addAll(Collections.nCopies(run.header().percentiles().size(), ""));
        row.add(cell);
        table.row(row);
    }

    private static Optional<Interval> interval(
            TrialReport trial, Interval.Scale scale, ToDoubleFunction<Summary> statistic) {
        return trial.intervals().flatMap(intervals -> intervals.of(scale, statistic));
    }

    /** {@code 51.2 to 52.4}. */
    private static String cell(Optional<Interval> interval, DoubleFunction<String> number) {
        return interval.map(of -> number.apply(of.low()) + " to " + number.apply(of.high()))
                .orElse(Format.ABSENT);
    }

    private boolean anyUncarried(TrialReport trial) {
        return List.of(Metric.values()).stream()
                .filter(metric -> !CLIENTS_OWN.contains(metric) && LatencyTable.shown(trial, metric))
                .anyMatch(metric -> run.header().percentiles().stream().anyMatch(p -> uncarried(trial, metric, p)));
    }

    /** Whether any iteration has values, but not enough for this percentile. */
    private static boolean uncarried(TrialReport trial, Metric metric, double p) {
        return trial.iterations().stream().filter(IterationReport::complete).anyMatch(iteration -> {
            Distribution distribution = iteration.summary().metric(metric);
            return Flags.lacking(distribution, p);
        });
    }
}
