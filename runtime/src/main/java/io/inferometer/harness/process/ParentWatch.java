package io.inferometer.harness.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends a fork in good order when the run that started it says so on its standard input: a byte there means that it sends
 * nothing more, and the end of the input, also where the run has ended in whatever way, that it gives up what is in flight.
 * A fork that does not end by itself then is halted.
 */
public final class ParentWatch {
    private ParentWatch() {}

    /** Begins, on a thread of its own. */
    public static void start(Interruptible run, InputStream parent) {
        Thread watch = new Thread(() -> await(run, parent), "inferometer-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void await(Interruptible run, InputStream parent) {
        try {
            while (parent.read() >= 0) {
                run.interrupt();
            }
        } catch (IOException e) {
            // That is an end too.
        }
        try {
            if (!run.interrupt(Duration.ZERO, Interruption.PATIENCE)) {
                Runtime.getRuntime().halt(ExitCode.FAILED.status());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
