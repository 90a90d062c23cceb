package io.inferometer.report.console;

import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Curve;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import java.util.List;

/** The columns of a table that show the points of curves: throughput against interactivity. */
final class CurveColumns {
    private static final double MILLIS_PER_SECOND = 1e3;

    private final boolean gpus;

    CurveColumns(List<Curve> curves) {
        gpus = curves.stream().anyMatch(Curve::gpusKnown);
    }

    /** Adds their titles. */
    void addTo(Table table) {
        table.right("mean tpot, ms").right("Tokens/s/user").right("Output tokens/s");
        if (gpus) {
            table.right("per GPU");
        }
    }

    /** Adds a trial's cells. */
    void addTo(List<String> row, TrialReport trial) {
        row.add(Format.decimal(MILLIS_PER_SECOND / Curve.interactivity(trial), 2));
        row.add(Format.brief(Curve.interactivity(trial)));
        row.add(Format.brief(Curve.outputPerSecond(trial)));
        if (gpus) {
            row.add(Format.brief(Curve.outputPerGpu(trial)));
        }
    }
}
