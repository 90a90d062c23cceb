package io.inferometer.harness.fork;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long a member that says once a second that it works has said nothing, in the run's own ticks: where this process is stopped
 * too, no time goes by. Until it says so first its JVM starts and its client warms up, which may take longer. May be used by any
 * thread.
 */
final class Silence {
    /** 30 s of ticks of a quarter of a second. */
    static final int MOST_TICKS = 120;

    /** 5 min of them: on two processors 32 members start and warm up in one and a half. */
    static final int MOST_TICKS_AT_FIRST = 1_200;

    private static final int NOTHING_EXPECTED = -1;

    private final AtomicInteger ticks = new AtomicInteger(NOTHING_EXPECTED);
    private volatile int most = MOST_TICKS_AT_FIRST;

    /** Its JVM starts, or has started and warms up. */
    void starts() {
        ticks.set(0);
    }

    /** It has said that it works. */
    void heard() {
        most = MOST_TICKS;
        ticks.set(0);
    }

    /** Nothing more is expected of it. */
    void ended() {
        ticks.set(NOTHING_EXPECTED);
    }

    /** Whether it has ever said that it works. */
    boolean everHeard() {
        return most == MOST_TICKS;
    }

    /**
     * A tick has gone by.
     *
     * @return whether it has been silent for too long; true once
     */
    boolean tick() {
        return ticks.updateAndGet(gone -> gone == NOTHING_EXPECTED ? NOTHING_EXPECTED : gone + 1) == most;
    }
}
