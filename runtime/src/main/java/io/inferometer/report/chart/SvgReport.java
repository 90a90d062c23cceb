package io.inferometer.report.chart;

import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.RunReport;
import io.inferometer.report.compare.Comparison;
import io.inferometer.report.file.Replacement;
import io.inferometer.report.file.ResultReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Throughput against interactivity as a drawing: a curve for each workload and choice of parameters. */
public final class SvgReport implements ResultReport {
    private final ResultFile result;
    private final boolean force;

    /** @param force whether a file that exists is replaced */
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
        draw(Comparison.of(List.of(new Comparison.Source("", report))));
    }

    /** Draws runs beside each other. */
    public void draw(Comparison comparison) throws IOException {
        Replacement.write(result.path(), new CurveChart(comparison).svg().getBytes(StandardCharsets.UTF_8), force);
    }
}
