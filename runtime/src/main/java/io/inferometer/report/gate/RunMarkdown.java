package io.inferometer.report.gate;

import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.stats.stage.StageSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A run's main figures as a table for a pull request's comment, a row for each trial; figures of few values are left out. */
public final class RunMarkdown {
    private static final List<Metric> METRICS = List.of(Metric.TTFT, Metric.TPOT, Metric.E2EL);
    private static final List<Double> PERCENTILES = List.of(50.0, 99.0);

    private static final double NANOS_PER_MILLI = 1e6;

    private RunMarkdown() {}

    /**
     * {@return the text}
     *
     * @param run as it was measured
     */
    public static String of(RunReport run) {
        List<String> columns = new ArrayList<>(List.of("Trial", "requests", "failed"));
        METRICS.forEach(metric -> columns.add(metric.label() + " p50 / p99 (ms)"));
        columns.add("output tokens/s");
        columns.add("Notes");
        TrialNames names = TrialNames.of(run.header());
        List<List<String>> rows =
                run.trials().stream().flatMap(trial -> rows(trial, names)).toList();
        String state =
                run.complete() ? "" : "The run is NOT complete: " + run.end().text() + "\n\n";
        return "### Inferometer\n\n" + state + Markdown.table(columns, rows);
    }

    /** The trial, and each of its stages below it. */
    private static Stream<List<String>> rows(TrialReport trial, TrialNames names) {
        String label = names.label(trial.header());
        String title = label.isEmpty()
                ? trial.header().workload() + ", " + Format.load(trial.header().load())
                : label;
        String notes =
                trial.flags().stream().map(flag -> flag.name()).distinct().collect(Collectors.joining(", "));
        return Stream.concat(
                Stream.of(row(title, trial.summary(), notes)),
                IntStream.range(0, trial.stages().size())
                        .mapToObj(i -> stage(i + 1, trial.stages().get(i))));
    }

    private static List<String> stage(int number, StageSummary stage) {
        String title = "stage " + number + ": " + Format.stage(stage.kind(), stage.stage()) + " for "
                + Format.setting(stage.stage().time()) + ", achieved " + Format.brief(stage.achieved());
        return row(title, stage.summary(), "");
    }

    private static List<String> row(String title, Summary summary, String notes) {
        boolean counted = summary.outcomes().total() > 0;
        List<String> cells = new ArrayList<>(List.of(
                title,
                counted ? Format.count(summary.outcomes().total()) : Format.ABSENT,
                counted ? Format.count(summary.outcomes().failed()) : Format.ABSENT));
        for (Metric metric : METRICS) {
            cells.add(PERCENTILES.stream()
                    .map(p -> summary.metric(metric).carries(p)
                            ? Format.brief(summary.metric(metric).percentile(p) / NANOS_PER_MILLI)
                            : Format.ABSENT)
                    .collect(Collectors.joining(" / ")));
        }
        cells.add(Format.brief(summary.throughput().outputTokensPerSecond()));
        cells.add(notes);
        return cells;
    }
}
