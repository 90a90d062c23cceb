package io.inferometer.load;

import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.record.Outcome;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestTimeline;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.LongToIntFunction;

/**
 * An open loop: requests sent at the times of an arrival sequence, or at their own, however many are in flight, or as far as a
 * cap on these allows.
 *
 * <p>The calling thread sleeps to absolute times, so that the rate does not drift. An arrival that is sent late, or held
 * back by the cap or while the recorder is full, keeps the time for which it was scheduled.
 */
final class ArrivalDispatcher implements Dispatcher, Target.Listener {
    private final Due due;
    private final LongToIntFunction stageAt;
    private final int mostInFlight;
    private final long nanos;
    private final RequestSource source;
    private final Target target;
    private final Recorder recorder;
    private final LongSupplier clock;

    private final Pending pending = new Pending();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile long heldByRecorder;
    private volatile long heldByCap;
    private boolean lastByRecorder;
    private long roomSince = Long.MIN_VALUE;
    private volatile Thread sender;
    private volatile boolean stopped;

    /** When requests are due. */
    @FunctionalInterface
    interface Due {
        /** Nanoseconds from the start of the iteration; never less than those of the request before. */
        long nanos(WireRequest request);
    }

    /**
     * @param stageAt gives the stage of a load at a time from the start
     * @param mostInFlight how many may be in flight
     * @param nanos how long requests are started
     */
    ArrivalDispatcher(
            Due due,
            LongToIntFunction stageAt,
            int mostInFlight,
            long nanos,
            RequestSource source,
            Target target,
            Recorder recorder,
            LongSupplier clock) {
        this.due = due;
        this.stageAt = stageAt;
        this.mostInFlight = mostInFlight;
        this.nanos = nanos;
        this.source = source;
        this.target = target;
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    public void run() throws InterruptedException {
        run(clock);
    }

    @Override
    public void run(LongSupplier zero) throws InterruptedException {
        sender = Thread.currentThread();
        source.awaitFilled();
        source.onReady(() -> LockSupport.unpark(sender));
        recorder.onRoom(() -> LockSupport.unpark(sender));
        long start = zero.getAsLong();
        // Taken before it is due: there is nothing to wait for behind the last one.
        for (RequestSource.Ready ready = take(); ready != null; ready = take()) {
            long next = due.nanos(ready.request());
            if (next >= nanos) {
                source.leave();
                // The time is to be as long as it was asked for, however few arrive.
                sleepUntil(start + nanos);
                break;
            }
            if (!send(ready, start, next)) {
                break;
            }
        }
        pending.ends();
        pending.await();
    }

    /** Sends a request when it is due; false if nothing is to be sent any more. */
    private boolean send(RequestSource.Ready ready, long start, long afterStart) throws InterruptedException {
        long scheduled = start + afterStart;
        if (!sleepUntil(scheduled) || !awaitRoom(scheduled)) {
            source.leave();
            return false;
        }
        pending.begins();
        inFlight.incrementAndGet();
        target.send(ready.request(), ready.begun(stageAt.applyAsInt(afterStart), -1, scheduled), this);
        return true;
    }

    @Override
    public void stop() {
        stopped = true;
        LockSupport.unpark(sender);
    }

    private boolean sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - clock.getAsLong();
        while (left > 0 && !stopped) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            left = nanoTime - clock.getAsLong();
        }
        return !stopped;
    }

    /** Waits while nothing may be sent; false if nothing is to be sent any more. Its thread alone counts what it holds. */
    private boolean awaitRoom(long scheduled) throws InterruptedException {
        boolean full = recorder.full();
        boolean held = full || capped();
        if (held) {
            lastByRecorder = full;
        } else if (roomSince == Long.MIN_VALUE || scheduled - roomSince >= 0) {
            return !stopped;
        }
        if (lastByRecorder) {
            heldByRecorder++;
        } else {
            heldByCap++;
        }
        if (held) {
            awaitNoLongerHeld();
            roomSince = clock.getAsLong();
        }
        return !stopped;
    }

    private void awaitNoLongerHeld() throws InterruptedException {
        while (!stopped && (recorder.full() || capped())) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private boolean capped() {
        return inFlight.get() >= mostInFlight;
    }

    @Override
    public Held held() {
        return new Held(heldByRecorder, heldByCap);
    }

    /** The next request, waiting for the source where it must; null if there are no more. */
    private RequestSource.Ready take() throws InterruptedException {
        while (!stopped) {
            boolean last = source.exhausted();
            RequestSource.Ready ready = source.poll();
            if (ready != null || last) {
                return ready;
            }
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return null;
    }

    @Override
    public void ended(RequestTimeline timeline) {
        if (inFlight.getAndDecrement() == mostInFlight) {
            LockSupport.unpark(sender);
        }
        recorder.ended(timeline);
        if (timeline.outcome() == Outcome.CLIENT_ERROR) {
            stop();
        }
        pending.ends();
    }

    @Override
    public void broke(Throwable failure) {
        pending.broke(failure);
        stop();
    }
}
