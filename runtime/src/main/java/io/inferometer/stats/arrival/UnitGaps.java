package io.inferometer.stats.arrival;

import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;

/**
 * The gaps between arrivals, each times the rate that holds for it: under every law, and however the rate goes, their mean
 * is 1 where requests start as they were to.
 */
public final class UnitGaps {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] NONE = {};

    private UnitGaps() {}

    /**
     * The gaps of one iteration.
     *
     * @param load an open loop
     * @param beginNanos when the iteration's load began; it tells the rate of stages
     * @param sentNanos when requests were sent, ascending
     * @return one less than there are requests; none where the load is no open loop
     */
    public static double[] of(Load load, long beginNanos, long... sentNanos) {
        if (!load.open() || sentNanos.length < 2) {
            return NONE;
        }
        double[] gaps = new double[sentNanos.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = load instanceof StagedLoad stages
                    ? stages.requestsUntil((double) sentNanos[i + 1] - beginNanos)
                            - stages.requestsUntil((double) sentNanos[i] - beginNanos)
                    : (sentNanos[i + 1] - sentNanos[i]) / NANOS_PER_SECOND * rate((Load.Open) load, i + 1, gaps.length);
        }
        return gaps;
    }

    private static double rate(Load.Open load, int arrival, int last) {
        return load.ramp().map(ramp -> ramp.at((double) arrival / last)).orElseGet(load::rate);
    }
}
