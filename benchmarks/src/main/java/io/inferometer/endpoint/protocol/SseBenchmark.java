package io.inferometer.endpoint.protocol;

import io.inferometer.annotations.Protocol;
import io.inferometer.benchmarks.PartBenchmark;
import java.nio.ByteBuffer;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Finding the events in the bytes of reads. An operation is one event of 259 bytes. */
public class SseBenchmark extends PartBenchmark {
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
        reads = StreamBytes.reads(Protocol.CHAT, eventsPerRead, DISTINCT_EVENTS / eventsPerRead, true);
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
