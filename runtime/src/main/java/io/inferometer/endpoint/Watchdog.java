package io.inferometer.endpoint;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Wakes requests whose time is over, on one daemon thread. */
public final class Watchdog implements AutoCloseable {
    private final LongSupplier clock;
    private final ScheduledThreadPoolExecutor executor;
    private final AlarmLine lingering;

    public Watchdog(LongSupplier clock) {
        this.clock = clock;
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "inferometer-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        lingering = new AlarmLine(Exchange.LINGER_NANOS, clock, this::lookAfter);
    }

    /** A wake-up that is still to come. */
    interface Alarm {
        /** Makes it not come, unless it is coming just now. */
        void cancel();
    }

    /** Has {@code action} run on the watchdog's thread after a time. */
    Alarm wake(long afterNanos, Runnable action) {
        if (executor.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> future = executor.schedule(() -> run(action), afterNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** The same after the time that a body may stay open behind its end: one for each request, of which few ever come. */
    Alarm linger(Runnable action) {
        return lingering.add(action);
    }

    private void lookAfter(long nanos) {
        wake(nanos, lingering::look);
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
