package io.inferometer.stats;

import io.inferometer.stats.column.Ascending;
import io.inferometer.stats.column.Flights;
import java.util.Optional;
import java.util.OptionalLong;

/** How many requests were on their way at one time, of those that were in one of the ways. Goes through them for each figure. */
final class InFlight {
    /** The earliest requests: one of so many, and no fewer than these. */
    private static final int EARLIEST_SHARE = 50;

    private static final int EARLIEST_FEWEST = 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Flights flights;
    private final Flights.Way way;

    InFlight(Flights flights, Flights.Way way) {
        this.flights = flights;
        this.way = way;
    }

    /** When each began, ascending. */
    Ascending starts() {
        return flights.starts(way);
    }

    /** The most at one time. One that starts as another ends does not overlap it. */
    long peak() {
        Ascending starts = flights.starts(way);
        Ascending ends = flights.ends(way);
        boolean more = ends.next();
        long now = 0;
        long peak = 0;
        while (starts.next()) {
            now++;
            while (more && ends.value() <= starts.value()) {
                now--;
                more = ends.next();
            }
            peak = Math.max(peak, now);
        }
        return peak;
    }

    /** The time-weighted mean from one time to another. */
    double mean(double from, double to) {
        double[] area = {0};
        flights.each(way, (start, end) -> area[0] += Math.max(0, Math.min(to, end) - Math.max(from, start)));
        return area[0] / (to - from);
    }

    /** What those took that ended in a time. */
    Moments took(long from, long to) {
        Moments took = new Moments();
        flights.each(way, (start, end) -> {
            if (end > from && end <= to) {
                took.add((double) end - start);
            }
        });
        return took;
    }

    /** By when their number had filled up, see {@link Summary.InFlightTrend}; empty where all started at one time. */
    OptionalLong filledUp() {
        Span span = span();
        if (span.first == span.last) {
            return OptionalLong.empty();
        }
        long half = (span.last - span.first) / 2;
        long filling = (long) Math.ceil(earliest(span.count).percentile(95));
        return OptionalLong.of(span.first + Math.min(filling, half));
    }

    private Sample earliest(long count) {
        long earliest = Math.min(count, Math.max(EARLIEST_FEWEST, count / EARLIEST_SHARE));
        Ascending starts = starts();
        for (long i = 0; i < earliest; i++) {
            starts.next();
        }
        long until = starts.value();
        Sample took = new Sample();
        flights.each(way, (start, end) -> {
            if (start <= until) {
                took.add((double) end - start);
            }
        });
        return took;
    }

    /** How their number went on once it had filled up; empty where all started at one time. */
    Optional<Summary.InFlightTrend> trend() {
        OptionalLong filledUp = filledUp();
        if (filledUp.isEmpty()) {
            return Optional.empty();
        }
        Span span = span();
        double from = filledUp.getAsLong();
        double to = span.last;
        double quarter = (to - from) / 4;
        return Optional.of(new Summary.InFlightTrend(
                to - from,
                mean(from + quarter, from + 2 * quarter),
                mean(from + 3 * quarter, to),
                slope(from, to),
                earliest(span.count).percentile(50)));
    }

    /** By least squares over all points of time, with the integral of (t − middle) · number in closed form. */
    private double slope(double from, double to) {
        double middle = (from + to) / 2;
        double[] moment = {0};
        flights.each(way, (start, end) -> {
            double left = Math.max(from, start) - middle;
            double right = Math.min(to, end) - middle;
            if (right > left) {
                moment[0] += (right - left) * (right + left) / 2;
            }
        });
        return NANOS_PER_SECOND * moment[0] * 12 / Math.pow(to - from, 3);
    }

    private Span span() {
        Span span = new Span();
        flights.each(way, span);
        return span;
    }

    /** How many there are, and when the first and the last one started; 0 and 0 where there is none. */
    private static final class Span implements Flights.Visitor {
        private long count;
        private long first;
        private long last;

        @Override
        public void flight(long startNanos, long endNanos) {
            first = count == 0 ? startNanos : Math.min(first, startNanos);
            last = count == 0 ? startNanos : Math.max(last, startNanos);
            count++;
        }
    }
}
