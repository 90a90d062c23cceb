package io.inferometer.report.compare;

import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.Flag;
import io.inferometer.report.Format;
import io.inferometer.report.Replacement;
import io.inferometer.report.RunReport;
import io.inferometer.report.Table;
import io.inferometer.report.TrialReport;
import io.inferometer.report.chart.CurveChart;
import io.inferometer.report.console.ClosingNotes;
import io.inferometer.report.console.CurveColumns;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs beside each other: throughput against interactivity as a table and as a drawing, and what is not alike. */
public final class Comparison {
    private final List<Curve> curves;

    private Comparison(List<Curve> curves) {
        this.curves = List.copyOf(curves);
    }

    /**
     * A run and its name.
     *
     * @param name tells it apart from the others; may be empty where there is one alone
     */
    public record Source(String name, RunReport run) {}

    /** Compares runs. */
    public static Comparison of(List<Source> sources) {
        List<Curve> curves = new ArrayList<>();
        sources.forEach(source -> curves.addAll(Curve.of(source.name(), source.run())));
        return new Comparison(curves);
    }

    /** The table, and beneath it what is not alike, a line each. */
    public List<String> lines() {
        if (curves.isEmpty()) {
            return List.of("There is nothing to compare: no trial has output tokens and a tpot.");
        }
        List<String> lines = new ArrayList<>(table().lines());
        List<Flag> differences = new Differences(curves).flags();
        if (!differences.isEmpty()) {
            lines.add("");
            lines.add("Not alike:");
            lines.addAll(ClosingNotes.flagLines(differences));
        }
        return lines;
    }

    private Table table() {
        Set<String> loads = new LinkedHashSet<>();
        curves.forEach(curve -> curve.trials()
                .forEach(trial -> loads.add(loadTitle(trial.header().load()))));
        Table table = new Table().left("Run");
        loads.forEach(table::right);
        table.right("Succeeded").right("Tokens in").right("out");
        CurveColumns columns = new CurveColumns(curves);
        columns.addTo(table);
        for (Curve curve : curves) {
            for (TrialReport trial : curve.trials()) {
                List<String> row = new ArrayList<>();
                row.add(curve.name());
                loads.forEach(title -> row.add(
                        title.equals(loadTitle(trial.header().load()))
                                ? load(trial.header().load())
                                : ""));
                row.add(Format.percent(Curve.success(trial)));
                row.add(Format.count(Math.round(Curve.promptTokens(trial))));
                row.add(Format.count(Math.round(Curve.answerTokens(trial))));
                columns.addTo(row, trial);
                table.row(row);
            }
        }
        return table;
    }

    private static String loadTitle(Load load) {
        return load instanceof Load.Closed ? "(concurrency)" : load instanceof Load.Open ? "(rate)" : "(load)";
    }

    /** A load in a word, for a point or a cell. */
    public static String load(Load load) {
        if (load instanceof Load.Closed closed) {
            return Format.count(closed.concurrency());
        }
        return load instanceof Load.Open open ? Format.plain(open.rate()) + "/s" : "all";
    }

    /**
     * Draws the curves.
     *
     * @param force whether a file that exists is replaced
     */
    public void write(ResultFile file, boolean force) throws IOException {
        Replacement.write(file.path(), svg().getBytes(StandardCharsets.UTF_8), force);
    }

    String svg() {
        return new CurveChart(curves, new Differences(curves).flags()).svg();
    }
}
