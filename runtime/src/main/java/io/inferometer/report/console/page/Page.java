package io.inferometer.report.console.page;

import io.inferometer.report.Flag;
import io.inferometer.report.text.Paragraph;
import io.inferometer.report.text.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * How things are laid out for the width of the console.
 *
 * @param width how many columns a table may take
 */
public record Page(int width) {
    /** What the text of a pipe or a file is laid out for, and that of a terminal which does not tell. */
    public static final int USUAL_WIDTH = 80;

    private static final int WIDEST_TEXT = 120;
    private static final String COMMENT = "#";

    /**
     * The lines of a text that begins with {@code start}; the further ones are indented as far, and those of a comment are
     * comments. A word that is too long stays whole: it is a name, a path or a URL, and is to be copied.
     */
    public List<String> wrapped(String start, String text) {
        List<String> lines = Paragraph.lines(start, text, Math.min(width, WIDEST_TEXT));
        return start.startsWith(COMMENT)
                ? lines.stream()
                        .map(line -> line.startsWith(COMMENT) ? line : COMMENT + line.substring(1))
                        .toList()
                : lines;
    }

    /** The lines of a table. */
    public List<String> table(Table table) {
        return table.lines(width);
    }

    /** Flags as indented lines, the texts beneath each other. */
    public List<String> flags(List<Flag> flags) {
        int widest = flags.stream().mapToInt(flag -> flag.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Flag flag : flags) {
            String name = "  " + flag.name() + " ".repeat(widest - flag.name().length()) + "  ";
            lines.addAll(wrapped(name, flag.text()));
        }
        return lines;
    }
}
