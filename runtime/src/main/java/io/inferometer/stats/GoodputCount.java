package io.inferometer.stats;

import io.inferometer.workload.Objective;

/** Counts the requests that meet an objective. */
final class GoodputCount {
    private final Objective objective;
    private long met;
    private long missed;
    private long notJudged;

    GoodputCount(Objective objective) {
        this.objective = objective;
    }

    /** A successful request. One that lacks a figure that has a limit can't meet the objective, and may miss another. */
    void add(RequestMetrics metrics) {
        boolean misses = metrics.misses(objective);
        boolean lacks = metrics.lacks(objective);
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
