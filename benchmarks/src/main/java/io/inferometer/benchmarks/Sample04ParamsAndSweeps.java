package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * Parameters and sweeps: a field that is a {@code @Param} takes its value from the command line or the environment, and
 * several values, of it or of the load, are run one after the other. The product of all values is the run.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample04 -rf svg -rff curve.svg
 * java -jar benchmarks/target/benchmarks.jar Sample04 -p words=200 --concurrency 1,4,16,64 --gpus 4 --pause 2s
 * WORDS=50 java -jar benchmarks/target/benchmarks.jar Sample04
 * }</pre>
 *
 * <p>You should see six trials, each with its row in every table, and the last table with throughput against
 * interactivity: the more slots, the more tokens all of them get and the fewer each one. {@code curve.svg} draws it, a
 * curve for each number of words. With {@code --gpus} throughput is told per GPU too.
 */
@Workload("prompts of two lengths, at three concurrencies")
@Endpoint("sim:b200-trt-tp4")
@Model("openai/gpt-oss-120b")
@ClosedLoop(concurrency = {1, 4, 16})
@Warmup(requestsPerSlot = 1)
@Measurement(requestsPerSlot = 5)
public class Sample04ParamsAndSweeps {
    /** How many words the prompt has. */
    @Param(
            value = {"20", "2000"},
            env = "WORDS")
    int words;

    /** The same words again and again, behind an id that keeps each prompt apart from the others. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat(context.id() + ": " + "to and fro ".repeat(words / 3))
                .maxOutputTokens(100)
                .ignoreEos(true);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample04ParamsAndSweeps.class, args);
    }
}
