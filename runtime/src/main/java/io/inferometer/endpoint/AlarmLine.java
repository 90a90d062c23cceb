package io.inferometer.endpoint;

import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/**
 * Wake-ups that all come after one and the same time, and so in the order in which they are asked for. Nearly all of them are
 * cancelled long before: asking for one and cancelling it takes no lock and wakes no thread. All that wait are looked at
 * together, once a second at most but for what is due, so that those that were cancelled are not held for longer.
 *
 * <p>May be used by any thread; {@link #look} is not to be called but as it was asked for.
 */
final class AlarmLine {
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long afterNanos;
    private final LongSupplier clock;
    private final ObjLongConsumer<Runnable> later;
    private final ConcurrentLinkedQueue<Waiting> line = new ConcurrentLinkedQueue<>();
    /** Whether a look is still to come. */
    private final AtomicBoolean watched = new AtomicBoolean();

    /**
     * @param afterNanos after what time all of them come
     * @param later has something run, which is {@link #look}, after so many nanoseconds
     */
    AlarmLine(long afterNanos, LongSupplier clock, ObjLongConsumer<Runnable> later) {
        this.afterNanos = afterNanos;
        this.clock = clock;
        this.later = later;
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
            later.accept(this::look, Math.min(nanos, SWEEP_NANOS));
        }
    }

    /** Runs what is due, and forgets what was cancelled. */
    void look() {
        for (Iterator<Waiting> all = line.iterator(); all.hasNext(); ) {
            Waiting next = all.next();
            Runnable action = next.get();
            if (action != null && next.due - clock.getAsLong() > 0) {
                continue;
            }
            all.remove();
            if (action != null && next.compareAndSet(action, null)) {
                Watchdog.run(action);
            }
        }
        watched.set(false);
        Waiting first = line.peek();
        if (first != null) {
            watch(Math.max(0, first.due - clock.getAsLong()));
        }
    }
}
