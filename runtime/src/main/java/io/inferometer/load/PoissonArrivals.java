package io.inferometer.load;

import java.util.SplittableRandom;

/** A Poisson process: gaps are exponentially distributed, by inversion of their distribution. */
final class PoissonArrivals implements ArrivalSequence {
    private final double rate;
    private final SplittableRandom random;
    private double seconds;

    PoissonArrivals(double ratePerSecond, SplittableRandom random) {
        rate = ratePerSecond;
        this.random = random;
    }

    @Override
    public long nextNanos() {
        seconds += -Math.log1p(-random.nextDouble()) / rate;
        return Math.round(seconds * 1e9);
    }
}
