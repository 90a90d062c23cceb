package io.inferometer.report.gate;

import io.inferometer.report.text.Table;
import java.util.List;

/**
 * What was judged, a row for each figure.
 *
 * @param title what it is of, in a few words
 * @param columns the titles of the columns; the first is that of a row's name
 * @param rows what was judged; may be empty, and nothing has passed then
 * @param notes what a reader should know, a line each
 */
public record Sheet(String title, List<String> columns, List<Row> rows, List<String> notes) {
    public Sheet {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** What came of a row, or of all of them. */
    public enum Result {
        /** It is as it has to be. */
        PASS,
        /** It is not. */
        FAIL,
        /** Neither is proven. */
        UNCLEAR
    }

    /**
     * What was judged.
     *
     * @param name the figure, and the trial where there are several
     * @param result what came of it
     * @param cells a text for each column
     */
    public record Row(String name, Result result, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** What came of all: a pass takes a row, and all of them to pass. */
    public Result result() {
        if (count(Result.FAIL) > 0) {
            return Result.FAIL;
        }
        return rows.isEmpty() || count(Result.UNCLEAR) > 0 ? Result.UNCLEAR : Result.PASS;
    }

    /** How many rows came to that. */
    public long count(Result result) {
        return rows.stream().filter(row -> row.result() == result).count();
    }

    /** What came of all, in a sentence. */
    public String verdict() {
        if (rows.isEmpty()) {
            return "nothing could be judged";
        }
        return switch (result()) {
            case PASS -> "pass";
            case FAIL -> "fail: " + names(Result.FAIL);
            case UNCLEAR -> "can't tell: " + names(Result.UNCLEAR);
        };
    }

    private String names(Result result) {
        return String.join(
                ", ",
                rows.stream()
                        .filter(row -> row.result() == result)
                        .map(Row::name)
                        .toList());
    }

    /** The table as lines of text. */
    public List<String> table() {
        Table table = new Table();
        for (int i = 0; i < columns.size(); i++) {
            if (i == 0 || i == columns.size() - 1) {
                table.left(columns.get(i));
            } else {
                table.right(columns.get(i));
            }
        }
        rows.forEach(row -> table.row(row.cells()));
        return table.lines();
    }
}
