package io.inferometer.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines of text in aligned columns, two spaces apart.
 *
 * <p>Where it would be too wide, as much of this is done as is needed: columns that are told elsewhere are left out if all
 * of their cells are the same; titles are broken between words; and the columns are shown in blocks beneath each other,
 * each of which begins with those that tell the rows apart.
 */
public final class Table {
    /** What stands between two columns. */
    static final String BETWEEN = "  ";

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private int told;
    private int names = 1;

    /** Adds a column of words. */
    public Table left(String title) {
        return add(title, false, false);
    }

    /** Adds a column of numbers. */
    public Table right(String title) {
        return add(title, true, false);
    }

    /** Adds a column of numbers whose title says nothing without the column before it. */
    public Table beside(String title) {
        return add(title, true, true);
    }

    private Table add(String title, boolean right, boolean joined) {
        columns.add(new Column(title, right, joined));
        return this;
    }

    /** What the columns so far say is told elsewhere too, as far as it is the same in all rows. */
    public Table toldElsewhere() {
        told = columns.size();
        names = told;
        return this;
    }

    /** The columns so far tell the rows apart; without this it is the first one. */
    public Table names() {
        names = columns.size();
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

    /** The title and the rows, however wide. */
    public List<String> lines() {
        return lines(Integer.MAX_VALUE);
    }

    /** The same, no line longer than {@code width}; a few characters are always needed. */
    public List<String> lines(int width) {
        List<TableColumn> all =
                IntStream.range(0, columns.size()).mapToObj(this::laidOut).toList();
        TableLayout whole = new TableLayout(all, Math.min(names, all.size()));
        TableLayout layout = whole;
        for (int first = 1; first <= told && !layout.fits(width); first++) {
            layout = whole.without(first);
        }
        return layout.lines(width);
    }

    private TableColumn laidOut(int index) {
        Column column = columns.get(index);
        int margin = margin(index);
        List<String> cells = rows.stream()
                .map(row -> row.isEmpty() ? TableColumn.GAP : cut(row.get(index), margin))
                .toList();
        return new TableColumn(column.title(), column.right(), column.joined(), cells);
    }

    private static String cut(String cell, int margin) {
        return cell.substring(0, Math.max(0, cell.length() - margin));
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

    private record Column(String title, boolean right, boolean joined) {}
}
