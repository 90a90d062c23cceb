package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * Objectives and goodput: a request counts as good if it meets every limit, here a ttft of 150 ms and a tpot of 4 ms. What
 * is sold is goodput, not throughput.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample05
 * java -jar benchmarks/target/benchmarks.jar Sample05 --slo ttft=150,tpot=6
 * }</pre>
 *
 * <p>You should see that goodput is near the requests/s with 4 and 16 slots, and 0 or near it with 64, for there the tpot
 * is above 5 ms, although more requests are answered. With a limit of 6 ms on the tpot, 64 slots are the best.
 */
@Workload("requests that are good if they are fast enough")
@Endpoint("sim:b200-trt-tp4")
@Model("openai/gpt-oss-120b")
@ClosedLoop(concurrency = {4, 16, 64})
@Slo(ttftMillis = 150, tpotMillis = 4)
@Warmup(requestsPerSlot = 1)
@Measurement(requestsPerSlot = 5)
public class Sample05Goodput {
    /** Answers of 200 tokens, whatever the model would say. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat("Write a letter to reader " + context.id() + ".")
                .maxOutputTokens(200)
                .ignoreEos(true);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample05Goodput.class, args);
    }
}
