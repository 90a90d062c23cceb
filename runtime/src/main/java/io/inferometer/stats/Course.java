package io.inferometer.stats;

import io.inferometer.record.RequestRecord;
import io.inferometer.stats.arrival.UnitGaps;
import io.inferometer.stats.column.DoubleColumn;
import io.inferometer.stats.column.Flights;
import io.inferometer.stats.column.LongColumn;
import io.inferometer.stats.token.TokenCount;
import io.inferometer.stats.token.TokenEvents;
import io.inferometer.workload.Load;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The course of one iteration in time: from when to when it ran, what was in flight, when tokens came. */
final class Course {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Load load;
    private final long beginNanos;
    private final long[] firstSentBySlot;
    private final long[] firstEndBySlot;
    private final TokenSeries series = new TokenSeries();
    private final Flights flights = new Flights();
    private final InFlight inFlight = new InFlight(flights, Flights.Way.SENT);
    /** Of an open loop. */
    private final InFlight waiting = new InFlight(flights, Flights.Way.WAITING);

    private final InFlight served = new InFlight(flights, Flights.Way.SERVED);
    private final Moments e2el = new Moments();
    private long firstSent = Long.MAX_VALUE;
    private long lastSent = Long.MIN_VALUE;
    private long lastEnd = Long.MIN_VALUE;
    private boolean streamed = true;
    private boolean sessions;
    /** When sessions began; requests that stand alone are in {@code inFlight}. */
    private final LongColumn beginnings = new LongColumn();

    private long begun;
    private long firstBegun = Long.MAX_VALUE;
    private long lastBegun = Long.MIN_VALUE;

    /** @param beginNanos when the load began; {@link RequestRecord#ABSENT} where nobody told */
    Course(Load load, long beginNanos) {
        this.load = load;
        this.beginNanos = beginNanos;
        firstSentBySlot = new long[slots(load)];
        firstEndBySlot = new long[slots(load)];
        Arrays.fill(firstSentBySlot, Long.MAX_VALUE);
        Arrays.fill(firstEndBySlot, Long.MAX_VALUE);
    }

    private static int slots(Load load) {
        if (load instanceof Load.AtOnce atOnce) {
            return atOnce.slots() == Load.AtOnce.ALL ? 0 : atOnce.slots();
        }
        return load instanceof Load.Closed loop ? loop.concurrency() : 0;
    }

    void add(RequestRecord record, RequestMetrics metrics) {
        lastEnd = Math.max(lastEnd, record.endNanos());
        int slot = record.slot() < firstEndBySlot.length ? record.slot() : -1;
        if (slot >= 0) {
            firstEndBySlot[slot] = Math.min(firstEndBySlot[slot], record.endNanos());
        }
        long sent = record.sentNanos();
        if (sent != RequestRecord.ABSENT) {
            firstSent = Math.min(firstSent, sent);
            series.sent(sent);
            lastSent = Math.max(lastSent, sent);
            sessions |= record.place().inSession();
            if (begins(record)) {
                if (record.place().inSession()) {
                    beginnings.add(sent);
                }
                begun++;
                firstBegun = Math.min(firstBegun, sent);
                lastBegun = Math.max(lastBegun, sent);
            }
            if (slot >= 0) {
                firstSentBySlot[slot] = Math.min(firstSentBySlot[slot], sent);
            }
        }
        flights.add(
                sent,
                record.endNanos(),
                load.scheduled() ? record.scheduledNanos() : RequestRecord.ABSENT,
                served(record, metrics));
        if (record.succeeded()) {
            e2el.add(metrics.e2elNanos());
            place(record, metrics.tokens());
        }
    }

    /** When it was served: its last token, or the end of a request that failed. */
    private static long served(RequestRecord record, RequestMetrics metrics) {
        if (record.outcome().clientsOwn()) {
            return RequestRecord.ABSENT;
        }
        return record.succeeded() ? record.sentNanos() + (long) metrics.e2elNanos() : record.endNanos();
    }

    /** Whether the load wanted it then, and not the session that it is a turn of. */
    private static boolean begins(RequestRecord record) {
        return !record.place().inSession()
                || record.place().turn() == 0 && record.place().branch().isEmpty();
    }

