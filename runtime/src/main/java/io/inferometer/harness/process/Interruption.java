package io.inferometer.harness.process;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run in good order when the process is told to end, by Ctrl-C or by a signal: nothing more is sent, what is in
 * flight has a grace to end, and everything is written before the JVM goes. Told so again, it gives up at once what is in
 * flight. The exit status is the first signal's: 130 or 143.
 *
 * <p>The first signal is left to the JVM, which runs this as a shutdown hook; only then are signals handled here. So a
 * JDK that can't handle them still ends in good order.
 */
public final class Interruption {
    /** How long a run may take to end that has nothing in flight any more: it may have much to write. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PrintStream err;
    private final boolean terminal;
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * @param err is told of an interruption
     * @param terminal whether it may stand in a line that is not at its end
     */
    public Interruption(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Watches over a run that is about to begin.
     *
     * @param run is interrupted by a signal
     * @param grace how long what is in flight has to end
     * @return ends the watch
     */
    public Runnable watchOver(Interruptible run, Duration grace) {
        Thread hook = new Thread(() -> end(run, grace), "inferometer-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> remove(hook);
    }

    /** Everything has been told of the run: a JVM that is to end may do so. */
    public void over() {
        over.countDown();
    }

    private void end(Interruptible run, Duration grace) {
        boolean again = Signals.handle("INT", () -> endAtOnce(run, ExitCode.INTERRUPTED));
        Signals.handle("TERM", () -> endAtOnce(run, ExitCode.TERMINATED));
        if (terminal) {
            err.println();
        }
        err.println("inferometer: interrupted; "
                + run.lastWords()
                        .orElseGet(() -> "what is in flight "
                                + (grace.isZero() ? "is given up" : "has " + seconds(grace) + " s to end")
                                + (again && !grace.isZero() ? ", and a second Ctrl-C ends it at once" : "")));
        ends(run, grace);
    }

    private void endAtOnce(Interruptible run, ExitCode status) {
        if (!ends(run, Duration.ZERO)) {
            Runtime.getRuntime().halt(status.status());
        }
    }

    private boolean ends(Interruptible run, Duration grace) {
        try {
            if (run.interrupt(grace, PATIENCE)) {
                return over.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            }
            err.println("inferometer: the run does not end, and is left; what it measured is in its journal");
        } catch (InterruptedException e) {
            // The JVM is going; nobody is left to be told.
        }
        return false;
    }

    private static String seconds(Duration time) {
        double seconds = time.toMillis() / 1e3;
        return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going already, and the hook is what lets it.
        }
    }
}
