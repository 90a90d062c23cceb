package io.inferometer.report.console.session;

import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Sessions;
import java.util.ArrayList;
import java.util.List;

/** The tables of runs with sessions: a row for each trial, then one for each turn of it. */
public final class SessionTables {
    /** Of more turns the JSON tells. */
    private static final int MOST_TURNS = 20;

    private final RunReport run;
    private final Columns columns;

    /** The columns that each row begins with. */
    public interface Columns {
        /** A table without rows that has them. */
        Table table();

        /** The cells of a trial in them. */
        List<String> cells(TrialReport trial);
    }

    public SessionTables(RunReport run, Columns columns) {
        this.run = run;
        this.columns = columns;
    }

    /** Whether no trial had sessions. */
    public boolean isEmpty() {
        return trials().isEmpty();
    }

    private List<TrialReport> trials() {
        return run.trials().stream()
                .filter(trial -> trial.summary().sessions().isPresent())
                .toList();
    }

    /** A row for each trial. */
    public Table sessions() {
        Table table = columns.table()
                .right("Sessions")
                .right("Completed")
                .right("Failed")
                .right("Failed turns")
                .right("Cut")
                .right("Children")
                .right("Requests each")
                .right("In system, s  p50")
                .beside("p90");
        for (TrialReport trial : trials()) {
            Sessions sessions = trial.summary().sessions().orElseThrow();
            List<String> row = columns.cells(trial);
            row.add(Format.count(sessions.total()));
            row.add(Format.count(sessions.completed()));
            row.add(Format.count(sessions.failed()));
            row.add(Format.count(sessions.failedTurns()));
            row.add(Format.count(sessions.cut()));
            row.add(Format.count(sessions.children()));
            row.add(
                    sessions.requests().isEmpty()
                            ? ""
                            : Format.brief(sessions.requests().mean()));
            row.add(seconds(sessions.inSystemNanos(), 50));
            row.add(seconds(sessions.inSystemNanos(), 90));
            table.row(row);
        }
        return table;
    }

    private static String seconds(Distribution distribution, double percentile) {
        return distribution.isEmpty() ? "" : Format.brief(distribution.percentile(percentile) / 1e9);
    }

    /** A row for each turn. */
    public Table turns() {
        Table table = columns.table()
                .right("Turn")
                .names()
                .right("Requests")
                .right("Failed")
                .right("Prompt tokens")
                .right("Cached")
                .right("ttft, ms  p50")
                .beside("p90")
                .beside("p99")
                .right("e2el, ms  p50")
                .beside("p90");
        for (TrialReport trial : trials()) {
            trial.summary().sessions().orElseThrow().turns().stream()
                    .limit(MOST_TURNS)
                    .forEach(turn -> table.row(row(columns.cells(trial), turn)));
        }
        return table;
    }

    private static List<String> row(List<String> trial, Sessions.OfTurn turn) {
        List<String> row = new ArrayList<>(trial);
        row.add(Format.count(turn.turn()));
        row.add(Format.count(turn.requests()));
        row.add(Format.count(turn.requests() - turn.succeeded()));
        row.add(
                turn.promptTokens().isEmpty()
                        ? ""
                        : Format.brief(turn.promptTokens().mean()));
        row.add(Double.isNaN(turn.cachedShare()) ? "" : Format.percent(turn.cachedShare()));
        row.add(millis(turn, Metric.TTFT, 50));
        row.add(millis(turn, Metric.TTFT, 90));
        row.add(millis(turn, Metric.TTFT, 99));
        row.add(millis(turn, Metric.E2EL, 50));
        row.add(millis(turn, Metric.E2EL, 90));
        return row;
    }

    /** Nothing where too few requests had that turn. */
    private static String millis(Sessions.OfTurn turn, Metric metric, double percentile) {
        Distribution distribution = turn.metrics().getOrDefault(metric, Distribution.EMPTY);
        if (distribution.isEmpty()) {
            return "";
        }
        String text = Format.millis(distribution.percentile(percentile), 2);
        return distribution.carries(percentile) ? text : text + '*';
    }
}
