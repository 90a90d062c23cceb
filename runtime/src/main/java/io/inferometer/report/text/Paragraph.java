package io.inferometer.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text in lines that are not too wide. */
public final class Paragraph {
    /** Where a line may end: not ahead of the sign that belongs to a number. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile(" (?!%)");

    private Paragraph() {}

    /** The lines of a text that begins with {@code start}; the further ones are indented as far. */
    public static List<String> lines(String start, String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(start);
        String indent = " ".repeat(start.length());
        for (String word : BETWEEN_WORDS.split(text)) {
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
