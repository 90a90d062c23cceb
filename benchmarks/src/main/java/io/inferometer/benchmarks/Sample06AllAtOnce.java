package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * All at once: a hundred requests released at the same instant, as when a batch arrives. {@link Batch} does the same with
 * the prompts of a corpus.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample06
 * java -jar benchmarks/target/benchmarks.jar Sample06 --requests 400
 * }</pre>
 *
 * <p>You should see {@code Launch, ms}: the time from the first request at the wire to the last one, some
 * milliseconds for a hundred. What is in flight peaks at a hundred, and the ttft is longer than that of a few slots,
 * for the endpoint reads all prompts before it answers any.
 */
@Workload("a hundred requests at the same instant")
@Endpoint("sim:b200-trt-tp4")
@Model("openai/gpt-oss-120b")
@AllAtOnce
@Measurement(requests = 100)
public class Sample06AllAtOnce {
    /** Answers of 100 tokens, whatever the model would say. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat("Sum up report " + context.id() + ".")
                .maxOutputTokens(100)
                .ignoreEos(true);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample06AllAtOnce.class, args);
    }
}