    /** Spreads the tokens that were streamed evenly over the events that bore them. */
    private void place(RequestRecord record, TokenCount tokens) {
        if (tokens.tokenEvents() == 0) {
            streamed = false;
            return;
        }
        TokenEvents events = TokenEvents.of(record);
        double each = (double) tokens.streamed() / tokens.tokenEvents();
        series.next();
        for (int i = 0; i < record.eventNanos().length; i++) {
            if (events.bears(i)) {
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
        long from = steadyFrom();
        boolean steady = load.steady() && lastSent - from >= Math.max(NANOS_PER_SECOND, e2el.mean());
        boolean steadyTokens = steady && streamed && !load.scheduled();
        return new Totals(
                duration,
                steadyTokens ? lastSent - from : 0,
                steadyTokens ? series.sum(from, lastSent) : 0,
                streamed && duration >= NANOS_PER_SECOND ? series.peakPerSecond(firstSent) : Double.NaN,
                inFlight.peak(),
                Math.max(0, begun - 1),
                Math.max(0, lastBegun - firstBegun),
                load.steady() ? waiting.trend().stream().toList() : List.of(),
                beginNanos == RequestRecord.ABSENT
                        ? new DoubleColumn()
                        : UnitGaps.of(load, beginNanos, begun, sessions ? beginnings.ascending() : inFlight.starts()),
                lastLaunch() - firstSent,
                steadyTokens ? Onset.of(series.perSecond(from, lastSent)) : Optional.empty(),
                steady ? Optional.of(balance(from)) : Optional.empty());
    }

    /** From when on ramp-up is over; after the last {@code sent} where it never is. */
    private long steadyFrom() {
        if (load.scheduled()) {
            return inFlight.filledUp().orElse(lastSent);
        }
        return Math.min(lastSent, Arrays.stream(firstEndBySlot).max().orElse(lastSent));
    }

    private Balance balance(long from) {
        double nanos = lastSent - from;
        // Sessions think, and their slots have nothing in flight meanwhile.
        double inside = load.scheduled() || sessions ? inFlight.mean(from, lastSent) : firstEndBySlot.length;
        Moments took = served.took(from, lastSent);
        // A request over an edge is a whole one, however few are in flight on average; where none ended nothing is
        // known.
        double edges = took.count() == 0 ? inside * nanos : Math.max(1, inside) * took.mean();
        return new Balance(inside * nanos, took.sum(), edges);
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
     * @param steadyNanos all slots have ended a request to last {@code sent}, summed
     * @param steadyTokens tokens that came in that time
     * @param peakTokens the most tokens in a second; NaN if that is not known of any iteration
     * @param peakInFlight the most requests in flight
     * @param intervals from one {@code sent} to the next, of those of sessions that of the first turns, counted
     * @param sendingNanos first to last {@code sent} of the same, summed
     * @param trends how requests in flight went on, for each iteration of an open loop whose rate stays
     * @param unitGaps gaps between arrivals with a mean of 1, of an open loop
     * @param greatestSkewNanos first {@code sent} to the last first {@code sent} of a slot, the greatest
     * @param onset the longest that was not yet steady of the time that was taken for it; empty where none tells
     * @param balance Little's law; empty where no iteration was steady
     */
    record Totals(
            long durationNanos,
            long steadyNanos,
            double steadyTokens,
            double peakTokens,
            long peakInFlight,
            long intervals,
            long sendingNanos,
            List<Summary.InFlightTrend> trends,
            DoubleColumn unitGaps,
            long greatestSkewNanos,
            Optional<Onset> onset,
            Optional<Balance> balance) {
        static final Totals NONE = new Totals(
                0, 0, 0, Double.NaN, 0, 0, 0, List.of(), new DoubleColumn(), 0, Optional.empty(), Optional.empty());

        Totals plus(Totals other) {
            return new Totals(
                    durationNanos + other.durationNanos,
                    steadyNanos + other.steadyNanos,
                    steadyTokens + other.steadyTokens,
                    greater(peakTokens, other.peakTokens),
                    Math.max(peakInFlight, other.peakInFlight),
                    intervals + other.intervals,
                    sendingNanos + other.sendingNanos,
                    Stream.concat(trends.stream(), other.trends.stream()).toList(),
                    together(unitGaps, other.unitGaps),
                    Math.max(greatestSkewNanos, other.greatestSkewNanos),
                    Stream.concat(onset.stream(), other.onset.stream()).reduce(Onset::longer),
                    Stream.concat(balance.stream(), other.balance.stream()).reduce(Balance::plus));
        }

        private static DoubleColumn together(DoubleColumn some, DoubleColumn others) {
            DoubleColumn all = new DoubleColumn();
            all.merge(some);
            all.merge(others);
            return all;
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

    /**
     * Both sides of Little's law over a time in which the load was steady, in requests times nanoseconds.
     *
     * @param held requests in flight, times how long that was; slots are all in flight
     * @param served what the requests took that ended in that time
     * @param edges what requests may have taken before and after it: one each of those in flight, and one at the least
     */
    record Balance(double held, double served, double edges) {
        Balance plus(Balance other) {
            return new Balance(held + other.held, served + other.served, edges + other.edges);
        }

        Summary.Little little() {
            return new Summary.Little(served / held, edges / held);
        }
    }
}
