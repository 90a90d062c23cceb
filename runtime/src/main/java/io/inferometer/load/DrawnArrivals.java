package io.inferometer.load;

import java.util.function.DoubleSupplier;
import java.util.function.LongToDoubleFunction;

/** Arrivals by gaps of a law, each divided by the rate that holds for its arrival. */
final class DrawnArrivals implements ArrivalSequence {
    private final DoubleSupplier gaps;
    private final LongToDoubleFunction rate;
    private long arrivals;
    private double seconds;

    /**
     * @param gaps with a mean of 1
     * @param rate arrivals per second, by their number from 0
     */
    DrawnArrivals(DoubleSupplier gaps, LongToDoubleFunction rate) {
        this.gaps = gaps;
        this.rate = rate;
    }

    @Override
    public long nextNanos() {
        seconds += gaps.getAsDouble() / rate.applyAsDouble(arrivals++);
        return Math.round(seconds * 1e9);
    }
}
