package io.inferometer.workload.binding;

import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.Objects;

/**
 * A number of iterations and how long each is.
 *
 * @param count how many, 0 or more
 * @param extent how long each; null only where there are none, or where a load leaves it to the
 *     workload's prompts
 */
public record Iterations(int count, Extent extent) {
    /** No iterations. */
    public static final Iterations NONE = new Iterations(0, null);

    /**
     * Checks what it is given.
     *
     * @param count as of the record
     * @param extent as of the record
     */
    public Iterations {
        if (count < 0) {
            throw new IllegalArgumentException("iterations must not be negative: " + count);
        }
    }

    /**
     * {@return as many iterations, each of all requests, or sessions, of so many that run it at the same time}
     *
     * @param members how many clients run it at the same time
     */
    public Iterations times(int members) {
        if (extent instanceof Extent.Sessions sessions) {
            return ofSessions(count, sessions.count() * members);
        }
        return extent instanceof Extent.Requests requests ? ofRequests(count, requests.count() * members) : this;
    }

    /**
     * {@return {@code count} iterations of {@code requests} requests each}
     *
     * @param count at least 0
     * @param requests of all slots, at least 1
     */
    public static Iterations ofRequests(int count, long requests) {
        return new Iterations(count, new Extent.Requests(requests));
    }

    /**
     * {@return {@code count} iterations of {@code requests} requests for each slot}
     *
     * @param count at least 0
     * @param requests of each slot, at least 1
     */
    public static Iterations ofRequestsPerSlot(int count, int requests) {
        return new Iterations(count, new Extent.RequestsPerSlot(requests));
    }

    /**
     * {@return {@code count} iterations of {@code sessions} sessions each}
     *
     * @param count at least 0
     * @param sessions of all slots, at least 1
     */
    public static Iterations ofSessions(int count, long sessions) {
        return new Iterations(count, new Extent.Sessions(sessions));
    }

    /**
     * {@return {@code count} iterations of the given time each}
     *
     * @param count at least 0
     * @param time above 0
     */
    public static Iterations ofTime(int count, Duration time) {
        return new Iterations(count, new Extent.Time(Objects.requireNonNull(time)));
    }

    /**
     * {@return {@code count} iterations that end with the workload's prompts; only under {@link Load.AtOnce} and
     * {@link Load.Replay}}
     *
     * @param count at least 0
     */
    public static Iterations ofAllPrompts(int count) {
        return new Iterations(count, null);
    }
}
