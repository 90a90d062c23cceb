package io.inferometer.load;

import io.inferometer.endpoint.Target;
import io.inferometer.record.Outcome;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestTimeline;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * An open loop: requests sent at the times of an arrival sequence, however many are in flight.
 *
 * <p>The calling thread sleeps to absolute times, so that the rate does not drift. An arrival that is sent late keeps the
 * time for which it was scheduled.
 */
final class ArrivalDispatcher implements Dispatcher, Target.Listener {
    private final ArrivalSequence arrivals;
    private final long nanos;
    private final RequestSource source;
    private final Target target;
    private final Recorder recorder;
    private final LongSupplier clock;

    private final Pending pending = new Pending();
    private volatile Thread sender;
    private volatile boolean stopped;

    ArrivalDispatcher(
            ArrivalSequence arrivals,
            long nanos,
            RequestSource source,
            Target target,
            Recorder recorder,
            LongSupplier clock) {
        this.arrivals = arrivals;
        this.nanos = nanos;
        this.source = source;
        this.target = target;
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    public void run() throws InterruptedException {
        sender = Thread.currentThread();
        source.awaitFilled();
        source.onReady(() -> LockSupport.unpark(sender));
        long start = clock.getAsLong();
        for (long due = arrivals.nextNanos(); due < nanos; due = arrivals.nextNanos()) {
            // Taken before it is due: there is nothing to wait for behind the last one.
            RequestSource.Ready ready = take();
            if (ready == null || !sleepUntil(start + due)) {
                break;
            }
            pending.begins();
            ready.timeline().scheduled(-1, start + due);
            target.send(ready.request(), ready.timeline(), this);
        }
        pending.ends();
        pending.await();
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
