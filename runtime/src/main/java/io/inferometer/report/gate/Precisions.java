package io.inferometer.report.gate;

import io.inferometer.judge.Figure;
import io.inferometer.judge.precision.Goal;
import io.inferometer.judge.precision.Precision;
import io.inferometer.judge.precision.Until;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How narrow the figures of a run are known for which its iterations went on.
 *
 * @param rows one for each figure of each fork of each trial, in their order; at least one
 */
public record Precisions(List<Row> rows) {
    private static final List<String> COLUMNS = List.of(
            "Figure", "measured", "95 % interval", "Units", "half width", "wanted", "iterations", "batches", "Verdict");

    /**
     * A figure of a fork.
     *
     * @param trial the number of its trial
     * @param fork the fork, from 0
     * @param name the figure, with the trial and the fork where there are several
     * @param precision how narrow it is known
     */
    public record Row(int trial, int fork, String name, Precision precision) {}

    /**
     * Copies its list.
     *
     * @param rows copied
     */
    public Precisions {
        rows = List.copyOf(rows);
    }

    /**
     * {@return those of a run; empty where its iterations were counted beforehand, and where none was measured}
     *
     * @param run with how long it was to be measured
     */
    public static Optional<Precisions> of(RunReport run) {
        TrialNames names = TrialNames.of(run.header());
        List<Row> rows = new ArrayList<>();
        for (TrialReport trial : run.trials()) {
            rows.addAll(rows(trial, names.label(trial.header())));
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Precisions(rows));
    }

    /**
     * {@return those of a trial}
     *
     * @param trial with its iterations
     */
    public static List<Row> of(TrialReport trial) {
        return rows(trial, "");
    }

    private static List<Row> rows(TrialReport trial, String label) {
        List<Row> rows = new ArrayList<>();
        Optional<Until> until = trial.header().schedule().until();
        TreeMap<Integer, List<Summary>> forks = trial.measuredByFork();
        until.ifPresent(goals -> goals.goals()
                .forEach(goal -> forks.forEach((fork, iterations) -> {
                    List<String> where = new ArrayList<>();
                    if (!label.isEmpty()) {
                        where.add(label);
                    }
                    if (forks.size() > 1) {
                        where.add("fork " + (fork + 1));
                    }
                    String name = goal.figure() + (where.isEmpty() ? "" : " (" + String.join(", ", where) + ")");
                    rows.add(new Row(trial.header().index(), fork, name, Precision.of(goal, iterations)));
                })));
        return rows;
    }

    /** {@return whether each is as narrow as is wanted} */
    public boolean reached() {
        return rows.stream().allMatch(row -> row.precision().reached());
    }

    /** {@return what was not reached, in a sentence} */
    public String missed() {
        return String.join(
                "; ",
                rows.stream()
                        .filter(row -> !row.precision().reached())
                        .map(Precisions::missed)
                        .toList());
    }

    private static String missed(Row row) {
        Precision precision = row.precision();
        String wanted = width(precision.goal(), precision.goal().within());
        String after = " after " + Format.count(precision.iterations(), "iteration");
        return Double.isNaN(precision.width())
                ? row.name() + " has no interval" + after
                : row.name() + " is known to +/- " + width(precision.goal(), precision.width()) + after + ", and "
                        + wanted + " is wanted";
    }

    /** {@return the same as a table} */
    public Sheet sheet() {
        List<String> notes = new ArrayList<>();
        notes.add("each figure is of its fork's iterations, and its interval narrows what this JVM would measure in the"
                + " long run: how far another run would be from it is told by forks");
        for (Row row : rows) {
            if (!row.precision().lacking().isEmpty()) {
                notes.add(row.name() + ": " + row.precision().lacking());
            }
        }
        return new Sheet(
                Sheet.Subject.PRECISION,
                List.of(),
                COLUMNS,
                rows.stream().map(Precisions::row).toList(),
                notes.stream().distinct().toList());
    }

    private static Sheet.Row row(Row row) {
        Precision precision = row.precision();
        Goal goal = precision.goal();
        Figure figure = goal.figure();
        Optional<Interval> interval = precision.interval();
        return new Sheet.Row(
                row.name(),
                precision.reached() ? Sheet.Result.PASS : Sheet.Result.UNCLEAR,
                List.of(
                        row.name(),
                        interval.map(of -> Requirements.number(of.center(), figure))
                                .orElse(Format.ABSENT),
                        interval.map(of -> Requirements.number(of.low(), figure) + " to "
                                        + Requirements.number(of.high(), figure))
                                .orElse(Format.ABSENT),
                        Requirements.unit(figure),
                        width(goal, precision.width()),
                        width(goal, goal.within()),
                        Format.count(precision.iterations()),
                        interval.map(of -> Format.count(of.count())).orElse(Format.ABSENT),
                        precision.reached() ? "reached" : "not reached"),
                Map.of());
    }

    /**
     * {@return a half width: {@code 4.2 %} of the figure, or {@code 1 point} of a share}
     *
     * @param goal says in what unit it is
     * @param width a share of the figure, 0.042 for 4.2 %, or a difference of shares
     */
    public static String width(Goal goal, double width) {
        return Double.isNaN(width)
                ? Format.ABSENT
                : Format.plain(Math.rint(width * 1e4) / 1e2)
                        + (goal.figure().unit().share() ? " points" : " %");
    }
}
