package io.inferometer.endpoint.protocol;

import io.inferometer.annotations.Protocol;
import io.inferometer.benchmarks.PartBenchmark;
import io.inferometer.endpoint.Exchange;
import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.Watchdog;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.TimelineReuse;
import io.inferometer.record.Usage;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * All that the client does with an event between the read and the timeline: decode, scan, stamp. An operation is one event
 * of 259 bytes, or a shorter one of messages; the timeline is as large as it has to be from the start.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main DecodeBenchmark -prof gc
 * }</pre>
 */
public class DecodeBenchmark extends PartBenchmark {
    /** Events of an invocation. */
    static final int EVENTS = 960;

    private static final int DISTINCT_EVENTS = 480;

    /** What the events are of. */
    @Param({"CHAT", "COMPLETIONS", "RESPONSES", "MESSAGES"})
    Protocol protocol;

    /** How many events a read brings. */
    @Param({"1", "16"})
    int eventsPerRead;

    /** Whether the events differ in their tokens alone, as those of one stream do. */
    @Param({"true", "false"})
    boolean alike;

    private Watchdog watchdog;
    private RequestTimeline timeline;
    private Exchange exchange;
    private List<ByteBuffer> reads;

    /** Makes the bytes of the reads, and begins a stream that never ends. */
    @Setup
    public void setUp() {
        watchdog = new Watchdog(System::nanoTime);
        reads = StreamBytes.reads(protocol, eventsPerRead, DISTINCT_EVENTS / eventsPerRead, alike);
        timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, Usage.ABSENT, EVENTS, true));
        WireRequest request = new WireRequest(
                URI.create("http://127.0.0.1:1/"),
                protocol,
                Map.of(),
                new byte[0],
                true,
                Usage.ABSENT,
                EVENTS,
                true,
                0);
        exchange = new Exchange(request, timeline, RequestBounds.of(Duration.ofSeconds(60)), watchdog, ended -> {});
        exchange.headers(200, name -> name.equals("content-type") ? "text/event-stream" : "", 1);
    }

    /** Ends the watchdog's thread. */
    @TearDown
    public void tearDown() {
        watchdog.close();
    }

    /** Events from their reads into the timeline, from its beginning. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public RequestTimeline decodeScanStamp() {
        TimelineReuse.clear(timeline);
        for (int event = 0, read = 0; event < EVENTS; event += eventsPerRead) {
            ByteBuffer bytes = reads.get(read);
            exchange.read(bytes.clear(), event);
            read = read + 1 == reads.size() ? 0 : read + 1;
        }
        return timeline;
    }
}
