package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.corpus.Prompt;
import io.inferometer.corpus.RandomPrompts;
import io.inferometer.workload.*;

/**
 * A closed loop: eight slots, each of which sends its next request the moment its last one ends. The load follows the
 * endpoint: a slow one is asked less often.
 *
 * <p>The prompts are random tokens, 512 each, and drawn before the clock starts. Those of the warm-up, and of each trial
 * and fork, are others, so that no measured prompt is found in the endpoint's prefix cache.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample02
 * java -jar benchmarks/target/benchmarks.jar Sample02 --concurrency 32
 * }</pre>
 *
 * <p>You should see a tpot of about 2.9 ms, for that is what eight requests at once cost on the accelerator that is
 * simulated; with 32 slots it is about 4.3 ms, and yet the output tokens/s are more than twice as many. The row {@code
 * turnaround} is what a slot took to go on: its p50 should be far below a millisecond. {@code steady} leaves ramp-up and drain
 * out, and is a little above the output tokens/s of the whole run.
 */
@Workload("random prompts, asked by eight slots")
@Endpoint("sim:b200-trt-tp4")
@Model(value = "openai/gpt-oss-120b", tokenizer = "gpt-oss")
@ClosedLoop(concurrency = 8)
@Warmup(requestsPerSlot = 1)
@Measurement(requestsPerSlot = 8)
public class Sample02ClosedLoop {
    private RandomPrompts measured;
    private RandomPrompts warmup;

    /** Draws the lengths; the prompts are written as they are asked for. */
    @Setup(Level.TRIAL)
    public void drawPrompts(TrialContext trial) {
        measured = RandomPrompts.of(trial.tokenizer())
                .inputTokens(512)
                .outputTokens(256)
                .count(trial.requestsPerIteration().orElse(100))
                .seed(trial.seed())
                .textSeed(trial.textSeed())
                .build();
        warmup = measured.warmup();
    }

    /** One prompt, with the length of its answer. */
    @Request
    public InferenceRequest next(RequestContext context) {
        Prompt prompt = (context.warmup() ? warmup : measured).get(context.index());
        return InferenceRequest.chat(prompt.text())
                .promptTokens(prompt.tokens())
                .maxOutputTokens(prompt.outputTokens())
                .ignoreEos(true);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample02ClosedLoop.class, args);
    }
}
