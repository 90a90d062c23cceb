package io.inferometer.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns beside each other.
 *
 * @param columns at least one
 * @param widths how wide each is
 */
record TableBlock(List<TableColumn> columns, List<Integer> widths) {
    /** The titles and all rows. */
    List<String> lines() {
        return lines(IntStream.range(0, columns.get(0).cells().size()).boxed().toList());
    }

    /** The titles and these rows. */
    List<String> lines(List<Integer> rows) {
        List<String> lines =
                new ArrayList<>(row(columns.stream().map(TableColumn::title).toList(), true));
        for (int row : rows) {
            List<String> cells =
                    columns.stream().map(column -> column.cells().get(row)).toList();
            if (!cells.contains(TableColumn.GAP)) {
                lines.addAll(row(cells, false));
            } else if (lines.size() > 1 && !lines.get(lines.size() - 1).isEmpty()) {
                lines.add("");
            }
        }
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    /** Cells beside each other, in as many lines as the tallest has; titles stand at the bottom of theirs. */
    private List<String> row(List<String> cells, boolean atBottom) {
        List<List<String>> broken = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).broken(cells.get(i), widths.get(i)))
                .toList();
        int height = broken.stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                List<String> cell = broken.get(i);
                int own = atBottom ? line - (height - cell.size()) : line;
                text.append(own >= 0 && own < cell.size() ? cell.get(own) : " ".repeat(widths.get(i)))
                        .append(Table.BETWEEN);
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }
}
