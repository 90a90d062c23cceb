package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.ClosedLoop;
import io.inferometer.annotations.Endpoint;
import io.inferometer.annotations.Level;
import io.inferometer.annotations.Measurement;
import io.inferometer.annotations.Model;
import io.inferometer.annotations.Param;
import io.inferometer.annotations.Request;
import io.inferometer.annotations.Setup;
import io.inferometer.annotations.Warmup;
import io.inferometer.annotations.Workload;
import io.inferometer.corpus.Prompt;
import io.inferometer.corpus.RandomPrompts;
import io.inferometer.corpus.length.LengthPairs;
import io.inferometer.corpus.length.Lengths;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Random tokens whose lengths follow a law, or the pairs of a file: those of a day's traffic, with a line {@code 1024,128} for
 * each prompt and its answer.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar RandomLengths
 * java -jar benchmarks/target/benchmarks.jar RandomLengths -p input=uniform:100..1000 -p output=256
 * java -jar benchmarks/target/benchmarks.jar RandomLengths -p input=zipf:1.2\,4096 -p output=normal:200\,50\,16..512
 * java -jar benchmarks/target/benchmarks.jar RandomLengths -p pairs=lengths.csv
 * }</pre>
 *
 * <p>A comma within a value is written with a backslash, since a bare one parts the values of a sweep. You should see prompt
 * tokens and answers of the lengths that were asked for, and no warning {@code output-length}.
 */
@Workload("random tokens, of lengths by a law or a file")
@Endpoint("sim:b200-trt-tp4")
@Model(value = "openai/gpt-oss-120b", tokenizer = "gpt-oss")
@ClosedLoop(concurrency = 4)
@Warmup(iterations = 1, requestsPerSlot = 2)
@Measurement(iterations = 1, requestsPerSlot = 10)
public class RandomLengths {
    /** When the extent is a time, so many lengths are drawn and then repeated with other tokens. */
    private static final long LENGTHS_FOR_A_TIME = 1_000;

    /** The law of a prompt's length. */
    @Param("lognormal:512,0.8,16..8192")
    String input;

    /** The law of an answer's length. */
    @Param("lognormal:128,0.6,4..1024")
    String output;

    /** A file of pairs, in place of the laws; empty for none. */
    @Param("")
    String pairs;

    private RandomPrompts measured;
    private RandomPrompts warmup;

    /** Draws the lengths; the prompts are written as they are asked for. */
    @Setup(Level.TRIAL)
    public void drawPrompts(TrialContext trial) throws IOException {
        LengthPairs law = pairs.isEmpty()
                ? LengthPairs.independent(Lengths.parse(input), Lengths.parse(output))
                : LengthPairs.read(Path.of(pairs));
        measured = RandomPrompts.of(trial.tokenizer())
                .lengths(law)
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
                .ignoreEos(true);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(RandomLengths.class, args);
    }
}
