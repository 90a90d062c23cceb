package io.inferometer.stats;

import io.inferometer.workload.Objective;

/** Counts the requests that meet an objective. */
final class GoodputCount {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Objective objective;
    private long met;
    private long missed;
    private long notJudged;

    GoodputCount(Objective objective) {
        this.objective = objective;
    }

    /** A successful request. One that lacks a figure that has a limit can't meet the objective, and may miss another. */
    void add(RequestMetrics metrics) {
        double[] nanos = {metrics.ttftNanos(), metrics.tpotNanos(), metrics.e2elNanos()};
        double[] limits = {objective.ttftMillis(), objective.tpotMillis(), objective.e2elMillis()};
        boolean misses = false;
        boolean lacks = false;
        for (int i = 0; i < limits.length; i++) {
            if (limits[i] > 0) {
                lacks |= Double.isNaN(nanos[i]);
                misses |= nanos[i] / NANOS_PER_MILLI > limits[i];
            }
        }
        met += misses || lacks ? 0 : 1;
        missed += misses ? 1 : 0;
        notJudged += lacks ? 1 : 0;
    }

    void merge(GoodputCount other) {
        met += other.met;
        missed += other.missed;
        notJudged += other.notJudged;
    }

    /** What it comes to, with so many requests that failed. */
    Summary.Goodput goodput(long failed, Course.Totals totals) {
        return new Summary.Goodput(met, met + missed + failed, notJudged, totals.perSecond(met));
    }
}
