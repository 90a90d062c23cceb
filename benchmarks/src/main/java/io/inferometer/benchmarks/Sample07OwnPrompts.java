package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.corpus.CorpusPrompt;
import io.inferometer.corpus.CorpusSpec;
import io.inferometer.corpus.dataset.PromptFile;
import io.inferometer.workload.*;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Prompts of your own, streamed to eight slots: drawn from a file without replacement, so that no request finds its
 * prompt in the endpoint's prefix cache. Each trial and fork draws anew: from a file of many more prompts than requests
 * mostly others, from one of no more all of them again, which the cache then knows.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample07 -p file=prompts.jsonl --requests 500 \
 *     --base-url http://localhost:8000 --model my-model
 * }</pre>
 *
 * <p>A file named {@code .jsonl} or {@code .json} has JSON objects, a line each or in one array, with the prompt in
 * {@code text} or {@code prompt} and, where its answer is to have a length, {@code output_tokens}; ShareGPT's conversations,
 * {@code messages} and the lines of OpenAI's batches are read too, of which the prompt is what the user asks first. A
 * {@code .csv} has such columns. In any other file each line is a prompt.
 *
 * <p>You should see the same figures as of {@link Sample01HelloEndpoint}, since the simulated endpoint does not read what it is
 * sent; a file with fewer prompts than requests, or with a line that is no prompt, ends the run before anything is sent.
 */
@Workload("prompts of a file, streamed to eight slots")
@Endpoint("sim:metronome?ttft=50&itl=10")
@Model("hello")
@ClosedLoop(concurrency = 8)
@Measurement(requests = 80)
public class Sample07OwnPrompts {
    /** The file of prompts; empty for prompts that are made up, half of each the same as in all others. */
    @Param("")
    String file;

    private PromptFile prompts;

    /** Reads the prompts, or makes them up, and makes sure that there are enough. */
    @Setup(Level.TRIAL)
    public void readPrompts(TrialContext trial) throws IOException {
        CorpusSpec madeUp = CorpusSpec.DEFAULT
                .count(trial.requests().orElse(10_000))
                .overlap(0.5)
                .seed(trial.textSeed());
        prompts = file.isEmpty()
                ? PromptFile.of(madeUp)
                : PromptFile.read(Path.of(file)).shuffled(trial.textSeed());
        prompts.require(trial.requests().orElse(1));
    }

    /** The prompt of this request alone. */
    @Request
    public InferenceRequest next(RequestContext context) {
        if (context.warmup()) {
            return InferenceRequest.chat("Visitor " + context.id() + " counts to ten: one, two,")
                    .maxOutputTokens(32);
        }
        CorpusPrompt prompt = prompts.get(context.index());
        return InferenceRequest.chat(prompt.text())
                .maxOutputTokens(prompt.outputTokens().orElse(32));
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample07OwnPrompts.class, args);
    }
}
