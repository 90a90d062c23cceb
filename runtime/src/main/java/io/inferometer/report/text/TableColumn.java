package io.inferometer.report.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column of a table as it is laid out.
 *
 * @param right whether its cells end at the same place
 * @param joined whether it stays with the column before it
 * @param cells a text for each row, {@link #GAP} where the table has an empty line
 */
record TableColumn(String title, boolean right, boolean joined, List<String> cells) {
    /** No other cell is this one. */
    static final String GAP = "\n";

    /** Whether no row differs from another one here. */
    boolean constant() {
        return cells.stream().filter(cell -> !cell.equals(GAP)).distinct().count() <= 1;
    }

    /** How wide it is with its title in one line. */
    int widest() {
        return Math.max(title.length(), widestCell());
    }

    /** How wide it is at least, if words and cells are not broken. */
    int narrowest() {
        return Math.max(
                Arrays.stream(title.split(" ")).mapToInt(String::length).max().orElse(0), widestCell());
    }

    private int widestCell() {
        return cells.stream()
                .filter(cell -> !cell.equals(GAP))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /** The least width, at most so much more than this one, at which its title takes the fewest lines. */
    int roomier(int width, int spare) {
        return IntStream.rangeClosed(width, Math.max(width, Math.min(width + spare, title.length())))
                .boxed()
                .min(Comparator.comparingInt(this::height))
                .orElse(width);
    }

    /** How many lines its title takes. */
    int height(int width) {
        return broken(title, width).size();
    }

    /** A text in lines of exactly this width: broken between words, or within one that is longer. */
    List<String> broken(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int end = rest.lastIndexOf(' ', width);
            boolean within = rest.substring(0, Math.max(0, end)).isBlank();
            lines.add(padded(within ? rest.substring(0, width) : rest.substring(0, end), width));
            rest = within ? rest.substring(width) : rest.substring(end + 1);
        }
        lines.add(padded(rest, width));
        return lines;
    }

    /** A text, filled up with spaces. */
    String padded(String text, int width) {
        String padding = " ".repeat(width - text.length());
        return right ? padding + text : text + padding;
    }
}
