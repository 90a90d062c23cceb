package io.inferometer.harness;

import io.inferometer.report.RunEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/** Ends a run when its time is over; what is in flight then is given up. */
final class RunTimeLimit implements AutoCloseable {
    private final Optional<Duration> runTime;
    private final Consumer<RunEnd> giveUp;
    private Timer timer;

    /**
     * @param runTime empty for no limit
     * @param giveUp ends the run at once, for a reason
     */
    RunTimeLimit(Optional<Duration> runTime, Consumer<RunEnd> giveUp) {
        this.runTime = runTime;
        this.giveUp = giveUp;
    }

    /** Begins the time. */
    void start() {
        runTime.ifPresent(time -> {
            timer = new Timer("inferometer-run-time", true);
            timer.schedule(ending(time), time.toMillis());
        });
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private TimerTask ending(Duration time) {
        return new TimerTask() {
            @Override
            public void run() {
                giveUp.accept(new RunEnd.TimeOver(time));
            }
        };
    }
}
