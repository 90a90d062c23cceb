package io.inferometer.report.html;

import io.inferometer.record.RequestRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As many requests of a trial as a page can draw: every n-th, and of each bit of time the slowest, the quickest and some that
 * failed, so that thinning hides no extreme.
 */
final class Points {
    private static final int BITS = 128;
    private static final long FIRST_WIDTH_NANOS = 250_000_000;
    private static final int FAILURES = 4;

    private final int most;
    private final List<Point> sampled = new ArrayList<>();
    private Map<Long, Extremes> extremes = new HashMap<>();
    private long width = FIRST_WIDTH_NANOS;
    private long seen;
    private int stride = 1;

    /** @param most how many are drawn beside the extremes */
    Points(int most) {
        this.most = most;
    }

    /** Those that are drawn now. */
    Points(Points other) {
        most = other.most;
        sampled.addAll(other.drawn());
        seen = other.seen;
    }

    void add(Point point) {
        if (point.begin() == RequestRecord.ABSENT) {
            return;
        }
        if (seen % stride == 0) {
            if (sampled.size() == most) {
                thin();
            }
            if (seen % stride == 0) {
                sampled.add(point);
            }
        }
        seen++;
        extremes.computeIfAbsent(Math.floorDiv(point.begin(), width), at -> new Extremes())
                .add(point);
        if (extremes.size() > BITS) {
            widen();
        }
    }

    private void thin() {
        for (int i = 0; i < sampled.size() / 2; i++) {
            sampled.set(i, sampled.get(2 * i));
        }
        sampled.subList(sampled.size() / 2, sampled.size()).clear();
        stride *= 2;
    }

    private void widen() {
        width *= 2;
        Map<Long, Extremes> merged = new HashMap<>();
        extremes.forEach((at, some) -> merged.computeIfAbsent(Math.floorDiv(at, 2), key -> new Extremes())
                .addAll(some));
        extremes = merged;
    }

    /** How many there were. */
    long seen() {
        return seen;
    }

    /** Those that are drawn, in the order of their beginnings. */
    List<Point> drawn() {
        Set<Point> all = new LinkedHashSet<>(sampled);
        extremes.values().forEach(some -> all.addAll(some.kept()));
        return all.stream().sorted(Comparator.comparingLong(Point::begin)).toList();
    }

    private static final class Extremes {
        private Point slowest;
        private Point quickest;
        private Point slowestFirst;
        private final List<Point> failures = new ArrayList<>();

        void add(Point point) {
            if (!point.succeeded()) {
                if (failures.size() < FAILURES) {
                    failures.add(point);
                }
                return;
            }
            if (slowest == null || point.latencyNanos() > slowest.latencyNanos()) {
                slowest = point;
            }
            if (quickest == null || point.latencyNanos() < quickest.latencyNanos()) {
                quickest = point;
            }
            if (slowestFirst == null || point.ttftNanos() > slowestFirst.ttftNanos()) {
                slowestFirst = point;
            }
        }

        void addAll(Extremes other) {
            other.kept().forEach(this::add);
        }

        Collection<Point> kept() {
            Set<Point> kept = new LinkedHashSet<>(failures);
            for (Point point : new Point[] {slowest, quickest, slowestFirst}) {
                if (point != null) {
                    kept.add(point);
                }
            }
            return kept;
        }
    }
}
