package io.inferometer.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/** Ends a run when its time is over; what is in flight then is given up. */
final class RunTimeLimit implements AutoCloseable {
    private final Optional<Duration> runTime;
    private final Consumer<String> giveUp;
    private Timer timer;

    /**
     * @param runTime empty for no limit
     * @param giveUp ends the run at once, for a reason
     */
    RunTimeLimit(Optional<Duration> runTime, Consumer<String> giveUp) {
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

    /** The reason that it gives. */
    static String over(Duration runTime) {
        return "its run time of " + runTime.toMillis() / 1e3 + " s was over";
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
                giveUp.accept(over(time));
            }
        };
    }
}
