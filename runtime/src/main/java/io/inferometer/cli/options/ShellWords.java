package io.inferometer.cli.options;

import io.inferometer.plan.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text, split as a POSIX shell splits them, with nothing expanded: blanks between words; single quotes keep all
 * that is between them, double quotes all but a backslash before {@code $}, {@code `}, {@code "}, another one or the end of a
 * line; a backslash outside of quotes keeps the next character, and takes away the end of a line.
 *
 * <p>Source: IEEE Std 1003.1-2017, Shell Command Language, 2.2 Quoting.
 */
public final class ShellWords {
    private static final String KEPT_IN_DOUBLE_QUOTES = "$`\"\\";

    private final String option;
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean within;
    private int at;

    private ShellWords(String option, String text) {
        this.option = option;
        this.text = text;
    }

    /**
     * Splits the value of an option.
     *
     * @throws UsageException if a quote is not closed, or nothing follows a backslash
     */
    public static List<String> of(String option, String text) {
        return new ShellWords(option, text).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> end();
                case '\'' -> single();
                case '"' -> twofold();
                case '\\' -> escaped();
                default -> add(c);
            }
        }
        end();
        return words;
    }

    private void end() {
        if (within) {
            words.add(word.toString());
            word.setLength(0);
            within = false;
        }
    }

    private void add(char c) {
        within = true;
        word.append(c);
    }

    private void single() {
        within = true;
        int close = text.indexOf('\'', at);
        if (close < 0) {
            throw open("'");
        }
        word.append(text, at, close);
        at = close + 1;
    }

    private void twofold() {
        within = true;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            boolean escape = c == '\\' && at < text.length();
            if (escape && text.charAt(at) == '\n') {
                at++;
            } else if (escape && KEPT_IN_DOUBLE_QUOTES.indexOf(text.charAt(at)) >= 0) {
                word.append(text.charAt(at++));
            } else {
                word.append(c);
            }
        }
        throw open("\"");
    }

    private void escaped() {
        if (at == text.length()) {
            throw new UsageException(option + ": nothing follows the backslash at its end");
        }
        char c = text.charAt(at++);
        if (c != '\n') {
            add(c);
        }
    }

    private UsageException open(String quote) {
        return new UsageException(option + ": a quote " + quote + " is not closed in " + text.strip());
    }
}
