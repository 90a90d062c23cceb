package io.inferometer.simulator.engine;

/**
 * Lets so many requests through in a second, and as many at once as in a second, at least one: a token bucket. Thread-safe.
 */
public final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double most;
    private double left;
    private long lastNanos;
    private boolean started;

    /** A limit of {@code perSecond} requests, 0 for none. */
    public RateLimit(double perSecond) {
        this.perSecond = perSecond;
        this.most = Math.max(1, perSecond);
        this.left = most;
    }

    /** Lets a request through and returns 0, or returns how many seconds later one will be, rounded up. */
    public synchronized long admit(long nowNanos) {
        if (perSecond == 0) {
            return 0;
        }
        if (started) {
            left = Math.min(most, left + (nowNanos - lastNanos) / NANOS_PER_SECOND * perSecond);
        }
        started = true;
        lastNanos = nowNanos;
        if (left >= 1) {
            left--;
            return 0;
        }
        return (long) Math.ceil((1 - left) / perSecond);
    }
}
