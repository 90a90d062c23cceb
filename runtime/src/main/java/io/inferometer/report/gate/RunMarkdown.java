package io.inferometer.report.gate;

import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A run's main figures as a table for a pull request's comment, a row for each trial; figures of few values are left out. */
public final class RunMarkdown {
    private static final List<Metric> METRICS = List.of(Metric.TTFT, Metric.TPOT, Metric.E2EL);
    private static final List<Double> PERCENTILES = List.of(50.0, 99.0);

    private RunMarkdown() {}

    /** The text. */
    public static String of(RunReport run) {
        List<String> columns = new ArrayList<>(List.of("Trial", "requests", "failed"));
        METRICS.forEach(metric -> columns.add(metric.label() + " p50 / p99 (ms)"));
        columns.add("output tokens/s");
        columns.add("Notes");
        TrialNames names = TrialNames.of(run.header());
        List<List<String>> rows =
                run.trials().stream().map(trial -> row(trial, names)).toList();
        String state =
                run.complete() ? "" : "The run is NOT complete: " + run.end().text() + "\n\n";
        return "### Inferometer\n\n" + state + Markdown.table(columns, rows);
    }

    private static List<String> row(TrialReport trial, TrialNames names) {
        Summary summary = trial.summary();
        String label = names.label(trial.header());
        boolean counted = summary.outcomes().total() > 0;
        List<String> cells = new ArrayList<>(List.of(
                label.isEmpty()
                        ? trial.header().workload() + ", "
                                + Format.load(trial.header().load())
                        : label,
                counted ? Format.count(summary.outcomes().total()) : Format.ABSENT,
                counted ? Format.count(summary.outcomes().failed()) : Format.ABSENT));
        for (Metric metric : METRICS) {
            cells.add(PERCENTILES.stream()
                    .map(p -> summary.metric(metric).carries(p) ? Format.brief(trial.millis(metric, p)) : Format.ABSENT)
                    .collect(Collectors.joining(" / ")));
        }
        cells.add(Format.brief(summary.throughput().outputTokensPerSecond()));
        cells.add(trial.flags().stream().map(flag -> flag.name()).distinct().collect(Collectors.joining(", ")));
        return cells;
    }
}
