package io.inferometer.endpoint;

import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the client does with an event between the read and the timeline: decode, scan, stamp. An operation is one event of
 * 259 bytes, of a stream of 1,024 whose exchange and timeline are made anew and so are part of the figure.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main DecodeBenchmark -prof gc
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    /** Events of a stream. */
    static final int EVENTS = 1_024;

    private static final int EVENT_BYTES = 259;
    private static final String BEFORE = "data: {\"id\":\"chatcmpl-0123456789abcdef0123456789abcdef\","
            + "\"object\":\"chat.completion.chunk\",\"created\":1762286228,\"model\":\"openai/gpt-oss-120b\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},\"logprobs\":null,\"finish_reason\":null,"
            + "\"token_ids\":null}]";
    private static final String AFTER = "}\n\n";

    /** How many events a read brings. */
    @Param({"1", "16"})
    int eventsPerRead;

    private Watchdog watchdog;
    private WireRequest request;
    private ByteBuffer read;

    /** Makes the bytes of a read. */
    @Setup
    public void setUp() {
        watchdog = new Watchdog(System::nanoTime);
        request = new WireRequest(
                URI.create("http://127.0.0.1:1/"), Map.of(), new byte[0], true, Usage.ABSENT, EVENTS, true);
        byte[] event = event().getBytes(StandardCharsets.US_ASCII);
        read = ByteBuffer.allocate(eventsPerRead * event.length);
        for (int i = 0; i < eventsPerRead; i++) {
            read.put(event);
        }
    }

    /** An event as long as they come, filled up with white space, which JSON allows. */
    static String event() {
        return BEFORE + " ".repeat(EVENT_BYTES - BEFORE.length() - AFTER.length()) + AFTER;
    }

    /** Ends the watchdog's thread. */
    @TearDown
    public void tearDown() {
        watchdog.close();
    }

    /** A stream from its headers to its last event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public RequestTimeline decodeScanStamp() {
        RequestTimeline timeline =
                new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, Usage.ABSENT, EVENTS, true));
        Exchange exchange = new Exchange(request, timeline, Limits.of(Duration.ofSeconds(60)), watchdog, ended -> {});
        exchange.headers(200, name -> name.equals("content-type") ? "text/event-stream" : "", 1);
        for (int i = 0; i < EVENTS; i += eventsPerRead) {
            read.clear();
            exchange.read(read, i);
        }
        return timeline;
    }
}
