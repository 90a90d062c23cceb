package io.inferometer.report.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the columns of a table stand in lines that may not be too long.
 *
 * @param columns all of them
 * @param names how many of the first tell the rows apart
 */
record TableLayout(List<TableColumn> columns, int names) {
    /** Narrower than this is no column of names made. */
    private static final int NARROWEST = 8;

    /** Whether no line is longer than that, with all titles in a line each. */
    boolean fits(int width) {
        return length(columns.stream().map(TableColumn::widest).toList()) <= width;
    }

    /** The same without those of the first so many columns in which all rows have the same. */
    TableLayout without(int first) {
        List<TableColumn> kept = IntStream.range(0, columns.size())
                .filter(i -> i >= first || !columns.get(i).constant())
                .mapToObj(columns::get)
                .toList();
        return new TableLayout(kept, names - (columns.size() - kept.size()));
    }

    /** The lines with all titles in a line each. */
    List<String> lines() {
        return new TableBlock(columns, columns.stream().map(TableColumn::widest).toList()).lines();
    }

    /** The lines, none longer than that. */
    List<String> lines(int width) {
        if (fits(width)) {
            return lines();
        }
        List<Integer> narrow =
                new ArrayList<>(columns.stream().map(TableColumn::narrowest).toList());
        if (length(narrow) <= width) {
            relax(columns, narrow, width);
            return new TableBlock(columns, narrow).lines();
        }
        squeeze(narrow.subList(0, names), width / 2);
        int room = width - (names == 0 ? 0 : length(narrow.subList(0, names)) + Table.BETWEEN.length());
        List<String> lines = new ArrayList<>();
        int from = names;
        while (from < columns.size()) {
            int to = end(from, narrow, room);
            squeeze(narrow.subList(from, to), room);
            if (!lines.isEmpty()) {
                lines.add("");
            }
            List<TableColumn> shown = joined(columns, from, to);
            List<Integer> widths = joined(narrow, from, to);
            relax(shown, widths, width);
            lines.addAll(new TableBlock(shown, widths).lines(rows(from, to)));
            from = to;
        }
        return lines;
    }

    /** Where the block ends that begins there; columns that belong together stay in one, if that is wide enough for them. */
    private int end(int from, List<Integer> widths, int room) {
        int end = from;
        int next = from + 1;
        while (next <= columns.size() && length(widths.subList(from, next)) <= room) {
            if (next == columns.size() || !columns.get(next).joined()) {
                end = next;
            }
            next++;
        }
        return end > from ? end : Math.max(from + 1, next - 1);
    }

    private <T> List<T> joined(List<T> all, int from, int to) {
        List<T> block = new ArrayList<>(all.subList(0, names));
        block.addAll(all.subList(from, to));
        return block;
    }

    /** Takes from the widest until all have room. */
    private static void squeeze(List<Integer> widths, int room) {
        while (length(widths) > room && !widths.isEmpty() && Collections.max(widths) > NARROWEST) {
            int widest = widths.indexOf(Collections.max(widths));
            widths.set(widest, widths.get(widest) - 1);
        }
    }

    /** Gives the room that is left to titles, the tallest first, where it saves them a line. */
    private static void relax(List<TableColumn> columns, List<Integer> widths, int room) {
        IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -columns.get(i).height(widths.get(i))))
                .forEach(i -> widths.set(i, columns.get(i).roomier(widths.get(i), room - length(widths))));
    }

    private static int length(List<Integer> widths) {
        return widths.stream().mapToInt(Integer::intValue).sum()
                + Table.BETWEEN.length() * Math.max(0, widths.size() - 1);
    }

    /** Of a block of several, the rows that say something in it, and those that say nothing anywhere. */
    private List<Integer> rows(int from, int to) {
        return IntStream.range(0, columns.get(0).cells().size())
                .filter(row -> !blank(row, from, to) || blank(row, names, columns.size()))
                .boxed()
                .toList();
    }

    private boolean blank(int row, int from, int to) {
        return columns.subList(from, to).stream()
                .allMatch(column -> column.cells().get(row).isEmpty());
    }
}
