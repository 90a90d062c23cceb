package io.inferometer.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Wakes requests whose time is over, on one daemon thread. */
public final class Watchdog implements AutoCloseable {
    private final LongSupplier clock;
    private final ScheduledThreadPoolExecutor executor;
    /** A line for each time after which something is to be woken: there are few, as limits are those of a run. */
    private final Map<Long, AlarmLine> lines = new ConcurrentHashMap<>();

    public Watchdog(LongSupplier clock) {
        this.clock = clock;
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "inferometer-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A wake-up that is still to come. */
    interface Alarm {
        /** Makes it not come, unless it is coming just now. */
        void cancel();
    }

    /** Has {@code action} run on the watchdog's thread after a time. */
    Alarm wake(long afterNanos, Runnable action) {
        return lines.computeIfAbsent(afterNanos, after -> new AlarmLine(after, clock, this::later))
                .add(action);
    }

    /** Has {@code action} run on the watchdog's thread, as soon as that comes to it. */
    void soon(Runnable action) {
        later(action, 0);
    }

    private void later(Runnable action, long nanos) {
        if (!executor.isShutdown()) {
            executor.schedule(() -> run(action), nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** What is thrown would be lost in the future that nobody looks at. */
    static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    long nanoTime() {
        return clock.getAsLong();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
