package io.inferometer.report.console;

import io.inferometer.record.Outcome;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What came of requests that were all sent at once, in a few lines for each trial; nothing where there was another load. */
final class ClosingBatches {
    private final RunReport run;
    private final Page page;
    private final TrialNames names;

    ClosingBatches(RunReport run, Page page) {
        this.run = run;
        this.page = page;
        names = TrialNames.of(run.header());
    }

    /** An empty line, then the summary, for each trial. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (TrialReport trial : run.trials()) {
            trial.summary().completion().ifPresent(completion -> {
                String label = names.label(trial.header());
                lines.add("");
                lines.add("All at once" + (label.isEmpty() ? "" : " (" + label + ")") + ":");
                batch(trial, completion, lines);
            });
        }
        return lines;
    }

    private void batch(TrialReport trial, Summary.Completion completion, List<String> lines) {
        Summary summary = trial.summary();
        Summary.Throughput throughput = summary.throughput();
        line("  requests   ", statuses(summary.outcomes()), lines);
        line(
                "  launch     ",
                Format.briefMillis(throughput.launchSkewNanos()) + " from the first request on the wire to the last",
                lines);
        line("  makespan   ", Format.seconds(throughput.durationNanos()) + done(completion), lines);
        line(
                "  tokens     ",
                Format.count(summary.tokens().input()) + " of prompts, "
                        + Format.brief(throughput.inputTokensPerSecond()) + "/s"
                        + (trial.header().hasText()
                                ? "; " + Format.count(summary.tokens().output()) + " of completions, "
                                        + Format.brief(throughput.outputTokensPerSecond()) + "/s"
                                : ""),
                lines);
        Distribution latency = summary.metric(Metric.E2EL);
        if (!latency.isEmpty()) {
            line(
                    "  latency    ",
                    DoubleStream.of(50, 90, 99)
                                    .mapToObj(p -> "p" + (int) p + " " + Format.briefMillis(latency.percentile(p)))
                                    .collect(Collectors.joining(", "))
                            + " of the " + Format.count(latency.count()) + " successful",
                    lines);
            line(
                    "  slowest    ",
                    completion.slowest().stream()
                            .map(slow -> Format.briefMillis(slow.e2elNanos()) + " (index " + slow.index() + ")")
                            .collect(Collectors.joining(", ")),
                    lines);
        }
    }

    private void line(String name, String text, List<String> lines) {
        lines.addAll(page.wrapped(name, text));
    }

    private static String statuses(Summary.Outcomes outcomes) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome == Outcome.SUCCESS || outcomes.of(outcome) > 0)
                .map(outcome -> Format.count(outcomes.of(outcome)) + " " + outcome.label())
                .collect(Collectors.joining(", "));
    }

    private static String done(Summary.Completion completion) {
        return "; done: "
                + completion.doneNanos().entrySet().stream()
                        .map(done -> Format.plain(done.getKey()) + " % after " + Format.seconds(done.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
