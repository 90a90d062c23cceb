package io.inferometer.load;

import io.inferometer.workload.StagedLoad;
import java.util.function.DoubleSupplier;

/**
 * Arrivals at a rate that changes with time: gaps of a law are summed, and each sum falls due when the integral of the rate
 * comes to it. So the law holds whatever the rate does. Where the rate stays at 0 nothing arrives.
 */
final class StagedArrivals implements ArrivalSequence {
    private static final double NANOS_PER_SECOND = 1e9;

    private final StagedLoad load;
    private final DoubleSupplier gaps;
    private final double passed;
    private int stage;
    private double stageBegin;
    private double stageRequests;
    private double sum;

    /**
     * @param gaps with a mean of 1
     * @param passed how many nanoseconds of the stages are over
     */
    StagedArrivals(StagedLoad load, DoubleSupplier gaps, double passed) {
        this.load = load;
        this.gaps = gaps;
        this.passed = passed;
        sum = load.requestsUntil(passed);
    }

    @Override
    public long nextNanos() {
        sum += gaps.getAsDouble();
        for (; stage < load.stages().size(); stage++) {
            StagedLoad.Stage now = load.stages().get(stage);
            double seconds = now.time().toNanos() / NANOS_PER_SECOND;
            double requests = now.mean() * seconds;
            double wanted = sum - stageRequests;
            if (wanted < requests) {
                return Math.round(stageBegin + within(now, seconds, wanted) * NANOS_PER_SECOND - passed);
            }
            stageRequests += requests;
            stageBegin += now.time().toNanos();
        }
        return Long.MAX_VALUE;
    }

    /** The seconds t at which from · t + (to − from) / (2 · all) · t² comes to a number: the greater root, without cancellation. */
    private static double within(StagedLoad.Stage stage, double all, double wanted) {
        double slope = (stage.to() - stage.from()) / all;
        double root = Math.sqrt(Math.max(0, stage.from() * stage.from() + 2 * slope * wanted));
        return Math.min(all, wanted == 0 ? 0 : 2 * wanted / (stage.from() + root));
    }
}
