package io.inferometer.load;

import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Split;
import io.inferometer.workload.Load;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** The times at which the requests of an open loop are to start. Not for use by several threads. */
@FunctionalInterface
public interface ArrivalSequence {
    /** Nanoseconds from the start of the iteration to the next arrival; never less than the one before. */
    long nextNanos();

    /**
     * The arrivals of an open loop that are this client's own; the same for the same seed.
     *
     * @throws IllegalArgumentException if a rate is to rise, or gaps are to be rescaled, over nobody knows how many requests
     */
    static ArrivalSequence of(Load.Open load, Stretch stretch, long seed) {
        return all(load, stretch, seed).own(stretch.split());
    }

    /** How many arrivals of an open loop, whoever sends them, there are before its time is over. */
    static long within(Load.Open load, Stretch stretch, long seed) {
        ArrivalSequence all = all(load, stretch, seed);
        long arrivals = 0;
        while (all.nextNanos() < stretch.nanosLeft()) {
            arrivals++;
        }
        return arrivals;
    }

    /** Those of them that are a member's own. */
    default ArrivalSequence own(Split split) {
        return split.alone() ? this : new SharedArrivals(this, split);
    }

    private static ArrivalSequence all(Load.Open load, Stretch stretch, long seed) {
        if (load.ramp().isPresent()) {
            return ramped(load, load.ramp().get(), stretch, seed);
        }
        return switch (load.arrivals()) {
            case CONSTANT -> constant(load.rate());
            case POISSON, GAMMA -> new DrawnArrivals(UnitGaps.of(load, seed), arrival -> load.rate());
            case VLLM_RESCALED -> rescaled(load, requests(load, stretch) - stretch.sentBefore(), seed);
        };
    }

    /** Evenly spread arrivals: the i-th, from 0, at i / rate. */
    static ArrivalSequence constant(double ratePerSecond) {
        return new ConstantArrivals(ratePerSecond);
    }

    /** Arrivals independent of each other. */
    static ArrivalSequence poisson(double ratePerSecond, long seed) {
        return new DrawnArrivals(UnitGaps.exponential(new SplittableRandom(seed)), arrival -> ratePerSecond);
    }

    private static ArrivalSequence ramped(Load.Open load, Load.Ramp ramp, Stretch stretch, long seed) {
        double steps = Math.max(1, requests(load, stretch) - 1);
        return new DrawnArrivals(
                UnitGaps.of(load, seed), arrival -> ramp.at(Math.min(1, (stretch.sentBefore() + arrival) / steps)));
    }

    /** Drawn twice, so that none is kept: their sum first. */
    private static ArrivalSequence rescaled(Load.Open load, long requests, long seed) {
        DoubleSupplier gaps = UnitGaps.of(load, seed);
        double sum = DoubleStream.generate(gaps).limit(requests).sum();
        double rate = load.rate() * sum / requests;
        return new DrawnArrivals(UnitGaps.of(load, seed), arrival -> rate);
    }

    private static long requests(Load.Open load, Stretch stretch) {
        return stretch.requests(load)
                .orElseThrow(() -> new IllegalArgumentException(
                        load.arrivals() == Arrivals.VLLM_RESCALED
                                ? "arrivals are rescaled to a number of requests, and there is none"
                                : "a rate rises over a number of requests or a time, and there is neither"));
    }
}
