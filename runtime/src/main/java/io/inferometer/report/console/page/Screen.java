package io.inferometer.report.console.page;

import java.io.PrintStream;

/** Shows lines; on a terminal the last one may be written again in place. For use by several threads. */
public final class Screen {
    private final PrintStream out;
    private final boolean terminal;
    private final Page page;
    private int widthInPlace;

    /**
     * @param out where to; flushed after each line
     * @param terminal whether {@code out} shows a line that is written again in place
     * @param page how wide it is
     */
    public Screen(PrintStream out, boolean terminal, Page page) {
        this.out = out;
        this.terminal = terminal;
        this.page = page;
    }

    /** A file or a pipe. */
    public static Screen of(PrintStream out) {
        return new Screen(out, false, new Page(Page.USUAL_WIDTH));
    }

    /** Where lines go. */
    public PrintStream out() {
        return out;
    }

    /** Whether it shows lines that are written in place. */
    public boolean terminal() {
        return terminal;
    }

    /** How things are laid out for it. */
    public Page page() {
        return page;
    }

    public synchronized void print(String line) {
        if (widthInPlace > 0) {
            out.print("\r" + " ".repeat(widthInPlace) + "\r");
            widthInPlace = 0;
        }
        out.println(line);
        out.flush();
    }

    /** Shows a line until another comes in its place. One that the terminal would break is cut: it could not be wiped. */
    public synchronized void printInPlace(String line) {
        String shown = line.substring(0, Math.min(line.length(), page.width() - 1));
        out.print("\r" + shown + " ".repeat(Math.max(0, widthInPlace - shown.length())));
        out.flush();
        widthInPlace = shown.length();
    }
}
