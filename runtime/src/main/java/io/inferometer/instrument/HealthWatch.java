package io.inferometer.instrument;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Watches this process and this machine while they measure. A thread of its own sleeps for 10 ms, over and over, and notes
 * how late it woke and, every fifth time, what garbage collection took meanwhile; everything else is read at the start and
 * at the end of an iteration.
 *
 * <p>{@link #begin} and {@link #end} are called by one thread at a time.
 */
public final class HealthWatch implements AutoCloseable {
    private static final long PERIOD_NANOS = 10_000_000;
    /** Collections are looked at every so many periods. */
    private static final int COLLECTION_PERIODS = 5;

    private static final int DIGITS = 2;

    private final LongSupplier clock;
    private final Processors processors = new Processors();
    private final Thread sleeper;
    private volatile boolean closed;
    private Processors.Reading before;

    // From here on guarded by this.
    private final Histogram lateness = new Histogram(DIGITS);
    private final GarbageCollections collections = new GarbageCollections();
    private long start;
    private long maxNanos;
    private long maxAtNanos;
    private long pauses;
    private long pausedMillis;
    private long longestMillis;
    private long longestAtNanos;

    private HealthWatch(LongSupplier clock) {
        this.clock = clock;
        this.sleeper = new Thread(this::watch, "inferometer-health");
        sleeper.setDaemon(true);
    }

    /**
     * Starts to watch.
     *
     * @param clock nanoseconds, monotonic
     * @return the watch, which has begun
     */
    public static HealthWatch start(LongSupplier clock) {
        HealthWatch watch = new HealthWatch(clock);
        watch.begin();
        watch.sleeper.start();
        return watch;
    }

    /** An iteration begins: forgets what was before. */
    public void begin() {
        before = processors.read();
        synchronized (this) {
            start = clock.getAsLong();
            lateness.reset();
            maxNanos = 0;
            maxAtNanos = 0;
            collections.look();
            pauses = 0;
            pausedMillis = 0;
            longestMillis = 0;
            longestAtNanos = 0;
        }
    }

    /**
     * Ends the iteration.
     *
     * @param held how many of its requests were held back
     * @return how it was
     */
    public Health end(Health.Held held) {
        Processors.Reading after = processors.read();
        synchronized (this) {
            long now = clock.getAsLong();
            collected(now);
            long nanos = now - start;
            return new Health(
                    nanos,
                    new Health.Hiccups(lateness.getTotalCount(), late(50), late(99), maxNanos, maxAtNanos),
                    new Health.Pauses(pauses, millis(pausedMillis), millis(longestMillis), longestAtNanos),
                    after.since(before, nanos),
                    Processors.descriptors(),
                    after.allocatedSince(before),
                    held);
        }
    }

    private long late(double percentile) {
        return Math.min(lateness.getValueAtPercentile(percentile), maxNanos);
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }

    private void watch() {
        for (int period = 1; !closed; period++) {
            long due = clock.getAsLong() + PERIOD_NANOS;
            long now = sleepUntil(due);
            woke(due, now, period % COLLECTION_PERIODS == 0);
        }
    }

    private long sleepUntil(long due) {
        long now = clock.getAsLong();
        while (now < due && !closed) {
            LockSupport.parkNanos(this, due - now);
            now = clock.getAsLong();
        }
        return now;
    }

    private synchronized void woke(long due, long now, boolean look) {
        long late = Math.max(0, now - Math.max(due, start));
        // What fell due while the thread was held up would have been late too, each by what was left.
        lateness.recordValueWithExpectedInterval(late, PERIOD_NANOS);
        if (late > maxNanos) {
            maxNanos = late;
            maxAtNanos = Math.max(0, due - start);
        }
        if (look) {
            collected(now);
        }
    }

    /** Notes what garbage collection did since it was last looked at. */
    private void collected(long now) {
        long millisBefore = collections.millis();
        long countBefore = collections.count();
        collections.look();
        long took = collections.millis() - millisBefore;
        long count = collections.count() - countBefore;
        pauses += count;
        pausedMillis += took;
        long each = count == 0 ? 0 : (took + count - 1) / count;
        if (each > longestMillis) {
            longestMillis = each;
            longestAtNanos = Math.max(0, now - start - millis(took));
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sleeper);
    }
}
