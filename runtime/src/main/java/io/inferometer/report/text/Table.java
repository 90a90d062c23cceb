package io.inferometer.report.text;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in aligned columns, two spaces apart. */
public final class Table {
    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words. */
    public Table left(String title) {
        columns.add(new Column(title, false));
        return this;
    }

    /** Adds a column of numbers. */
    public Table right(String title) {
        columns.add(new Column(title, true));
        return this;
    }

    /** Adds a row with a cell for each column. */
    public void row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    /** Adds an empty line. */
    public void gap() {
        rows.add(List.of());
    }

    /** The title and the rows. */
    public List<String> lines() {
        int[] widths = new int[columns.size()];
        int[] margins = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            margins[i] = margin(i);
            widths[i] = columns.get(i).title().length();
            for (List<String> row : rows) {
                widths[i] = row.isEmpty()
                        ? widths[i]
                        : Math.max(widths[i], row.get(i).length() - margins[i]);
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::title).toList(), widths, new int[columns.size()]));
        rows.forEach(row -> lines.add(row.isEmpty() ? "" : line(row, widths, margins)));
        return lines;
    }

    /** How many spaces every cell of a column ends with: they align nothing. */
    private int margin(int column) {
        return rows.stream()
                .filter(row -> !row.isEmpty() && !row.get(column).isBlank())
                .mapToInt(row -> row.get(column).length()
                        - row.get(column).stripTrailing().length())
                .min()
                .orElse(0);
    }

    private String line(List<String> cells, int[] widths, int[] margins) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            cell = cell.substring(0, Math.max(0, cell.length() - margins[i]));
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(columns.get(i).right() ? padding + cell : cell + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }

    private record Column(String title, boolean right) {}
}
