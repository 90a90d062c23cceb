package io.inferometer.endpoint;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Wake-ups that all come after one and the same time, and so in the order in which they are asked for. Nearly all of them are
 * cancelled long before: asking for one and cancelling it takes no lock and wakes no thread, and all that wait are looked at
 * together, at most once in that time.
 *
 * <p>May be used by any thread; {@link #look} is not to be called but as it was asked for.
 */
final class AlarmLine {
    private final long afterNanos;
    private final LongSupplier clock;
    private final LongConsumer lookAfter;
    private final ConcurrentLinkedQueue<Waiting> line = new ConcurrentLinkedQueue<>();
    /** Whether a look is still to come. */
    private final AtomicBoolean watched = new AtomicBoolean();

    /**
     * @param afterNanos after what time all of them come
     * @param lookAfter has {@link #look} called after so many nanoseconds
     */
    AlarmLine(long afterNanos, LongSupplier clock, LongConsumer lookAfter) {
        this.afterNanos = afterNanos;
        this.clock = clock;
        this.lookAfter = lookAfter;
    }

    private static final class Waiting extends AtomicReference<Runnable> implements Watchdog.Alarm {
        private static final long serialVersionUID = 1;

        private final long due;

        Waiting(long due, Runnable action) {
            super(action);
            this.due = due;
        }

        @Override
        public void cancel() {
            set(null);
        }
    }

    /** Has an action run when its time has come. */
    Watchdog.Alarm add(Runnable action) {
        Waiting last = new Waiting(clock.getAsLong() + afterNanos, action);
        line.add(last);
        watch(afterNanos);
        return last;
    }

    private void watch(long nanos) {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            lookAfter.accept(nanos);
        }
    }

    /** Runs what is due, and forgets what was cancelled before it. */
    void look() {
        Waiting first = line.peek();
        while (first != null && (first.get() == null || first.due - clock.getAsLong() <= 0)) {
            line.poll();
            Runnable action = first.getAndSet(null);
            if (action != null) {
                Watchdog.run(action);
            }
            first = line.peek();
        }
        watched.set(false);
        first = line.peek();
        if (first != null) {
            watch(Math.max(0, first.due - clock.getAsLong()));
        }
    }
}
