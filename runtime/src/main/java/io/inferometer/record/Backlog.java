package io.inferometer.record;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * What the recorder's thread has yet to do, in order: how many requests have ended and are not recorded, what they take of
 * the heap, and when the thread goes on. Both numbers have bounds, which they may pass; whoever would add to them asks first.
 *
 * <p>Requests that end together are followed by others that are sent at once, and on a machine of few processors recording
 * takes one from those who send and read. So it begins a little later and rests in between, unless somebody waits for it:
 * one who drains or closes the recorder, or slots that are held back. What has become old is not rested for either. Thread-safe.
 */
final class Backlog {
    /**
     * When the thread goes on.
     *
     * @param settlingNanos how long it waits when there is something to do again
     * @param restNanos how long it rests between two tasks
     * @param youngNanos how long ago the next one may have been handed over for that
     */
    record Pace(long settlingNanos, long restNanos, long youngNanos) {
        static final Pace USUAL = new Pace(
                TimeUnit.MILLISECONDS.toNanos(10),
                TimeUnit.MICROSECONDS.toNanos(200),
                TimeUnit.MILLISECONDS.toNanos(50));
    }

    private record Task(Runnable action, long handedOver) {}

    private final long mostRequests;
    private final long mostBytes;
    private final Pace pace;
    private final LongSupplier clock;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger waitedFor = new AtomicInteger();
    private volatile Thread resting;

    Backlog(Recorder.Bounds bounds, Pace pace, LongSupplier clock) {
        this.mostRequests = bounds.requests();
        this.mostBytes = bounds.bytes();
        this.pace = pace;
        this.clock = clock;
    }

    /** Whether there is no room for another request. */
    boolean full() {
        return requests.get() >= mostRequests || bytes.get() >= mostBytes;
    }

    /** Adds a request that has ended, by the task that records it, which removes it. */
    void add(Runnable task, long more) {
        requests.incrementAndGet();
        bytes.addAndGet(more);
        add(task);
        if (full()) {
            wake();
        }
    }

    /** Adds something else to do. */
    void add(Runnable task) {
        tasks.add(new Task(task, clock.getAsLong()));
    }

    /** Takes a request away; true where that made room, as far as it alone can tell. */
    boolean remove(long less) {
        boolean fewer = requests.getAndDecrement() == mostRequests;
        long before = bytes.getAndAdd(-less);
        return fewer || before >= mostBytes && before - less < mostBytes;
    }

    /** Somebody waits for what is to be done: no rests until that one has {@linkplain #calm() ended}. */
    void hurry() {
        waitedFor.incrementAndGet();
        wake();
    }

    void calm() {
        waitedFor.decrementAndGet();
    }

    /** The next thing to do, when its time has come; null if there is none for so long. For one thread alone. */
    Runnable next(long nanos) throws InterruptedException {
        Task next = tasks.poll();
        if (next != null) {
            if (clock.getAsLong() - next.handedOver() < pace.youngNanos()) {
                rest(pace.restNanos());
            }
            return next.action();
        }
        next = tasks.poll(nanos, TimeUnit.NANOSECONDS);
        if (next == null) {
            return null;
        }
        rest(pace.settlingNanos());
        return next.action();
    }

    private void rest(long nanos) {
        resting = Thread.currentThread();
        if (waitedFor.get() == 0 && !full()) {
            LockSupport.parkNanos(this, nanos);
        }
        resting = null;
    }

    private void wake() {
        LockSupport.unpark(resting);
    }
}
