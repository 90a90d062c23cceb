package io.inferometer.load;

import io.inferometer.endpoint.WireRequest;
import java.util.Optional;

/** What an iteration sends, made ready ahead of it by a thread of its own. */
public interface Supply extends AutoCloseable {
    /** Waits until as much is ready as may be, or there is no more. */
    void awaitFilled() throws InterruptedException;

    /** The next request, which stays; empty if none is ready. */
    Optional<WireRequest> first();

    /** How many requests, or first turns of sessions, have been made. */
    long made();

    /** Whether there are fewer requests, or sessions, than the load asked for. */
    boolean ranOut();

    /**
     * Fails if making one failed.
     *
     * @throws Throwable what the workload's method threw
     */
    void check() throws Throwable;

    /**
     * Stops making requests, as {@link #close} does, and fails if making one failed.
     *
     * @throws Throwable what the workload's method threw
     */
    void finish() throws Throwable;

    /** Stops making requests, and returns when none is being made. */
    @Override
    void close();
}
