package io.inferometer.report.console;

import java.io.PrintStream;

/** Shows lines; on a terminal the last one may be written again in place. For use by several threads. */
final class Screen {
    private final PrintStream out;
    private final boolean terminal;
    private int widthInPlace;

    /** @param out where to; flushed after each line */
    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether it shows lines that are written in place. */
    boolean terminal() {
        return terminal;
    }

    synchronized void print(String line) {
        if (widthInPlace > 0) {
            out.print("\r" + " ".repeat(widthInPlace) + "\r");
            widthInPlace = 0;
        }
        out.println(line);
        out.flush();
    }

    /** Shows a line until another comes in its place. */
    synchronized void printInPlace(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, widthInPlace - line.length())));
        out.flush();
        widthInPlace = line.length();
    }
}
