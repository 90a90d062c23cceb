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

    public Iterations {
        if (count < 0) {
            throw new IllegalArgumentException("iterations must not be negative: " + count);
        }
    }

    /** As many iterations, each of all requests, or sessions, of so many that run it at the same time. */
    public Iterations times(int members) {
        if (extent instanceof Extent.Sessions sessions) {
            return ofSessions(count, sessions.count() * members);
        }
        return extent instanceof Extent.Requests requests ? ofRequests(count, requests.count() * members) : this;
    }

    /** {@code count} iterations of {@code requests} requests each. */
    public static Iterations ofRequests(int count, long requests) {
        return new Iterations(count, new Extent.Requests(requests));
    }

    /** {@code count} iterations of {@code requests} requests for each slot. */
    public static Iterations ofRequestsPerSlot(int count, int requests) {
        return new Iterations(count, new Extent.RequestsPerSlot(requests));
    }

    /** {@code count} iterations of {@code sessions} sessions each. */
    public static Iterations ofSessions(int count, long sessions) {
        return new Iterations(count, new Extent.Sessions(sessions));
    }

    /** {@code count} iterations of the given time each. */
    public static Iterations ofTime(int count, Duration time) {
        return new Iterations(count, new Extent.Time(Objects.requireNonNull(time)));
    }

    /** {@code count} iterations that end with the workload's prompts; only under {@link Load.AtOnce} and {@link Load.Replay}. */
    public static Iterations ofAllPrompts(int count) {
        return new Iterations(count, null);
    }
}
