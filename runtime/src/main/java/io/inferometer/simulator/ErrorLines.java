package io.inferometer.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Reads what a child says on standard error to its end, on a daemon thread of its own. */
public final class ErrorLines {
    private final Thread thread;

    /** @param taker takes each line, on that thread */
    public ErrorLines(Process child, String threadName, Consumer<String> taker) {
        thread = new Thread(() -> read(child, taker), threadName);
        thread.setDaemon(true);
        thread.start();
    }

    private static void read(Process child, Consumer<String> taker) {
        try (BufferedReader lines = child.errorReader()) {
            lines.lines().forEach(taker);
        } catch (IOException | UncheckedIOException e) {
            // The child was ended by force while it wrote; what it said until then is known.
        }
    }

    /** Waits until the last line of a child that has ended has been taken. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }
}
