package io.inferometer.report.console;

import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.stats.dialect.Dialect;
import io.inferometer.stats.dialect.DialectSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The same run in other tools' words: a column for each beside ours. Told of a run as it happens. */
final class DialectTable implements Report {
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Dialect> dialects;
    private final Map<Integer, List<DialectSummary.Builder>> trials = new LinkedHashMap<>();
    private List<DialectSummary.Builder> current = List.of();

    /** A table of these dialects; none of no dialect. */
    DialectTable(List<Dialect> dialects) {
        this.dialects = List.copyOf(dialects);
    }

    @Override
    public void runStarted(RunHeader header) {
        trials.clear();
    }

    @Override
    public void trialStarted(TrialHeader trial) {
        current = dialects.stream().map(dialect -> new DialectSummary.Builder()).toList();
        trials.put(trial.index(), current);
    }

    @Override
    public void forkStarted(TrialHeader trial, int fork) {
        current = trials.get(trial.index());
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        if (record.warmup()) {
            return;
        }
        for (int i = 0; i < dialects.size(); i++) {
            current.get(i).add(record, dialects.get(i).request(record, metrics.tokens()));
        }
    }

    @Override
    public void iterationResumed(TrialHeader trial, boolean warmup, int iteration) {
        current.forEach(DialectSummary.Builder::iterationEnded);
    }

    @Override
    public void iterationEnded(IterationReport iteration) {
        current.forEach(DialectSummary.Builder::iterationEnded);
    }

    /** The lines of a run that was told, of its answers with text; none where there are no dialects. */
    List<String> lines(RunReport run, Page page) {
        if (dialects.isEmpty()) {
            return List.of();
        }
        TrialNames names = TrialNames.of(run.header());
        List<String> lines = new ArrayList<>();
        for (TrialReport trial :
                run.trials().stream().filter(one -> one.header().hasText()).toList()) {
            String label = names.label(trial.header());
            lines.add("");
            lines.add("In other tools' words" + (label.isEmpty() ? "" : " (" + label + ")") + ":");
            lines.addAll(page.table(table(trial)));
        }
        return lines;
    }

    private Table table(TrialReport trial) {
        Table table = new Table().left("Figure").right("here");
        dialects.forEach(dialect -> table.right(dialect.label()));
        List<DialectSummary> theirs = trials.get(trial.header().index()).stream()
                .map(DialectSummary.Builder::build)
                .toList();
        Summary ours = trial.summary();
        metric(table, "ttft", ours.metric(Metric.TTFT), theirs, DialectSummary::ttft);
        metric(table, "tpot", ours.metric(Metric.TPOT), theirs, DialectSummary::tpot);
        metric(table, "itl", ours.metric(Metric.ITL), theirs, DialectSummary::itl);
        metric(table, "e2el", ours.metric(Metric.E2EL), theirs, DialectSummary::e2el);
        row(
                table,
                "duration, s",
                Format.brief(ours.throughput().durationNanos() / NANOS_PER_SECOND),
                theirs,
                summary -> Format.brief(summary.durationNanos() / NANOS_PER_SECOND));
        row(
                table,
                "input tokens",
                Format.count(ours.tokens().input()),
                theirs,
                summary -> Format.count(summary.inputTokens()));
        row(
                table,
                "output tokens",
                Format.count(ours.tokens().output()),
                theirs,
                summary -> Format.count(summary.outputTokens()));
        row(
                table,
                "output tokens/s",
                Format.brief(ours.throughput().outputTokensPerSecond()),
                theirs,
                summary -> Format.brief(summary.perSecond(summary.outputTokens())));
        return table;
    }

    private static void metric(
            Table table,
            String name,
            Distribution ours,
            List<DialectSummary> theirs,
            Function<DialectSummary, Distribution> metric) {
        statistic(table, name + " mean, ms", ours, theirs, metric, Distribution::mean);
        statistic(table, name + " p50, ms", ours, theirs, metric, distribution -> distribution.percentile(50));
        statistic(table, name + " p99, ms", ours, theirs, metric, distribution -> distribution.percentile(99));
        table.gap();
    }

    private static void statistic(
            Table table,
            String name,
            Distribution ours,
            List<DialectSummary> theirs,
            Function<DialectSummary, Distribution> metric,
            Function<Distribution, Double> statistic) {
        row(
                table,
                name,
                Format.millis(statistic.apply(ours), 3),
                theirs,
                summary -> Format.millis(statistic.apply(metric.apply(summary)), 3));
    }

    private static void row(
            Table table, String name, String ours, List<DialectSummary> theirs, Function<DialectSummary, String> cell) {
        List<String> row = new ArrayList<>(List.of(name, ours));
        theirs.forEach(summary -> row.add(cell.apply(summary)));
        table.row(row);
    }
}
