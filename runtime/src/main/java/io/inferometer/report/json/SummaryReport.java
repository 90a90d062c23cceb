package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import java.io.IOException;
import java.util.List;

/** Percentiles of ttft, tpot, itl and e2el in seconds, nested; a file for each trial. */
public record SummaryReport(Destination destination) implements ResultReport {
    private static final List<Metric> METRICS = List.of(Metric.TTFT, Metric.TPOT, Metric.ITL, Metric.E2EL);
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0);

    @Override
    public void runEnded(RunReport report) throws IOException {
        for (TrialReport trial : report.trials()) {
            destination.write(trial.header(), ResultJson.bytes(json(report, trial)));
        }
    }

    private static ObjectNode json(RunReport report, TrialReport trial) {
        Summary summary = trial.summary();
        ObjectNode node = ResultJson.object();
        for (Metric metric : trial.header().hasText() ? METRICS : List.of(Metric.E2EL)) {
            Distribution distribution = summary.metric(metric);
            ObjectNode percentiles = node.putObject(metric.label());
            PERCENTILES.forEach(
                    p -> percentiles.set(Percentiles.label(p), ResultJson.seconds(distribution.percentile(p))));
        }
        node.putObject("requests")
                .put("total", summary.outcomes().total())
                .put("succeeded", summary.outcomes().succeeded())
                .put("failed", summary.outcomes().failed())
                .put("cancelled", summary.outcomes().cancelled());
        if (trial.watched()) {
            node.put("client", trial.suspect().isPresent() ? "suspect" : "ok");
        }
        trial.overhead().ifPresent(overhead -> {
            ObjectNode added = node.putObject("clientOverhead");
            overhead.metrics().forEach((metric, distribution) -> {
                ObjectNode percentiles = added.putObject(metric.label());
                PERCENTILES.forEach(
                        p -> percentiles.set(Percentiles.label(p), ResultJson.seconds(distribution.percentile(p))));
            });
        });
        return node.put("simulated", trial.header().simulated()).put("complete", report.complete());
    }
}
