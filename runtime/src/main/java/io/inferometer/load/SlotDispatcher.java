package io.inferometer.load;

import io.inferometer.endpoint.Target;
import io.inferometer.plan.Split;
import io.inferometer.record.Outcome;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestTimeline;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.LongToIntFunction;

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
    private final Iterator<SlotStep> steps;
    private final LongToIntFunction stageAt;
    private final LongToIntFunction slotsAt;
    private final Split split;
    private final long nanos;
    private final RequestSource source;
    private final Target target;
    private final Recorder recorder;
    private final LongSupplier clock;

    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final Pending pending = new Pending();
    private final LongAdder held = new LongAdder();
    /** 1 for each slot that is at work or waits; only where slots can be taken away. */
    private final AtomicIntegerArray live;

    private volatile int slots;
    private volatile long start;
    private volatile Thread starter;
    private volatile boolean stopped;
    private volatile long end = Long.MAX_VALUE;

    private record Waiting(int slot, long since) {}

    /**
     * @param steps how many slots there are, unless there are fewer requests
     * @param slotsAt gives their number at a time from the start, where some are taken away
     * @param mostTaken how many slots there are at most, where some are taken away; 0 where none is
     * @param split which slots these are among those of the load
     * @param stageAt gives the stage of a load at a time from the start
     * @param nanos how long requests are started
     */
    SlotDispatcher(
            Iterator<SlotStep> steps,
            LongToIntFunction slotsAt,
            int mostTaken,
            Split split,
            LongToIntFunction stageAt,
            long nanos,
            RequestSource source,
            Target target,
            Recorder recorder,
            LongSupplier clock) {
        this.steps = steps;
        this.slotsAt = slotsAt;
        this.split = split;
        this.live = new AtomicIntegerArray(mostTaken);
        this.stageAt = stageAt;
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
        source.awaitFilled();
        source.onReady(this::goOn);
        recorder.onRoom(this::goOn);
        starter = Thread.currentThread();
        start = zero.getAsLong();
        end = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : start + nanos;
        while (steps.hasNext() && !noMore()) {
            SlotStep step = steps.next();
            sleepUntil(start + step.nanos());
            allow(step.slots(), start + step.nanos());
        }
        if (live.length() > 0) {
            // The last stage is to be as long as it was asked for, even where it has no slots.
            sleepUntil(end);
        }
        pending.ends();
        pending.await();
    }

    /** Gives slots, which begin, or takes some away, which end after their requests. */
    private void allow(int count, long due) {
        int before = slots;
        slots = count;
        for (int slot = before; slot < count && !noMore(); slot++) {
            if (slot >= live.length() || live.compareAndSet(slot, 0, 1)) {
                pending.begins();
                next(slot, due);
            }
        }
    }

    /**
     * Whether a slot that became free was taken away by then, though the thread that takes slots may not have come to that
     * yet; one that was given again meanwhile goes on.
     */
    private boolean taken(int slot, long free) {
        if (live.length() == 0 || given(slot, free)) {
            return false;
        }
        live.set(slot, 0);
        return !given(slot, clock.getAsLong()) || !live.compareAndSet(slot, 0, 1);
    }

    private boolean given(int slot, long nanos) {
        return slot < slots && slot < slotsAt.applyAsInt(nanos - start);
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
        if (stopped || taken(slot, free) || (end != Long.MAX_VALUE && clock.getAsLong() - end >= 0)) {
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
        int stage = stageAt.applyAsInt(scheduled - start);
        target.send(ready.request(), ready.begun(stage, split.at(slot), scheduled), this);
    }

    @Override
    public void ended(RequestTimeline timeline) {
        // The next request first: what the record costs is then not in the slot's turnaround.
        pending.begins();
        if (timeline.outcome() == Outcome.CLIENT_ERROR) {
            stop();
        }
        try {
            next(split.own(timeline.slot()), timeline.endNanos());
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
            if (taken(slot.slot(), clock.getAsLong())) {
                pending.ends();
                continue;
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
