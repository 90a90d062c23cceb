package io.inferometer.report.gate;

import io.inferometer.report.text.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was judged, a row for each figure.
 *
 * @param subject what it is of
 * @param about what a reader should know before the table, a line each
 * @param columns the titles of the columns; the first is that of a row's name
 * @param rows what was judged; may be empty, and nothing has passed then
 * @param notes what a reader should know, a line each
 */
public record Sheet(Subject subject, List<String> about, List<String> columns, List<Row> rows, List<String> notes) {
    /**
     * Copies its lists.
     *
     * @param subject as of the record
     * @param about copied
     * @param columns copied
     * @param rows copied
     * @param notes copied
     */
    public Sheet {
        about = List.copyOf(about);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** What is judged. */
    public enum Subject {
        /** What figures have to be. */
        REQUIRED("what was required", "not as required", "whether all is as required is not proven"),
        /** How narrow figures are known. */
        PRECISION("how narrow figures are known by the iterations of one JVM", "", "--until was not reached"),
        /** One side beside another. */
        BESIDE("B beside A", "B does not hold beside A", "whether B holds beside A is not proven"),
        /** The highest load under an objective. */
        SEARCH("search", "the lower end misses its limits", "what was searched is not found for certain");

        private final String title;
        private final String failed;
        private final String unclear;

        Subject(String title, String failed, String unclear) {
            this.title = title;
            this.failed = failed;
            this.unclear = unclear;
        }
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
     * @param values what is behind the cells, by its key in result files: texts, truths, and numbers, NaN where there is none
     */
    public record Row(String name, Result result, List<String> cells, Map<String, Object> values) {
        /**
         * Copies its cells and its values, in their order.
         *
         * @param name as of the record
         * @param result as of the record
         * @param cells copied
         * @param values copied
         */
        public Row {
            cells = List.copyOf(cells);
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** {@return what it is of, in a few words} */
    public String title() {
        return subject.title;
    }

    /** {@return that it did not pass, and why, in a sentence; empty where it did} */
    public String complaint() {
        return switch (result()) {
            case PASS -> "";
            case FAIL -> subject.failed + ": " + verdict();
            case UNCLEAR -> subject.unclear + ": " + (rows.isEmpty() ? String.join("; ", notes) : verdict());
        };
    }

    /** {@return what came of all: a pass takes a row, and all of them to pass} */
    public Result result() {
        if (count(Result.FAIL) > 0) {
            return Result.FAIL;
        }
        return rows.isEmpty() || count(Result.UNCLEAR) > 0 ? Result.UNCLEAR : Result.PASS;
    }

    /**
     * {@return how many rows came to that}
     *
     * @param result which one
     */
    public long count(Result result) {
        return rows.stream().filter(row -> row.result() == result).count();
    }

    /** {@return what came of all, in a sentence} */
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

    /** {@return the sheet as a table of text} */
    public Table table() {
        Table table = new Table();
        for (int i = 0; i < columns.size(); i++) {
            if (i == 0 || i == columns.size() - 1) {
                table.left(columns.get(i));
            } else {
                table.right(columns.get(i));
            }
        }
        rows.forEach(row -> table.row(row.cells()));
        return table;
    }
}
