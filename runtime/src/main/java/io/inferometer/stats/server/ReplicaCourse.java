package io.inferometer.stats.server;

import io.inferometer.record.server.Quantity;
import io.inferometer.record.server.ServerReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The readings of one page in the order of their times, in bounded memory: of many, neighbours become one that has the
 * greater gauges. Not thread-safe.
 *
 * <p>Counters are kept as if their server had never been started again: one that falls was, and begins anew, and so do all
 * others of its page. One that is not on a page yet is 0. Where a page tells what GPUs draw and not what they have used, that
 * is the area beneath.
 */
public final class ReplicaCourse {
    private static final int QUANTITIES = Quantity.values().length;
    private static final int MOST_POINTS = 2_048;

    /** Sums of fractions may differ by so much of themselves with the order in which they were added. */
    private static final double ROUNDING = 1e-9;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double[] last = new double[QUANTITIES];
    private List<Point> points = new ArrayList<>();
    private long lastNanos = Long.MIN_VALUE;
    private boolean energyTold;
    private long scrapes;
    private long misses;
    private long restarts;
    private String lastMiss = "";

    private record Point(long atNanos, boolean quiet, double[] values) {}

    /** A place on the course, where a counter has a value. */
    private record Edge(int before, int after, double value, double slack) {}

    ReplicaCourse() {
        Arrays.fill(last, Double.NaN);
    }

    /** Takes a reading; one that is not later than the one before has been taken already. */
    void add(ServerReading reading) {
        if (reading.atNanos() <= lastNanos) {
            return;
        }
        lastNanos = reading.atNanos();
        scrapes++;
        if (!reading.answered()) {
            misses++;
            lastMiss = reading.miss();
            return;
        }
        energyTold |= reading.values().containsKey(Quantity.ENERGY);
        Point before = points.isEmpty() ? null : points.get(points.size() - 1);
        Point point = new Point(reading.atNanos(), reading.quiet(), new double[QUANTITIES]);
        boolean restarted = fell(reading);
        restarts += restarted ? 1 : 0;
        for (Quantity quantity : Quantity.values()) {
            Double told = reading.values().get(quantity);
            point.values[quantity.ordinal()] =
                    quantity.counter() ? counted(quantity, told, before, restarted) : told == null ? Double.NaN : told;
        }
        if (!energyTold) {
            point.values[Quantity.ENERGY.ordinal()] = area(before, point);
        }
        points.add(point);
        if (points.size() > MOST_POINTS) {
            points = halved(points);
        }
    }

    private boolean fell(ServerReading reading) {
        return reading.values().entrySet().stream()
                .filter(told -> told.getKey().counter())
                .anyMatch(told -> {
                    double known = last[told.getKey().ordinal()];
                    return told.getValue() < known - ROUNDING * Math.abs(known);
                });
    }

    private double counted(Quantity quantity, Double told, Point before, boolean restarted) {
        int i = quantity.ordinal();
        double known = before == null ? Double.NaN : before.values[i];
        if (told == null) {
            return known;
        }
        double from = last[i];
        last[i] = told;
        if (before == null) {
            return told;
        }
        if (Double.isNaN(from)) {
            points.forEach(point -> point.values[i] = 0);
            return told;
        }
        return known + (restarted ? told : Math.max(0, told - from));
    }

    private static double area(Point before, Point point) {
        double watts = point.values[Quantity.POWER.ordinal()];
        if (before == null || Double.isNaN(before.values[Quantity.ENERGY.ordinal()])) {
            return Double.isNaN(watts) ? Double.NaN : 0;
        }
        double joules = before.values[Quantity.ENERGY.ordinal()];
        double wattsBefore = before.values[Quantity.POWER.ordinal()];
        double seconds = (point.atNanos - before.atNanos) / NANOS_PER_SECOND;
        return joules + (Double.isNaN(watts + wattsBefore) ? 0 : (watts + wattsBefore) / 2 * seconds);
    }

