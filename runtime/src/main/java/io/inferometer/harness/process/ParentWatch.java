package io.inferometer.harness.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Does in a fork what the run that started it says on its standard input: {@code >} and a number, ended by a line feed, are
 * when it starts what it is ready for, {@code =} means that there is no further iteration, any other byte that it sends nothing
 * more, and the end of the input, also where the run has ended in whatever way, that it gives up what is in flight.
 * A fork that does not end by itself then is halted.
 */
public final class ParentWatch {
    /** Comes before a number. */
    public static final int GO = '>';

    /** There is no further iteration. */
    public static final int ENOUGH = '=';

    private ParentWatch() {}

    /**
     * Begins, on a thread of its own.
     *
     * @param run is interrupted when the stream ends
     * @param go is told when to start, on the run's clock
     * @param enough is told that there is no further iteration
     * @param parent the standard input, by which whoever started this process tells it what to do
     */
    public static void start(Interruptible run, LongConsumer go, Runnable enough, InputStream parent) {
        Thread watch = new Thread(() -> await(run, go, enough, parent), "inferometer-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void await(Interruptible run, LongConsumer go, Runnable enough, InputStream parent) {
        try {
            for (int told = parent.read(); told >= 0; told = parent.read()) {
                if (told == GO) {
                    go.accept(number(parent));
                } else if (told == ENOUGH) {
                    enough.run();
                } else {
                    run.interrupt();
                }
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

    private static long number(InputStream parent) throws IOException {
        StringBuilder digits = new StringBuilder();
        int next = parent.read();
        for (; next >= 0 && next != '\n'; next = parent.read()) {
            digits.append((char) next);
        }
        if (next < 0) {
            throw new EOFException();
        }
        return Long.parseLong(digits.toString());
    }
}
