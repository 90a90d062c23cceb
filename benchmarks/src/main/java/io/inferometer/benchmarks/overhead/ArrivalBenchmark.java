package io.inferometer.benchmarks.overhead;

import io.inferometer.load.ArrivalSequence;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Drawing when the next request of an open loop is to start. An operation is one arrival. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ArrivalBenchmark {
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
