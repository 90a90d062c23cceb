package io.inferometer.harness.fork;

import java.util.BitSet;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Has the members of a fork start together: once all that live are ready, all are told an instant that is near. */
final class Together {
    /** So far ahead an instant is agreed on: as long as word of it may take, and the wake of a thread. */
    private static final long LEAD_NANOS = 40_000_000;

    private final LongSupplier clock;
    private final LongConsumer go;
    private final BitSet live = new BitSet();
    private final BitSet ready = new BitSet();

    /**
     * @param clock that of the run
     * @param go tells all members that live the instant
     */
    Together(int members, LongSupplier clock, LongConsumer go) {
        this.clock = clock;
        this.go = go;
        live.set(0, members);
    }

    /** A member is ready. */
    synchronized void ready(int member) {
        ready.set(member);
        startIfAllAre();
    }

    /** A member has ended, and will not be ready for anything. */
    synchronized void ended(int member) {
        live.clear(member);
        ready.clear(member);
        startIfAllAre();
    }

    private void startIfAllAre() {
        if (!live.isEmpty() && ready.equals(live)) {
            ready.clear();
            go.accept(clock.getAsLong() + LEAD_NANOS);
        }
    }
}
