package io.inferometer.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;

/** Ends a run when its time is over; what is in flight then is given up. */
final class RunTimeLimit implements AutoCloseable {
    /** Ends the run for a reason, when a grace is over. */
    interface Stop {
        void stop(String reason, Duration grace) throws InterruptedException;
    }

    private final Optional<Duration> runTime;
    private final Stop stop;
    private Timer timer;

    /** @param runTime empty for no limit */
    RunTimeLimit(Optional<Duration> runTime, Stop stop) {
        this.runTime = runTime;
        this.stop = stop;
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
                try {
                    stop.stop(over(time), Duration.ZERO);
                } catch (InterruptedException e) {
                    // Nobody interrupts the timer's thread; it ends with the run.
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
