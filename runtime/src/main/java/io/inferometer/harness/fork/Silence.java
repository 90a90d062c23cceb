package io.inferometer.harness.fork;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long a member that says once a second that it works has said nothing, in the run's own ticks: where this process is stopped
 * too, no time goes by. May be used by any thread.
 */
final class Silence {
    /** 30 s of ticks of a quarter of a second. */
    static final int MOST_TICKS = 120;

    private static final int NOT_BEGUN = -1;

    private final AtomicInteger ticks = new AtomicInteger(NOT_BEGUN);

    /** It has said something. */
    void heard() {
        ticks.set(0);
    }

    /** Nothing more is expected of it. */
    void ended() {
        ticks.set(NOT_BEGUN);
    }

    /**
     * A tick has gone by.
     *
     * @return whether it has been silent for too long, since it was heard first; true once
     */
    boolean tick() {
        return ticks.updateAndGet(gone -> gone == NOT_BEGUN ? NOT_BEGUN : gone + 1) == MOST_TICKS;
    }
}
