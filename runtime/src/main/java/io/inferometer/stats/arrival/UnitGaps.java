package io.inferometer.stats.arrival;

import io.inferometer.stats.column.Ascending;
import io.inferometer.stats.column.DoubleColumn;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;

/**
 * The gaps between arrivals, each times the rate that holds for it: under every law, and however the rate goes, their mean
 * is 1 where requests start as they were to.
 */
public final class UnitGaps {
    private static final double NANOS_PER_SECOND = 1e9;

    private UnitGaps() {}

    /**
     * The gaps of one iteration.
     *
     * @param load an open loop
     * @param beginNanos when the iteration's load began; it tells the rate of stages
     * @param sent how many requests were sent
     * @param sentNanos when
     * @return one less than there are requests; none where the load is no open loop
     */
    public static DoubleColumn of(Load load, long beginNanos, long sent, Ascending sentNanos) {
        DoubleColumn gaps = new DoubleColumn();
        if (!load.open() || !sentNanos.next()) {
            return gaps;
        }
        long before = sentNanos.value();
        for (long arrival = 1; sentNanos.next(); arrival++) {
            long now = sentNanos.value();
            gaps.add(
                    load instanceof StagedLoad stages
                            ? stages.requestsUntil((double) now - beginNanos)
                                    - stages.requestsUntil((double) before - beginNanos)
                            : (now - before) / NANOS_PER_SECOND * rate((Load.Open) load, arrival, sent - 1));
            before = now;
        }
        return gaps;
    }

    private static double rate(Load.Open load, long arrival, long last) {
        return load.ramp().map(ramp -> ramp.at((double) arrival / last)).orElseGet(load::rate);
    }
}
