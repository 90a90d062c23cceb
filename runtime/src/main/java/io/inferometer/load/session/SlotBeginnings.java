package io.inferometer.load.session;

import io.inferometer.plan.Split;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A closed loop of sessions: slots that each begin the next one the moment their last one is over, with all its children. One
 * that finds no session ready waits for the source.
 */
final class SlotBeginnings implements Beginnings {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int slots;
    private final double slotsPerSecond;
    private final Split split;
    private final LongSupplier clock;
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private volatile Thread starter;

    private record Waiting(int slot, long since) {}

    /**
     * @param slots how many there are, unless there are fewer sessions
     * @param slotsPerSecond how many of them a second begin; infinite for all at one instant
     * @param split which of them are this client's own
     */
    SlotBeginnings(int slots, double slotsPerSecond, Split split, LongSupplier clock) {
        this.slots = split.count(slots);
        this.split = split;
        this.slotsPerSecond = slotsPerSecond;
        this.clock = clock;
    }

    @Override
    public int mostLive() {
        return slots;
    }

    @Override
    public void run(SessionDispatcher dispatcher, long start, long end) throws InterruptedException {
        starter = Thread.currentThread();
        for (int own = 0; own < slots; own++) {
            int slot = split.at(own);
            long due = start + Math.round(slot * NANOS_PER_SECOND / slotsPerSecond);
            while (due - clock.getAsLong() > 0 && !noMore(dispatcher)) {
                LockSupport.parkNanos(this, due - clock.getAsLong());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            if (noMore(dispatcher)) {
                return;
            }
            dispatcher.pending().begins();
            next(dispatcher, slot, due);
        }
    }

    private static boolean noMore(SessionDispatcher dispatcher) {
        SessionSource source = dispatcher.source();
        return dispatcher.over() || (source.exhausted() && source.isEmpty());
    }

    /** A slot, which {@code pending} has one for, is free. */
    private void next(SessionDispatcher dispatcher, int slot, long free) {
        waiting.add(new Waiting(slot, free));
        goOn(dispatcher);
    }

    @Override
    public void goOn(SessionDispatcher dispatcher) {
        while (true) {
            boolean last = dispatcher.source().exhausted();
            Waiting slot = waiting.poll();
            if (slot == null) {
                return;
            }
            SessionSource.Opening opening =
                    dispatcher.over() ? null : dispatcher.source().poll();
            if (opening != null) {
                dispatcher.begin(opening, slot.slot(), slot.since());
                dispatcher.pending().ends();
            } else if (last || dispatcher.over()) {
                dispatcher.pending().ends();
            } else {
                waiting.add(slot);
                if (!dispatcher.source().exhausted() && dispatcher.source().isEmpty()) {
                    return;
                }
            }
        }
    }

    @Override
    public void over(SessionDispatcher dispatcher, SessionTree tree) {
        dispatcher.pending().begins();
        next(dispatcher, tree.slot(), tree.end());
    }

    @Override
    public void wake() {
        LockSupport.unpark(starter);
    }

    @Override
    public long heldByCap() {
        return 0;
    }
}
