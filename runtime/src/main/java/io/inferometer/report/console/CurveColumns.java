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
    private final boolean marked;

    CurveColumns(List<Curve> curves) {
        gpus = curves.stream().anyMatch(Curve::gpusKnown);
        marked = curves.stream()
                .anyMatch(curve -> curve.trials().stream()
                        .anyMatch(trial -> !curve.marks(trial).isEmpty()));
    }

    /** Adds their titles. */
    void addTo(Table table) {
        table.right("p50 tpot, ms").right("interactivity, 1/s").right("Output tokens/s");
        if (gpus) {
            table.beside("per GPU");
        }
        if (marked) {
            table.left("Mind");
        }
    }

    /** Adds a trial's cells. */
    void addTo(List<String> row, Curve curve, TrialReport trial) {
        row.add(Format.decimal(MILLIS_PER_SECOND / Curve.interactivity(trial), 2));
        row.add(Format.brief(Curve.interactivity(trial)));
        row.add(throughput(trial, Curve.outputPerSecond(trial)));
        if (gpus) {
            row.add(throughput(trial, Curve.outputPerGpu(trial)));
        }
        if (marked) {
            row.add(String.join(", ", curve.marks(trial)));
        }
    }

    /** In parentheses where it is that of the whole run. */
    private static String throughput(TrialReport trial, double perSecond) {
        String text = Format.brief(perSecond);
        return Curve.steady(trial) || Double.isNaN(perSecond) ? text : "(" + text + ")";
    }
}
