package io.inferometer.benchmarks.part;

import io.inferometer.benchmarks.PartBenchmark;
import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.workload.InferenceRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Serialising a request before it is due, off the clock. An operation is one request. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestBenchmark extends PartBenchmark {
    /** Bytes of the prompt; about four to a token. */
    @Param({"400", "4000", "400000"})
    int promptBytes;

    private Target target;
    private InferenceRequest request;

    /** Makes a request, and a target that sends nothing. */
    @Setup
    public void setUp() {
        TargetSettings settings = TargetSettings.chat(
                "http://127.0.0.1:1",
                "openai/gpt-oss-120b",
                Optional.empty(),
                RequestBounds.of(Duration.ofSeconds(60)));
        target = new Target(settings, new JdkTransport(System::nanoTime), System::nanoTime);
        String text = "How far does a wave of \"light\" travel?\n".repeat(promptBytes / 38 + 1);
        request = InferenceRequest.chat(text.substring(0, promptBytes))
                .maxOutputTokens(1_024)
                .ignoreEos(true);
    }

    /** Ends the target's thread. */
    @TearDown
    public void tearDown() {
        target.close();
    }

    /** The request as it goes over the wire. */
    @Benchmark
    public WireRequest serialise() {
        return target.prepare(request);
    }
}
