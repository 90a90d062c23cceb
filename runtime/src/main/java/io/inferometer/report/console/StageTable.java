package io.inferometer.report.console;

import io.inferometer.report.TrialReport;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.stats.stage.StageSummary;
import io.inferometer.workload.StagedLoad;
import java.util.List;

/** What the stages of a trial's load came to, a row for each. */
final class StageTable {
    private static final List<Metric> METRICS = List.of(Metric.TTFT, Metric.TPOT, Metric.E2EL);
    private static final List<Double> PERCENTILES = List.of(50.0, 99.0);

    private StageTable() {}

    static Table of(TrialReport trial, TrialColumns columns) {
        boolean rates = trial.stages().get(0).kind() == StagedLoad.Kind.RATE;
        Table table = columns.table()
                .left("Stage")
                .names()
                .right("asked")
                .right(rates ? "sent/s" : "in flight")
                .right("n")
                .right("failed");
        METRICS.forEach(metric -> table.right(metric.label() + " p50, ms").beside("p99"));
        int number = 1;
        for (StageSummary stage : trial.stages()) {
            Summary.Outcomes outcomes = stage.summary().outcomes();
            List<String> row = columns.cells(trial);
            row.add(number++ + ", " + Format.setting(stage.stage().time()));
            row.add(Format.stage(stage.kind(), stage.stage()));
            row.add(Format.brief(stage.achieved()));
            row.add(Format.count(outcomes.total()));
            row.add(Format.count(outcomes.failed()));
            for (Metric metric : METRICS) {
                Distribution distribution = stage.summary().metric(metric);
                PERCENTILES.forEach(p -> row.add(cell(distribution, p)));
            }
            table.row(row);
        }
        return table;
    }

    /** A percentile that the stage's requests can't carry is not told. */
    private static String cell(Distribution distribution, double p) {
        return distribution.carries(p) ? Format.brief(distribution.percentile(p) / 1e6) : Format.ABSENT;
    }
}
