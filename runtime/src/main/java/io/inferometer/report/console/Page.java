package io.inferometer.report.console;

import io.inferometer.report.Flag;
import io.inferometer.report.text.Paragraph;
import io.inferometer.report.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How things are laid out for the width of the console. */
final class Page {
    private static final int WIDTH = 120;

    private Page() {}

    /** The lines of a text that begins with {@code start}; the further ones are indented as far. */
    static List<String> wrapped(String start, String text) {
        return Paragraph.lines(start, text, WIDTH);
    }

    /** A table with the workload's name, unless that makes it too wide: the header tells it too. */
    static List<String> fitting(Function<Boolean, Table> table) {
        List<String> lines = table.apply(true).lines();
        return lines.stream().allMatch(line -> line.length() <= WIDTH)
                ? lines
                : table.apply(false).lines();
    }

    /** Flags as indented lines, the texts beneath each other. */
    static List<String> flags(List<Flag> flags) {
        int width = flags.stream().mapToInt(flag -> flag.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Flag flag : flags) {
            String name = "  " + flag.name() + " ".repeat(width - flag.name().length()) + "  ";
            lines.addAll(wrapped(name, flag.text()));
        }
        return lines;
    }
}
