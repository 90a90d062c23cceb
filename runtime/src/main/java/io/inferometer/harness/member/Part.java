package io.inferometer.harness.member;

import java.time.Duration;
import java.util.Optional;

/**
 * A share that is being run in a JVM that a member has started. Its methods may be called by any thread, and none of those
 * that tell it something waits or fails: one that is gone is told nothing.
 */
public interface Part extends AutoCloseable {
    /**
     * Waits until its JVM has ended and all of its journal is in {@link Share#journal}.
     *
     * @param atMost how long; zero to ask only
     * @return whether it has
     * @throws InterruptedException if the thread was interrupted
     */
    boolean ended(Duration atMost) throws InterruptedException;

    /**
     * {@return whether it has not ended}
     *
     * @throws InterruptedException if the thread was interrupted
     */
    default boolean alive() throws InterruptedException {
        return !ended(Duration.ZERO);
    }

    /** {@return the exit status of a JVM that has ended, as a process of this machine has one: above 128 for a signal} */
    int status();

    /**
     * {@return what it complained of last, on one line; empty for nothing} Known once it has ended.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    String complaint() throws InterruptedException;

    /** Has it send nothing more; it ends when nothing is in flight. */
    void stop();

    /** Has it give up what is in flight; it writes everything and ends. */
    void cancel();

    /**
     * Has it start the iteration that it is ready for at an instant.
     *
     * @param nanos on the run's clock: nanoseconds since {@link Share#origin}
     */
    void go(long nanos);

    /** Tells it that the iteration that it is ready for is none: there have been enough. */
    void enough();

    /** {@return how its clock compares with that of this machine, as far as is known; empty where they are one} */
    Optional<ClockComparison> clock();

    /** Ends it at once, if it has not ended; what its journal has by then stays. */
    @Override
    void close();
}
