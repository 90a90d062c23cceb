package io.inferometer.report.text;

import java.util.ArrayList;
import java.util.List;

/** A text in lines that are not too wide. */
public final class Paragraph {
    private Paragraph() {}

    /** The lines of a text that begins with {@code start}; the further ones are indented as far. */
    public static List<String> lines(String start, String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(start);
        String indent = " ".repeat(start.length());
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > width && line.length() > indent.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
