package io.inferometer.cli;

import io.inferometer.harness.Harness;
import io.inferometer.harness.HarnessException;
import io.inferometer.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends a fork in good order when its standard input ends: when the run that started it is to end, or has ended, in
 * whatever way. A fork that does not end by itself then is halted.
 */
final class ParentWatch {
    private static final int FAILED = 1;

    private ParentWatch() {}

    /** Runs the harness of a fork and returns its result. */
    static RunReport watchOver(Harness harness, InputStream parent, Duration grace)
            throws HarnessException, IOException, InterruptedException {
        Thread watch = new Thread(() -> await(harness, parent, grace), "inferometer-parent-watch");
        watch.setDaemon(true);
        watch.start();
        return harness.run();
    }

    private static void await(Harness harness, InputStream parent, Duration grace) {
        try {
            while (parent.read() >= 0) {
                // Nothing is said there; only its end counts.
            }
        } catch (IOException e) {
            // That is an end too.
        }
        try {
            if (!harness.stop("interrupted", grace)) {
                Runtime.getRuntime().halt(FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
