package io.inferometer.cli.terminal;

import io.inferometer.report.console.page.Page;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * How many columns the console has: what {@code COLUMNS} says, else what the terminal says of itself, else 80, as in a pipe
 * or a file, which no width is known of.
 */
public final class TerminalWidth {
    /** A table needs some columns. */
    private static final int LEAST = 40;

    private static final int MOST = 1_000;
    private static final File TERMINAL = new File("/dev/tty");
    private static final long PATIENCE_MILLIS = 500;

    private TerminalWidth() {}

    /**
     * @param environment a variable's value by its name, null where it is unset
     * @param terminal whether the text goes to the terminal of this process
     */
    public static int of(UnaryOperator<String> environment, boolean terminal) {
        OptionalInt told = columns(environment.apply("COLUMNS"));
        OptionalInt width = told.isPresent() || !terminal ? told : columns(size());
        return Math.max(LEAST, width.orElse(Page.USUAL_WIDTH));
    }

    /** The last word as a number; a width of 0 is what a terminal has that does not know its own. */
    private static OptionalInt columns(String text) {
        String word = text == null ? "" : text.strip().replaceFirst(".*\\s", "");
        if (!word.matches("[0-9]{1,4}") || Integer.parseInt(word) == 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Math.min(MOST, Integer.parseInt(word)));
    }

    /** {@code 24 80}, rows and columns, by the only program that every Unix has for that; empty where there is none. */
    private static String size() {
        if (!TERMINAL.canRead()) {
            return "";
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