    private static List<Point> halved(List<Point> all) {
        List<Point> fewer = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Point point = all.get(i);
            if (!point.quiet && i + 1 < all.size() - 1 && !all.get(i + 1).quiet && i > 0) {
                fewer.add(together(point, all.get(++i)));
            } else {
                fewer.add(point);
            }
        }
        return fewer;
    }

    private static Point together(Point one, Point later) {
        double[] values = later.values.clone();
        for (Quantity quantity : Quantity.values()) {
            int i = quantity.ordinal();
            if (!quantity.counter() && (Double.isNaN(values[i]) || one.values[i] > values[i])) {
                values[i] = one.values[i];
            }
        }
        return new Point(later.atNanos, false, values);
    }

    /** {@return how many points there are; what the page did not answer is none} */
    public int size() {
        return points.size();
    }

    /**
     * {@return when a point was read, in nanoseconds since the start of the run}
     *
     * @param point from 0
     */
    public long atNanos(int point) {
        return points.get(point).atNanos;
    }

    /**
     * {@return what was read there; a counter as if its server had never been started again} NaN where it is not known.
     *
     * @param point from 0
     * @param quantity which one
     */
    public double value(int point, Quantity quantity) {
        return points.get(point).values[quantity.ordinal()];
    }

    /** {@return how often the page was asked for} */
    public long scrapes() {
        return scrapes;
    }

    /** {@return how often it did not answer} */
    public long misses() {
        return misses;
    }

    /** {@return why it did not the last time; empty where it always did} */
    public String lastMiss() {
        return lastMiss;
    }

    /** {@return how often its server was started again meanwhile} */
    public long restarts() {
        return restarts;
    }

    /** {@return whether the server itself tells what its GPUs have used} */
    public boolean energyTold() {
        return energyTold;
    }

    /**
     * By how much a counter grew in a span.
     *
     * @param all all spans of the trial
     */
    Growth growth(Quantity quantity, ServerWindow.Span span, List<ServerWindow.Span> all) {
        if (points.isEmpty() || Double.isNaN(points.get(points.size() - 1).values[quantity.ordinal()])) {
            return Growth.UNKNOWN;
        }
        Edge from = edge(quantity, span.from(), true, true, all);
        Edge to = edge(quantity, span.to(), false, span.whole(), all);
        boolean apart = from.before != to.before || from.after != to.after || from.before != from.after;
        double amount = to.value - from.value;
        return !apart || Double.isNaN(amount) ? Growth.UNKNOWN : new Growth(Math.max(0, amount), from.slack + to.slack);
    }

    /**
     * A counter's value at a time: that of the next reading outwards that was made when nothing was in flight, if no other
     * span is between; else between the readings around it. Behind the last one, or before the first, it is at least known
     * that it was no less, or no more.
     *
     * @param first whether a span begins there, rather than ends
     * @param whole whether nothing was in flight beyond
     */
    private Edge edge(Quantity quantity, long nanos, boolean first, boolean whole, List<ServerWindow.Span> all) {
        int after = 0;
        while (after < points.size()
                && (first ? points.get(after).atNanos <= nanos : points.get(after).atNanos < nanos)) {
            after++;
        }
        int before = after - 1;
        int quiet = first ? before : after;
        // A reading that was asked for within the span may have come beyond it.
        while (quiet >= 0 && quiet < points.size() && !points.get(quiet).quiet) {
            quiet += first ? -1 : 1;
        }
        if (whole && quantity != Quantity.ENERGY && quiet >= 0 && quiet < points.size() && alone(quiet, nanos, all)) {
            return new Edge(quiet, quiet, value(quiet, quantity), 0);
        }
        if (before < 0 || after == points.size() || !whole) {
            int only = before < 0 ? after : before;
            return new Edge(only, only, value(only, quantity), Double.POSITIVE_INFINITY);
        }
        double low = value(before, quantity);
        double high = value(after, quantity);
        double share = (nanos - atNanos(before)) / (double) (atNanos(after) - atNanos(before));
        return new Edge(before, after, low + (high - low) * share, high - low);
    }

    /** Whether no span is between a reading and an edge. */
    private boolean alone(int reading, long edge, List<ServerWindow.Span> all) {
        long from = Math.min(edge, atNanos(reading));
        long to = Math.max(edge, atNanos(reading));
        return all.stream().noneMatch(span -> span.from() < to && span.to() > from);
    }
}
