package io.inferometer.stats;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.token.TokenCount;
import io.inferometer.workload.Load;
import java.util.Arrays;

/** The course of one iteration in time: from when to when it ran, what was in flight, when tokens came. */
final class Course {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] firstSentBySlot;
    private final TokenSeries series = new TokenSeries();
    private final InFlight inFlight = new InFlight();
    private long firstSent = Long.MAX_VALUE;
    private long lastSent = Long.MIN_VALUE;
    private long lastEnd = Long.MIN_VALUE;
    private boolean streamed = true;

    Course(Load load) {
        firstSentBySlot = new long[slots(load)];
        Arrays.fill(firstSentBySlot, Long.MAX_VALUE);
    }

    private static int slots(Load load) {
        if (load instanceof Load.AtOnce atOnce) {
            return atOnce.slots() == Load.AtOnce.ALL ? 0 : atOnce.slots();
        }
        return load instanceof Load.Closed loop ? loop.concurrency() : 0;
    }

    void add(RequestRecord record, TokenCount tokens) {
        lastEnd = Math.max(lastEnd, record.endNanos());
        long sent = record.sentNanos();
        if (sent != RequestRecord.ABSENT) {
            firstSent = Math.min(firstSent, sent);
            lastSent = Math.max(lastSent, sent);
            inFlight.add(sent, record.endNanos());
            int slot = record.slot();
            if (slot >= 0 && slot < firstSentBySlot.length) {
                firstSentBySlot[slot] = Math.min(firstSentBySlot[slot], sent);
            }
        }
        if (record.succeeded() && tokens.output() != Usage.ABSENT) {
            place(record, tokens);
        }
    }

    /** Spreads the tokens evenly over the events that bore them. */
    private void place(RequestRecord record, TokenCount tokens) {
        if (tokens.tokenEvents() == 0) {
            streamed = false;
            return;
        }
        float each = (float) tokens.output() / tokens.tokenEvents();
        for (int i = 0; i < record.eventNanos().length; i++) {
            if (Carried.tokens(record.eventCarried()[i])) {
                series.add(record.eventNanos()[i], each);
            }
        }
    }

    /** What the iteration came to, once all its records are in. */
    Totals totals() {
        if (firstSent == Long.MAX_VALUE) {
            return Totals.NONE;
        }
        long duration = lastEnd - firstSent;
        long allStarted = Arrays.stream(firstSentBySlot).max().orElse(Long.MAX_VALUE);
        boolean steady = streamed && allStarted < lastSent;
        return new Totals(
                duration,
                steady ? lastSent - allStarted : 0,
                steady ? series.sum(allStarted, lastSent) : 0,
                streamed && duration >= NANOS_PER_SECOND ? series.peakPerSecond(firstSent) : Double.NaN,
                inFlight.peak(),
                inFlight.count() - 1L,
                lastSent - firstSent,
                inFlight.rising(),
                lastLaunch() - firstSent);
    }

    /** When the last slot sent its first request; without slots of a number, when the last request was sent. */
    private long lastLaunch() {
        return Arrays.stream(firstSentBySlot)
                .filter(nanos -> nanos != Long.MAX_VALUE)
                .max()
                .orElse(lastSent);
    }

    /**
     * What one or more iterations came to.
     *
     * @param durationNanos first {@code sent} to last {@code end}, summed
     * @param steadyNanos all slots started to last {@code sent}, summed
     * @param steadyTokens tokens that came in that time
     * @param peakTokens the most tokens in a second; NaN if that is not known of any iteration
     * @param peakInFlight the most requests in flight
     * @param intervals from one {@code sent} to the next, counted
     * @param sendingNanos first to last {@code sent}, summed
     * @param rising whether requests in flight kept rising in any iteration
     * @param greatestSkewNanos first {@code sent} to the last first {@code sent} of a slot, the greatest
     */
    record Totals(
            long durationNanos,
            long steadyNanos,
            double steadyTokens,
            double peakTokens,
            long peakInFlight,
            long intervals,
            long sendingNanos,
            boolean rising,
            long greatestSkewNanos) {
        static final Totals NONE = new Totals(0, 0, 0, Double.NaN, 0, 0, 0, false, 0);

        Totals plus(Totals other) {
            return new Totals(
                    durationNanos + other.durationNanos,
                    steadyNanos + other.steadyNanos,
                    steadyTokens + other.steadyTokens,
                    greater(peakTokens, other.peakTokens),
                    Math.max(peakInFlight, other.peakInFlight),
                    intervals + other.intervals,
                    sendingNanos + other.sendingNanos,
                    rising || other.rising,
                    Math.max(greatestSkewNanos, other.greatestSkewNanos));
        }

        private static double greater(double a, double b) {
            return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
        }

        /** {@code amount} for each second of the duration; NaN where there is none. */
        double perSecond(double amount) {
            return durationNanos == 0 ? Double.NaN : amount * NANOS_PER_SECOND / durationNanos;
        }

        double steadyPerSecond() {
            return steadyNanos == 0 ? Double.NaN : steadyTokens * NANOS_PER_SECOND / steadyNanos;
        }

        double sentPerSecond() {
            return sendingNanos == 0 ? Double.NaN : intervals * NANOS_PER_SECOND / sendingNanos;
        }
    }
}
