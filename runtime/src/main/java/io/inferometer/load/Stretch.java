package io.inferometer.load;

import io.inferometer.plan.Split;
import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What of an iteration is to be sent: all of it, unless it was interrupted and is gone on with.
 *
 * @param requests how many the whole iteration has; empty where its extent is a time, or where it ends with its requests
 * @param time how long requests of the whole iteration are started; empty until there are no more
 * @param sentBefore how many of them have been sent
 * @param elapsedBefore how much of that time has passed
 * @param split which part of what is left this client sends
 */
public record Stretch(
        OptionalLong requests, Optional<Duration> time, long sentBefore, Duration elapsedBefore, Split split) {
    /** A whole iteration that ends with its requests. */
    public static final Stretch ENDLESS = new Stretch(OptionalLong.empty(), Optional.empty(), 0, Duration.ZERO);

    /** All that is left. */
    public Stretch(OptionalLong requests, Optional<Duration> time, long sentBefore, Duration elapsedBefore) {
        this(requests, time, sentBefore, elapsedBefore, Split.ALONE);
    }

    /** A whole iteration of so many requests. */
    public static Stretch of(long requests) {
        return new Stretch(OptionalLong.of(requests), Optional.empty(), 0, Duration.ZERO);
    }

    /** A whole iteration of a time. */
    public static Stretch of(Duration time) {
        return new Stretch(OptionalLong.empty(), Optional.of(time), 0, Duration.ZERO);
    }

    /** How many requests are left; empty where there is no number. */
    public OptionalLong left() {
        return requests.isEmpty() ? requests : OptionalLong.of(requests.getAsLong() - sentBefore);
    }

    /** How many of them this client sends; empty where there is no number. */
    public OptionalLong own() {
        return left().isEmpty() ? left() : OptionalLong.of(split.count(left().getAsLong()));
    }

    /** Whether nothing of it is left. */
    public boolean isOver() {
        return left().orElse(1) < 1 || nanosLeft() < 1;
    }

    /** How long requests are still to be started; the largest number where that is no time. */
    public long nanosLeft() {
        return time.map(all -> all.minus(elapsedBefore).toNanos()).orElse(Long.MAX_VALUE);
    }

    /** How many requests a rate makes of the whole iteration; empty where nothing says so. */
    OptionalLong requests(Load.Open load) {
        if (requests.isPresent() || time.isEmpty()) {
            return requests;
        }
        return OptionalLong.of(Math.max(1, Math.round(load.rate() * time.get().toNanos() / 1e9)));
    }
}
