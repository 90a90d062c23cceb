package io.inferometer.load;

import io.inferometer.workload.Load;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * When the requests of a replay are due: at their own times, from that of the first one on, with gaps cut to the longest that
 * is allowed, divided by the speed. For one thread.
 */
public final class RecordedTimes {
    private final double speed;
    private final long longestGapNanos;
    private long last;
    private long elapsed;
    private boolean begun;

    public RecordedTimes(Load.Replay replay) {
        speed = replay.speed();
        longestGapNanos = replay.maxIdle().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    /**
     * When a request is due, in nanoseconds from the beginning of its iteration.
     *
     * @param index the request's, for messages
     * @throws IllegalArgumentException if it has no time, or one before that of the request before it; the message says what
     *     to do
     */
    public long dueNanos(long index, Optional<Duration> at) {
        long time = at.orElseThrow(() -> new IllegalArgumentException("request " + index
                        + " has no time, and a replay sends each at its own: give it at(...), or keep the order alone with"
                        + " --concurrency N or --rate N"))
                .toNanos();
        if (begun && time < last) {
            throw new IllegalArgumentException("request " + index + " is at " + seconds(time)
                    + " s, before the one before it," + " at " + seconds(last) + " s; a replay's times never go back");
        }
        elapsed += begun ? Math.min(time - last, longestGapNanos) : 0;
        last = time;
        begun = true;
        return Math.round(elapsed / speed);
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }
}
