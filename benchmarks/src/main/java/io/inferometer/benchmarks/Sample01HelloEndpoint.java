package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * The smallest workload there is: one question, asked over and over by two slots.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample01
 * java -jar benchmarks/target/benchmarks.jar Sample01 --base-url http://localhost:8000 --model my-model
 * }</pre>
 *
 * <p>You should see a ttft of about 50 ms and an itl of about 10 ms, for that is what the simulated endpoint here is told
 * to do; what exceeds it is the client, and the network between two processes of one machine.
 */
@Workload("one short question, asked by two slots")
@Endpoint("sim:metronome?ttft=50&itl=10")
@Model("hello")
@ClosedLoop(concurrency = 2)
@Warmup(requestsPerSlot = 2)
@Measurement(requestsPerSlot = 10)
public class Sample01HelloEndpoint {
    /** The id keeps each prompt apart from all others of the run, which the endpoint may remember. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat("Say hello to visitor " + context.id() + ".")
                .maxOutputTokens(32);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample01HelloEndpoint.class, args);
    }
}
