package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Client;
import io.inferometer.report.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one table: a line for each figure, the bare loop beside the transports, and each goal beside what it judges. */
final class OverheadTable {
    /** Its columns, for whoever draws them. */
    static final List<String> COLUMNS = List.of("figure", "unit", "n", "bare loop", "jdk", "goal", "nio", "goal");

    private OverheadTable() {}

    /** The table in aligned columns. */
    static List<String> lines(List<Row> rows) {
        Table table = new Table()
                .left(COLUMNS.get(0))
                .left(COLUMNS.get(1))
                .right(COLUMNS.get(2))
                .right(COLUMNS.get(3))
                .right(COLUMNS.get(4))
                .left(COLUMNS.get(5))
                .right(COLUMNS.get(6))
                .left(COLUMNS.get(7));
        rows.stream().filter(row -> !ofRuns(row)).forEach(row -> table.row(cells(row)));
        List<String> lines = new ArrayList<>(table.lines());
        if (rows.stream().anyMatch(OverheadTable::ofRuns)) {
            lines.add("");
            lines.addAll(runs(rows));
        }
        return lines;
    }

    /** Whether it is of whole runs, which are compared with each other. */
    private static boolean ofRuns(Row row) {
        return Client.RUNS.stream().anyMatch(row.values()::containsKey);
    }

    private static List<String> runs(List<Row> rows) {
        Table table = new Table().left(COLUMNS.get(0)).left(COLUMNS.get(1)).right(COLUMNS.get(2));
        Client.RUNS.forEach(table::right);
        rows.stream().filter(OverheadTable::ofRuns).forEach(row -> {
            List<String> cells = new ArrayList<>(List.of(row.part() + ": " + row.label(), row.unit(), count(row)));
            Client.RUNS.forEach(client -> cells.add(cell(row, client)));
            table.row(cells);
        });
        return table.lines();
    }

    /** A row's cells. */
    static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.part() + ": " + row.label(), row.unit(), count(row)));
        boolean shared = row.values().containsKey(Row.ANY);
        cells.add(shared ? "" : cell(row, Client.BARE));
        for (String client : Client.TRANSPORTS) {
            cells.add(cell(row, shared ? Row.ANY : client));
            cells.add(row.goal(shared ? Row.ANY : client));
        }
        return cells;
    }

    private static String count(Row row) {
        return row.values().keySet().stream()
                .map(client -> row.sample(client).count())
                .distinct()
                .sorted()
                .map(Object::toString)
                .collect(Collectors.joining("–"));
    }

    private static String cell(Row row, String client) {
        if (!row.values().containsKey(client)) {
            return "";
        }
        String value = Goal.number(row.value(client));
        if (row.sense() == Row.Sense.NONE) {
            return value;
        }
        return value
                + row.sample(client)
                        .interval()
                        .map(interval -> " [" + Goal.number(interval.low()) + ", " + Goal.number(interval.high()) + "]")
                        .orElse(" [–]");
    }

    /** What the table's figures are, and what follows from them. */
    static List<String> notes(List<Row> rows, List<String> failures) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "n forks of each client, which took turns; a value is the median of theirs, and a fork's the median of"
                        + " its iterations.");
        notes.add("[low, high] holds the median of all such forks with a level of " + levels(rows)
                + ", by order statistics; [–] with fewer than " + Sample.FEWEST + ".");
        notes.add("A goal is met or missed where the whole interval is; of \"× bare\" it is that of the ratio, fork by"
                + " fork. Else it is open.");
        notes.addAll(beaten(rows));
        rows.stream()
                .flatMap(row -> row.spoiled().stream().map(client -> row.part() + ", " + client))
                .distinct()
                .forEach(what -> notes.add("Requests of " + what
                        + " failed or were not sent: its times are of those that succeeded, and judge no goal."));
        failures.forEach(failure -> notes.add("Failed, and in no figure: " + failure));
        return notes;
    }

    private static String levels(List<Row> rows) {
        String levels = rows.stream()
                .flatMap(row -> row.values().keySet().stream().map(row::sample))
                .flatMap(sample -> sample.interval().stream()
                        .map(interval -> String.format(
                                Locale.ROOT, "%.1f %% for n = %d", 100 * interval.level(), sample.count())))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return levels.isEmpty() ? "at least 90 %" : levels;
    }

    /** Where the bare loop is no limit. */
    private static List<String> beaten(List<Row> rows) {
        if (rows.stream()
                .noneMatch(row -> Client.TRANSPORTS.stream()
                        .anyMatch(client -> row.ofBare(client).interval().isPresent()))) {
            return List.of();
        }
        List<String> beaten = rows.stream()
                .flatMap(row -> Client.TRANSPORTS.stream()
                        .filter(row::beatsBare)
                        .map(client -> client + " in " + row.part() + ": " + row.label()))
                .toList();
        return beaten.isEmpty()
                ? List.of("No client is better than the bare loop beyond noise.")
                : Stream.concat(
                                Stream.of(
                                        "The bare loop is no limit of these, in which a client is better beyond noise:"),
                                beaten.stream().map(what -> "  " + what))
                        .toList();
    }
}
