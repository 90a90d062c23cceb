package io.inferometer.cli;

import io.inferometer.harness.Harness;
import io.inferometer.harness.HarnessException;
import io.inferometer.report.RunReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/**
 * Ends a run in good order when the process is told to end, by Ctrl-C or by a signal: nothing more is sent, what is in
 * flight has a moment to end, and everything is written before the JVM goes. Its exit status is then the signal's: 130 or
 * 143.
 */
final class Interruption {
    static final Duration GRACE = Duration.ofSeconds(5);

    private Interruption() {}

    /** Runs a harness and returns its result. */
    static RunReport watchOver(Harness harness, PrintStream err)
            throws HarnessException, IOException, InterruptedException {
        Thread hook = new Thread(() -> end(harness, err), "inferometer-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return harness.run();
        } finally {
            remove(hook);
        }
    }

    private static void end(Harness harness, PrintStream err) {
        err.println();
        err.println("inferometer: interrupted; what is in flight has " + GRACE.toSeconds() + " s to end");
        try {
            if (!harness.stop("interrupted", GRACE)) {
                err.println("inferometer: the run does not end, and is left; what it measured is in its journal");
            }
        } catch (InterruptedException e) {
            // The JVM is going; nobody is left to be told.
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going already, and the hook is what lets it.
        }
    }
}
