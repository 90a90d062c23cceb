package io.inferometer.load.session;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends turns when their time to think is over: one thread, parked to the absolute time of the next one. Adding one takes no
 * lock.
 */
final class TurnTimer implements AutoCloseable {
    private final ConcurrentLinkedQueue<Flight> added = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Flight> waiting = new PriorityQueue<>(Comparator.comparingLong(Flight::due));
    private final LongSupplier clock;
    private final Consumer<Flight> send;
    private final Consumer<Throwable> failed;
    private final Thread thread;
    private volatile long end = Long.MAX_VALUE;
    private volatile boolean dropping;
    private volatile boolean closed;

    /**
     * @param clock nanoseconds, monotonic
     * @param send takes each when it is due, or when nothing more is waited for
     * @param failed told what that threw
     */
    TurnTimer(LongSupplier clock, Consumer<Flight> send, Consumer<Throwable> failed) {
        this.clock = clock;
        this.send = send;
        this.failed = failed;
        thread = new Thread(this::work, "inferometer-think-times");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends one when it is due. */
    void add(Flight flight) {
        added.add(flight);
        LockSupport.unpark(thread);
    }

    /** Waits for nothing from then on. */
    void until(long nanoTime) {
        end = nanoTime;
        LockSupport.unpark(thread);
    }

    /** Waits for nothing more: all that wait are taken at once. */
    void drop() {
        dropping = true;
        LockSupport.unpark(thread);
    }

    private void work() {
        while (!closed) {
            try {
                wait1();
            } catch (Throwable e) {
                failed.accept(e);
            }
        }
    }

    private void wait1() {
        for (Flight flight = added.poll(); flight != null; flight = added.poll()) {
            waiting.add(flight);
        }
        long now = clock.getAsLong();
        boolean all = dropping || (end != Long.MAX_VALUE && now - end >= 0);
        Flight next = waiting.peek();
        if (next == null) {
            LockSupport.park(this);
        } else if (all || next.due() - now <= 0) {
            send.accept(waiting.poll());
        } else {
            long until = end == Long.MAX_VALUE ? next.due() : Math.min(next.due(), end);
            LockSupport.parkNanos(this, until - now);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
