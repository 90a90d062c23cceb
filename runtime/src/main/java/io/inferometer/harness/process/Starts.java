package io.inferometer.harness.process;

import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Waits, in a member's JVM, for the instant at which all members of its run start an iteration. May be used by any thread. */
public final class Starts {
    /** Nothing is waited for any more. */
    private static final long STOP = Long.MIN_VALUE;

    /** There is no further iteration, and what comes behind iterations is begun. */
    private static final long ENOUGH = Long.MIN_VALUE + 1;

    /** A parked thread is late by about as much. */
    private static final long AWAKE_NANOS = 200_000;

    private final LinkedBlockingQueue<Long> told = new LinkedBlockingQueue<>();
    private volatile boolean enough;

    /**
     * The run has told when to start what this member has said that it is ready for.
     *
     * @param nanos on the run's clock
     */
    public void go(long nanos) {
        told.add(nanos);
    }

    /** The run has had as many iterations as it wants: the one that this member is ready for is none. */
    public void enough() {
        told.add(ENOUGH);
    }

    /** {@return whether who waited was told that there is no further iteration} */
    public boolean hadEnough() {
        return enough;
    }

    /** Nothing is started any more. */
    public void stop() {
        told.add(STOP);
    }

    /**
     * Waits to be told.
     *
     * @return when to start; empty if there is no further iteration, nothing is started any more, or the thread was
     *     interrupted, which it stays
     */
    public OptionalLong await() {
        try {
            long next = told.take();
            if (next == STOP) {
                told.add(STOP); // for whoever asks again
            }
            enough |= next == ENOUGH;
            return next == STOP || next == ENOUGH ? OptionalLong.empty() : OptionalLong.of(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    /**
     * Sleeps to an instant of a clock, the last bit of the way awake.
     *
     * @param nanos the instant, on that clock
     * @param clock gives nanoseconds, monotonic
     */
    public void sleepUntil(long nanos, LongSupplier clock) {
        for (long left = nanos - clock.getAsLong(); left > 0; left = nanos - clock.getAsLong()) {
            if (left > AWAKE_NANOS) {
                LockSupport.parkNanos(this, left - AWAKE_NANOS);
            } else {
                Thread.onSpinWait();
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
