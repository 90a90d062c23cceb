package io.inferometer.harness.live;

import io.inferometer.harness.process.Interruptible;
import io.inferometer.harness.process.Interruption;
import io.inferometer.report.html.LiveRun;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a run as Ctrl-C does: once, what is in flight has its grace; again, it is given up. */
final class StopButton {
    private final LiveRun shown;
    private final Interruptible run;
    private final Duration grace;
    private final AtomicBoolean pressed = new AtomicBoolean();

    StopButton(LiveRun shown, Interruptible run, Duration grace) {
        this.shown = shown;
        this.run = run;
        this.grace = grace;
    }

    /** Returns at once. */
    void press() {
        Duration left = pressed.compareAndSet(false, true) ? grace : Duration.ZERO;
        shown.stopping();
        Thread thread = new Thread(() -> stop(left), "inferometer-live-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private void stop(Duration left) {
        try {
            run.interrupt(left, Interruption.PATIENCE);
        } catch (InterruptedException e) {
            // Nobody interrupts it.
        }
    }
}
