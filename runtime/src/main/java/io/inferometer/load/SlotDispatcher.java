package io.inferometer.load;

import io.inferometer.endpoint.Target;
import io.inferometer.record.Outcome;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestTimeline;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A closed loop: slots that each send their next request the moment their last one ends, on the thread that saw it end.
 *
 * <p>With at least as many slots as requests it sends all of them at once. A slot that finds no request ready waits for
 * the source, whose thread then sends it; one that becomes free while the recorder is full is held back until that has
 * room, and its thread sends it. The wait is in the request's schedule delay.
 *
 * <p>{@code pending} counts what is still to come, and {@link #run} returns when that is nothing. It is balanced across
 * threads, and holds
 * <ul>
 *   <li>one for {@code run} itself, until it has started all slots;
 *   <li>one for each live slot, taken by {@code run} before the slot's first request; it passes from a request to the slot's
 *       next one, and rests with the slot while that waits in {@code waiting}. Whoever finds that the slot gets no more gives
 *       it back: the thread that starts it, the one that saw its last request end, or the one that serves those that wait;
 *   <li>one for each record that is being handed on, from {@code ended} until the recorder has it: the slot's own may be
 *       given back within that, and the record must not come behind the end.
 * </ul>
 */
final class SlotDispatcher implements Dispatcher, Target.Listener {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int mostSlots;
    private final double slotsPerSecond;
    private final long nanos;
    private final RequestSource source;
    private final Target target;
    private final Recorder recorder;
    private final LongSupplier clock;

    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final Pending pending = new Pending();
    private final LongAdder held = new LongAdder();
    private volatile Thread starter;
    private volatile boolean stopped;
    private volatile long end = Long.MAX_VALUE;

    private record Waiting(int slot, long since) {}

    /**
     * @param mostSlots how many slots there are, unless there are fewer requests
     * @param slotsPerSecond how many of them a second begin; infinite for all at one instant
     * @param nanos how long requests are started
     */
    SlotDispatcher(
            int mostSlots,
            double slotsPerSecond,
            long nanos,
            RequestSource source,
            Target target,
            Recorder recorder,
            LongSupplier clock) {
        this.mostSlots = mostSlots;
        this.slotsPerSecond = slotsPerSecond;
        this.nanos = nanos;
        this.source = source;
        this.target = target;
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    public void run() throws InterruptedException {
        source.awaitFilled();
        source.onReady(this::goOn);
        recorder.onRoom(this::goOn);
        starter = Thread.currentThread();
        long start = clock.getAsLong();
        end = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : start + nanos;
        for (int slot = 0; slot < mostSlots; slot++) {
            long due = start + Math.round(slot * NANOS_PER_SECOND / slotsPerSecond);
            sleepUntil(due);
            if (noMore()) {
                break;
            }
            pending.begins();
            next(slot, due);
        }
        pending.ends();
        pending.await();
    }

    @Override
    public void stop() {
        stopped = true;
        LockSupport.unpark(starter);
        serveWaiting();
    }

    private void sleepUntil(long nanoTime) throws InterruptedException {
        for (long left = nanoTime - clock.getAsLong(); left > 0 && !noMore(); left = nanoTime - clock.getAsLong()) {
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private boolean noMore() {
        return stopped || (source.exhausted() && source.isEmpty());
    }

    private void next(int slot, long free) {
        if (stopped || (end != Long.MAX_VALUE && clock.getAsLong() - end >= 0)) {
            pending.ends();
            return;
        }
        boolean last = source.exhausted();
        boolean full = recorder.full();
        RequestSource.Ready ready = full ? null : source.poll();
        if (ready != null) {
            send(slot, free, ready);
        } else if (last && source.isEmpty()) {
            pending.ends();
        } else {
            if (full) {
                held.increment();
            }
            waiting.add(new Waiting(slot, free));
            serveWaiting();
        }
    }

    private void send(int slot, long scheduled, RequestSource.Ready ready) {
        ready.timeline().scheduled(slot, scheduled);
        target.send(ready.request(), ready.timeline(), this);
    }

    @Override
    public void ended(RequestTimeline timeline) {
        // The next request first: what the record costs is then not in the slot's turnaround.
        pending.begins();
        if (timeline.outcome() == Outcome.CLIENT_ERROR) {
            stop();
        }
        try {
            next(timeline.slot(), timeline.endNanos());
        } finally {
            recorder.ended(timeline);
            pending.ends();
        }
    }

    @Override
    public void broke(Throwable failure) {
        pending.broke(failure);
        stop();
    }

    @Override
    public Held held() {
        return new Held(held.sum(), 0);
    }

    /** The slots that wait can't be left to whoever sees the thread of the source, or of the recorder, end. */
    private void goOn() {
        try {
            serveWaiting();
        } catch (RuntimeException | Error e) {
            broke(e);
        }
    }

    /**
     * Gives slots that wait what has become ready meanwhile; on the thread of the source, or of the recorder, or on the one
     * that began to wait.
     */
    private void serveWaiting() {
        while (stopped || !recorder.full()) {
            boolean last = stopped || source.exhausted();
            Waiting slot = waiting.poll();
            if (slot == null) {
                return;
            }
            RequestSource.Ready ready = stopped ? null : source.poll();
            if (ready != null) {
                send(slot.slot(), slot.since(), ready);
            } else if (last) {
                pending.ends();
            } else {
                waiting.add(slot);
                if (!source.exhausted() && source.isEmpty()) {
                    return;
                }
            }
        }
    }
}
