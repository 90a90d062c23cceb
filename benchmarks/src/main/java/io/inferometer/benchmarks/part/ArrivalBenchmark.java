package io.inferometer.benchmarks.part;

import io.inferometer.benchmarks.PartBenchmark;
import io.inferometer.load.ArrivalSequence;
import org.openjdk.jmh.annotations.Benchmark;

/** Drawing when the next request of an open loop is to start. An operation is one arrival. */
public class ArrivalBenchmark extends PartBenchmark {
    static final int RATE = 1_000;
    private static final long SEED = 1;

    private final ArrivalSequence constant = ArrivalSequence.constant(RATE);
    private final ArrivalSequence poisson = ArrivalSequence.poisson(RATE, SEED);

    /** The next of evenly spread arrivals. */
    @Benchmark
    public long constant() {
        return constant.nextNanos();
    }

    /** The next of arrivals that are independent of each other. */
    @Benchmark
    public long poisson() {
        return poisson.nextNanos();
    }
}
