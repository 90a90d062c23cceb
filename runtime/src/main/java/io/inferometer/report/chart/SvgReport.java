package io.inferometer.report.chart;

import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.ResultReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.compare.Comparison;
import java.io.IOException;
import java.util.List;

/** Throughput against interactivity as a drawing: a curve for each workload and choice of parameters. */
public final class SvgReport implements ResultReport {
    private final ResultFile result;
    private final boolean force;

    public SvgReport(ResultFile result, boolean force) {
        this.result = result;
        this.force = force;
    }

    @Override
    public ResultFile result() {
        return result;
    }

    @Override
    public void runEnded(RunReport report) throws IOException {
        Comparison.of(List.of(new Comparison.Source("", report))).write(result, force);
    }
}
