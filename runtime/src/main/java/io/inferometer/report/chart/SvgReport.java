package io.inferometer.report.chart;

import io.inferometer.report.RunReport;
import io.inferometer.report.compare.Comparison;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Throughput against interactivity as a drawing: a curve for each workload and choice of parameters. */
public record SvgReport(Destination destination) implements ResultReport {
    @Override
    public void runEnded(RunReport report) throws IOException {
        draw(Comparison.of(List.of(new Comparison.Source("", report))));
    }

    /** Draws runs beside each other. */
    public void draw(Comparison comparison) throws IOException {
        destination.write(new CurveChart(comparison).svg().getBytes(StandardCharsets.UTF_8));
    }
}
