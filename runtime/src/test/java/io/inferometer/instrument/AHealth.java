package io.inferometer.instrument;

/** Clients for tests, seen for 10 s. */
public final class AHealth {
    private static final long MILLI = 1_000_000;

    private static final Health.Held HELD = new Health.Held(0, 0);

    private static final Health FINE = new Health(
            10_000 * MILLI,
            new Health.Hiccups(990, 80_000, 250_000, 3 * MILLI, 4_210 * MILLI),
            new Health.Pauses(2, 9 * MILLI, 5 * MILLI, 1_500 * MILLI),
            new Health.Cpu(0.25, 0.31, "HttpClient-1-SelectorManager", 0.12),
            new Health.Descriptors(40, 20_000),
            2_560_000,
            HELD);

    private AHealth() {}

    /** Nothing is wrong. */
    public static Health fine() {
        return FINE;
    }

    /** The machine is busy, with something else. */
    public static Health busyMachine() {
        return with(new Health.Cpu(0.34, 0.99, "HttpClient-1-SelectorManager", 0.12));
    }

    static Health with(Health.Hiccups hiccups) {
        return new Health(
                FINE.durationNanos(),
                hiccups,
                FINE.pauses(),
                FINE.cpu(),
                FINE.descriptors(),
                FINE.allocatedBytes(),
                HELD);
    }

    static Health with(Health.Pauses pauses) {
        return new Health(
                FINE.durationNanos(),
                FINE.hiccups(),
                pauses,
                FINE.cpu(),
                FINE.descriptors(),
                FINE.allocatedBytes(),
                HELD);
    }

    static Health with(Health.Cpu cpu) {
        return new Health(
                FINE.durationNanos(),
                FINE.hiccups(),
                FINE.pauses(),
                cpu,
                FINE.descriptors(),
                FINE.allocatedBytes(),
                HELD);
    }

    static Health with(Health.Descriptors descriptors) {
        return new Health(
                FINE.durationNanos(),
                FINE.hiccups(),
                FINE.pauses(),
                FINE.cpu(),
                descriptors,
                FINE.allocatedBytes(),
                HELD);
    }

    public static Health holding(long byRecorder, long byCap) {
        Health.Held held = new Health.Held(byRecorder, byCap);
        return new Health(
                FINE.durationNanos(),
                FINE.hiccups(),
                FINE.pauses(),
                FINE.cpu(),
                FINE.descriptors(),
                FINE.allocatedBytes(),
                held);
    }
}
