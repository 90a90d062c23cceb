package io.inferometer.report;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in aligned columns, two spaces apart. */
final class Table {
    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words. */
    Table left(String title) {
        columns.add(new Column(title, false));
        return this;
    }

    /** Adds a column of numbers. */
    Table right(String title) {
        columns.add(new Column(title, true));
        return this;
    }

    /** Adds a row with a cell for each column. */
    void row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    /** Adds an empty line. */
    void gap() {
        rows.add(List.of());
    }

    /** The title and the rows. */
    List<String> lines() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).title().length();
            for (List<String> row : rows) {
                widths[i] = row.isEmpty()
                        ? widths[i]
                        : Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toList(), widths));
        rows.forEach(row -> lines.add(row.isEmpty() ? "" : line(row, widths)));
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }

    private record Column(String title, boolean right) {}
}
