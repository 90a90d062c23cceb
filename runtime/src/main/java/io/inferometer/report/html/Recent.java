package io.inferometer.report.html;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** How much came in the last ten whole seconds, in the time of the clock that it is given. Not thread-safe. */
final class Recent {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int SECONDS = 10;

    private final long[] counts = new long[SECONDS + 1];
    private long from;
    private long at;

    /** Begins anew. */
    void begin(long nanos) {
        Arrays.fill(counts, 0);
        from = nanos;
        at = 0;
    }

    void add(long nanos, long amount) {
        forward(nanos);
        counts[(int) (at % counts.length)] += amount;
    }

    /** By second, over the whole seconds that there are; NaN before there is one. */
    double perSecond(long nanos) {
        forward(nanos);
        long seconds = Math.min(SECONDS, at);
        long sum = 0;
        for (long i = at - seconds; i < at; i++) {
            sum += counts[(int) (i % counts.length)];
        }
        return seconds == 0 ? Double.NaN : sum / (double) seconds;
    }

    private void forward(long nanos) {
        long now = Math.max(at, (nanos - from) / SECOND);
        if (now - at >= counts.length) {
            Arrays.fill(counts, 0);
            at = now;
        }
        while (at < now) {
            at++;
            counts[(int) (at % counts.length)] = 0;
        }
    }
}
