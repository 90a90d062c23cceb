package io.inferometer.harness.trial;

import java.util.Timer;
import java.util.TimerTask;

/** Has it told, a few times a second, how far something is, until it is closed. */
public final class ProgressTimer implements AutoCloseable {
    private static final long MILLIS = 250;

    private final Timer timer = new Timer("inferometer-progress", true);

    /** @param tell is called by a thread of the timer's own */
    public ProgressTimer(Runnable tell) {
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        tell.run();
                    }
                },
                MILLIS,
                MILLIS);
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
