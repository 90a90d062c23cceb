package io.inferometer.load;

import io.inferometer.workload.Load;
import java.util.SplittableRandom;

/** The times at which the requests of an open loop are to start. Not for use by several threads. */
@FunctionalInterface
public interface ArrivalSequence {
    /** Nanoseconds from the start of the iteration to the next arrival; never less than the one before. */
    long nextNanos();

    /** The arrivals of an open loop; the same for the same seed. */
    static ArrivalSequence of(Load.Open load, long seed) {
        return switch (load.arrivals()) {
            case CONSTANT -> constant(load.rate());
            case POISSON -> poisson(load.rate(), seed);
        };
    }

    /** Evenly spread arrivals: the i-th, from 0, at i / rate. */
    static ArrivalSequence constant(double ratePerSecond) {
        return new ConstantArrivals(ratePerSecond);
    }

    /** Arrivals independent of each other: gaps of −ln(1 − u) / rate with u uniform in [0, 1). */
    static ArrivalSequence poisson(double ratePerSecond, long seed) {
        return new PoissonArrivals(ratePerSecond, new SplittableRandom(seed));
    }
}
