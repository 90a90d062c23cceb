package io.inferometer.load.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Sessions that begin at given times, those of an open loop or their own, however many live, or as far as a cap on these
 * allows. The calling thread sleeps to absolute times.
 */
final class ArrivalBeginnings implements Beginnings {
    private final ToLongFunction<SessionSource.Opening> times;
    private final int mostLive;
    private final LongSupplier clock;
    private final AtomicInteger live = new AtomicInteger();
    private volatile Thread sender;
    private volatile long held;

    /**
     * @param times when each is due, in nanoseconds from the beginning of the iteration; asked in order
     * @param mostLive how many may live at the same time
     */
    ArrivalBeginnings(ToLongFunction<SessionSource.Opening> times, int mostLive, LongSupplier clock) {
        this.times = times;
        this.mostLive = mostLive;
        this.clock = clock;
    }

    @Override
    public int mostLive() {
        return mostLive;
    }

    @Override
    public void run(SessionDispatcher dispatcher, long start, long end) throws InterruptedException {
        sender = Thread.currentThread();
        while (true) {
            SessionSource.Opening opening = take(dispatcher);
            if (opening == null) {
                return;
            }
            long due = start + times.applyAsLong(opening);
            if (end != Long.MAX_VALUE && due - end >= 0) {
                // The time is to be as long as it was asked for, however few arrive.
                sleepUntil(dispatcher, end);
                return;
            }
            if (!sleepUntil(dispatcher, due) || !awaitRoom(dispatcher)) {
                return;
            }
            live.incrementAndGet();
            dispatcher.begin(opening, -1, due);
        }
    }

    /** The next session, waiting for the source where it must; null if there are no more. */
    private SessionSource.Opening take(SessionDispatcher dispatcher) throws InterruptedException {
        while (!dispatcher.over()) {
            boolean last = dispatcher.source().exhausted();
            SessionSource.Opening opening = dispatcher.source().poll();
            if (opening != null || last) {
                return opening;
            }
            park(Long.MAX_VALUE);
        }
        return null;
    }

    private boolean sleepUntil(SessionDispatcher dispatcher, long nanoTime) throws InterruptedException {
        while (nanoTime - clock.getAsLong() > 0 && !dispatcher.over()) {
            park(nanoTime - clock.getAsLong());
        }
        return !dispatcher.over();
    }

    private boolean awaitRoom(SessionDispatcher dispatcher) throws InterruptedException {
        if (live.get() >= mostLive) {
            held++; // by this thread alone
            while (live.get() >= mostLive && !dispatcher.over()) {
                park(Long.MAX_VALUE);
            }
        }
        return !dispatcher.over();
    }

    private void park(long nanos) throws InterruptedException {
        LockSupport.parkNanos(this, nanos);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void over(SessionDispatcher dispatcher, SessionTree tree) {
        live.decrementAndGet();
        LockSupport.unpark(sender);
    }

    @Override
    public void goOn(SessionDispatcher dispatcher) {
        LockSupport.unpark(sender);
    }

    @Override
    public void wake() {
        LockSupport.unpark(sender);
    }

    @Override
    public long heldByCap() {
        return held;
    }
}
