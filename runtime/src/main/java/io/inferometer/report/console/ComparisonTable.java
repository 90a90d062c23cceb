package io.inferometer.report.console;

import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Comparison;
import io.inferometer.report.compare.Curve;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs beside each other: a row for each point of their curves, and beneath them what is not alike. */
final class ComparisonTable {
    private ComparisonTable() {}

    static List<String> lines(Comparison comparison, Page page) {
        if (comparison.curves().isEmpty()) {
            return List.of("There is nothing to compare: no trial has output tokens and a tpot.");
        }
        List<String> lines = new ArrayList<>(page.table(table(comparison.curves())));
        if (!comparison.differences().isEmpty()) {
            lines.add("");
            lines.add("Not alike:");
            lines.addAll(page.flags(comparison.differences()));
        }
        return lines;
    }

    private static Table table(List<Curve> curves) {
        Set<String> loads = new LinkedHashSet<>();
        curves.forEach(curve -> curve.trials().forEach(trial -> loads.add(loadTitle(trial))));
        Table table = new Table().left("Run");
        loads.forEach(table::right);
        table.names().right("Succeeded").right("Tokens in").beside("out");
        CurveColumns columns = new CurveColumns(curves);
        columns.addTo(table);
        for (Curve curve : curves) {
            for (TrialReport trial : curve.trials()) {
                List<String> row = new ArrayList<>();
                row.add(curve.name());
                loads.forEach(title -> row.add(title.equals(loadTitle(trial)) ? Curve.load(trial) : ""));
                row.add(Format.percent(Curve.success(trial)));
                row.add(Format.count(Math.round(Curve.promptTokens(trial))));
                row.add(Format.count(Math.round(Curve.answerTokens(trial))));
                columns.addTo(row, curve, trial);
                table.row(row);
            }
        }
        return table;
    }

    private static String loadTitle(TrialReport trial) {
        Load load = trial.header().load();
        return load instanceof Load.Closed ? "(concurrency)" : load instanceof Load.Open ? "(rate)" : "(load)";
    }
}
