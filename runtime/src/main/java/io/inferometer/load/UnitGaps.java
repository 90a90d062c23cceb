package io.inferometer.load;

import io.inferometer.annotations.Arrivals;
import io.inferometer.workload.Load;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.GammaDistribution;

/** Gaps between arrivals with a mean of 1, to be stretched to a rate. The same for the same seed. */
final class UnitGaps {
    private UnitGaps() {}

    /** By the law of an open loop. Evenly spread arrivals begin at 0. */
    static DoubleSupplier of(Load.Open load, long seed) {
        return of(load.arrivals(), load.burstiness(), seed);
    }

    /** By a law, with the burstiness that gamma arrivals have. Evenly spread arrivals begin at 0. */
    static DoubleSupplier of(Arrivals law, double burstiness, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (law) {
            case CONSTANT -> constant();
            case POISSON, VLLM_RESCALED -> exponential(random);
            case GAMMA -> gamma(burstiness, random);
        };
    }

    private static DoubleSupplier constant() {
        return new DoubleSupplier() {
            private boolean begun;

            @Override
            public double getAsDouble() {
                double gap = begun ? 1 : 0;
                begun = true;
                return gap;
            }
        };
    }

    /** −ln(1 − u) with u uniform in [0, 1): by inversion of the distribution. */
    static DoubleSupplier exponential(SplittableRandom random) {
        return () -> -Math.log1p(-random.nextDouble());
    }

    /** Gamma(shape = burstiness, scale = 1 / burstiness). */
    private static DoubleSupplier gamma(double burstiness, SplittableRandom random) {
        UniformRandomProvider bits = random::nextLong;
        return GammaDistribution.of(burstiness, 1 / burstiness).createSampler(bits)::sample;
    }
}
