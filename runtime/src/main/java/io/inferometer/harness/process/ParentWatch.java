package io.inferometer.harness.process;

import io.inferometer.harness.Harness;
import io.inferometer.harness.HarnessException;
import io.inferometer.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends a fork in good order when the run that started it says so on its standard input: a byte there means that it sends
 * nothing more, and the end of the input, also where the run has ended in whatever way, that it gives up what is in flight.
 * A fork that does not end by itself then is halted.
 */
public final class ParentWatch {
    private static final int FAILED = 1;

    private ParentWatch() {}

    /** Runs the harness of a fork and returns its result. */
    public static RunReport watchOver(Harness harness, InputStream parent)
            throws HarnessException, IOException, InterruptedException {
        Thread watch = new Thread(() -> await(harness, parent), "inferometer-parent-watch");
        watch.setDaemon(true);
        watch.start();
        return harness.run();
    }

    private static void await(Harness harness, InputStream parent) {
        try {
            while (parent.read() >= 0) {
                harness.stop(Interruption.REASON);
            }
        } catch (IOException e) {
            // That is an end too.
        }
        try {
            if (!harness.stop(Interruption.REASON, Duration.ZERO, Interruption.PATIENCE)) {
                Runtime.getRuntime().halt(FAILED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
