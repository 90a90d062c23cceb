package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.corpus.Prompt;
import io.inferometer.corpus.RandomPrompts;
import io.inferometer.corpus.length.LengthLaw;
import io.inferometer.workload.*;

/**
 * gpt-oss-120b under random prompts at a fixed concurrency, the way Baseten's endpoint was benchmarked.
 *
 * <p>Without any setting it runs against a simulated endpoint that behaves like four B200. Against a real one:
 *
 * <pre>{@code
 * export BASETEN_BASE_URL=https://model-xxx.api.baseten.co/production BASETEN_API_KEY=...
 * CONC=16 ISL=1024 OSL=1024 java -jar benchmarks/target/benchmarks.jar GptOssBaseten
 * }</pre>
 *
 * <p>You should see a line for the warm-up, one for the measured iteration, and the table of ttft, tpot, itl and e2el,
 * whose percentiles are also in the file that RESULT_FILENAME names, in seconds.
 */
@Workload(value = "gpt-oss-120b, random tokens", main = true)
@Endpoint(value = "sim:b200-trt-tp4", apiKeyEnv = "BASETEN_API_KEY")
@Model(value = "openai/gpt-oss-120b", tokenizer = "gpt-oss")
@ClosedLoop(concurrency = 4)
@Warmup(iterations = 1, requestsPerSlot = 2)
@Measurement(iterations = 1, requestsPerSlot = 10)
@Results(format = ResultFormat.SUMMARY, file = "gptoss_baseten_{timestamp}.json")
@Env(name = "BASETEN_BASE_URL", sets = Setting.BASE_URL)
@Env(name = "BASETEN_API_URL", sets = Setting.URL)
@Env(name = "MODEL", sets = Setting.MODEL)
@Env(name = "CONC", sets = Setting.CONCURRENCY)
@Env(name = "NUM_PROMPTS", sets = Setting.REQUESTS)
@Env(name = "RESULT_FILENAME", sets = Setting.RESULT_FILE)
public class GptOssBaseten {
    /** When the extent is a time, so many lengths are drawn and then repeated with other tokens. */
    private static final long LENGTHS_FOR_A_TIME = 1_000;

    /** The longest prompt, in tokens. */
    @Param(value = "1024", env = "ISL")
    int isl;

    /** The longest answer, in tokens. */
    @Param(value = "1024", env = "OSL")
    int osl;

    /** The shortest length as a share of the longest. */
    @Param(value = "0.0", env = "RANDOM_RANGE_RATIO")
    double rangeRatio;

    /** Whether answers go on to that length; an endpoint that does not know the field may refuse it. */
    @Param(value = "true", env = "IGNORE_EOS")
    boolean ignoreEos;

    private RandomPrompts measured;
    private RandomPrompts warmup;

    /** Draws the lengths; the prompts are written as they are asked for. */
    @Setup(Level.TRIAL)
    public void drawPrompts(TrialContext trial) {
        measured = RandomPrompts.of(trial.tokenizer())
                .inputTokens(isl)
                .outputTokens(osl)
                .rangeRatio(LengthLaw.BENCH_SERVING_2025, rangeRatio)
                .count(trial.requestsPerIteration().orElse(LENGTHS_FOR_A_TIME))
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
                .ignoreEos(ignoreEos);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(GptOssBaseten.class, args);
    }
}
