package io.inferometer.endpoint.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the events in the bytes of reads. An operation is one event of 259 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SseBenchmark {
    /** Events of an invocation. */
    static final int EVENTS = 960;

    private static final int DISTINCT_EVENTS = 480;

    /** How many events a read brings. */
    @Param({"1", "16"})
    int eventsPerRead;

    private SseDecoder decoder;
    private List<ByteBuffer> reads;
    private long dataBytes;

    /** Makes the bytes of the reads. */
    @Setup
    public void setUp() {
        decoder = new SseDecoder((buffer, from, to) -> dataBytes += to - from, 16 << 20);
        reads = StreamBytes.reads(eventsPerRead, DISTINCT_EVENTS / eventsPerRead, true);
    }

    /** Gives how many bytes of data the events had. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long decode() {
        dataBytes = 0;
        for (int event = 0, read = 0; event < EVENTS; event += eventsPerRead) {
            decoder.feed(reads.get(read).clear());
            read = read + 1 == reads.size() ? 0 : read + 1;
        }
        return dataBytes;
    }
}
