package io.inferometer.load;

/** Evenly spread arrivals. Each time is computed from the number of arrivals, so that rounding does not add up. */
final class ConstantArrivals implements ArrivalSequence {
    private final double rate;
    private long arrivals;

    ConstantArrivals(double ratePerSecond) {
        rate = ratePerSecond;
    }

    @Override
    public long nextNanos() {
        return Math.round(arrivals++ * 1e9 / rate);
    }
}
