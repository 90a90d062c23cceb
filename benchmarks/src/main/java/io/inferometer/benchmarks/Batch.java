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
 * Every prompt of a corpus at the same instant, each answered in one piece: how long a batch takes, and a row for each of
 * its requests. It ends when the last one has.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar generate --count 200 --approx-input-tokens 512 --output data
 * export REQUESTS_FILE=data/requests_count-200_tokens-512_prefix-0p00_tokenizer-gpt2.jsonl
 * export OPENAI_API_KEY=... OPENAI_MODEL=my-model RESULTS_CSV=out/results.csv
 * java -jar benchmarks/target/benchmarks.jar Batch --host https://my-host
 * }</pre>
 *
 * <p>A corpus is what it is: every iteration, trial and fork sends its prompts again, and an endpoint with a prefix cache
 * knows them then.
 *
 * <p>Without any setting it makes a corpus up, other prompts for each of them, and sends it to the simulated endpoint. With {@code -u 64} no more than 64
 * are in flight; with {@code --streaming} the rows have ttft and tpot too.
 *
 * <p>You should see a summary of the batch beneath the tables, and a file of rows that pandas reads. A corpus of another
 * kind needs no other workload: see {@link Sample07OwnPrompts} for what a line may hold.
 */
@Workload("every prompt of a corpus at once, answered in one piece")
@Endpoint(value = "sim:metronome?ttft=50&itl=2.5", apiKeyEnv = "OPENAI_API_KEY")
@Model("gpt-4o-mini")
@AllAtOnce
@Measurement
@Results(format = ResultFormat.BATCH, file = "results.csv")
@Env(name = "OPENAI_ENDPOINT_PATH", sets = Setting.PATH)
@Env(name = "OPENAI_MODEL", sets = Setting.MODEL)
@Env(name = "RESULTS_CSV", sets = Setting.RESULT_FILE)
public class Batch {
    /** How many prompts are made up where no number is asked for. */
    private static final long MADE_UP = 100;

    /** The corpus; empty for one that is made up. */
    @Param(value = "", env = "REQUESTS_FILE")
    String requestsFile;

    /** What the system tells the model. */
    @Param(value = "You are a helpful assistant.", env = "SYSTEM_PROMPT")
    String systemPrompt;

    /** The law of the lengths of prompts that are made up, in tokens; empty for 128 each. */
    @Param("")
    String input;

    /** The law of the lengths of the answers that these ask for; empty for none. */
    @Param("")
    String output;

    private PromptFile prompts;
    private long perIteration;

    /**
     * Reads the corpus; a line that is no prompt ends the run here, before anything is sent.
     *
     * @param trial says what is run, and where files are
     * @throws IOException if a file can't be read
     */
    @Setup(Level.TRIAL)
    public void readPrompts(TrialContext trial) throws IOException {
        if (!requestsFile.isEmpty() && !(input.isEmpty() && output.isEmpty())) {
            throw new IllegalArgumentException("input and output are laws of prompts that are made up, and those of "
                    + requestsFile + " have their lengths; leave them out");
        }
        if (requestsFile.isEmpty()) {
            perIteration = trial.requestsPerIteration().orElse(MADE_UP);
            prompts = PromptFile.of(CorpusSpec.DEFAULT
                    .count(perIteration * trial.iterations())
                    .input(input)
                    .output(output)
                    .seed(trial.textSeed()));
        } else {
            prompts = PromptFile.read(Path.of(requestsFile))
                    .require(trial.requests().orElse(1));
            perIteration = trial.requestsPerIteration().orElse(prompts.size());
            tellOfRepetition(trial);
        }
    }

    private void tellOfRepetition(TrialContext trial) {
        boolean again = trial.iterations() > 1 && perIteration * trial.iterations() > prompts.size();
        if (again || (trial.trial() > 0 || trial.fork() > 0) && !trial.samePrompts()) {
            trial.note("the prompts of " + requestsFile + " are sent more than once, by every "
                    + (again ? "iteration" : "trial and fork") + ": an endpoint with a prefix cache knows them then"
                    + (again ? "" : "; --cache-marker trial gives each words of its own"));
        }
    }

    /**
     * {@return a prompt's only request in an iteration; null when each has had its own}
     *
     * @param context says which request it is
     */
    @Request
    public InferenceRequest next(RequestContext context) {
        if (context.warmup()) {
            return InferenceRequest.chat("Visitor " + context.id() + " counts to ten: one, two,")
                    .streaming(false);
        }
        if (context.index() >= perIteration * (context.iteration() + 1)) {
            return null;
        }
        CorpusPrompt prompt = prompts.get(context.index() % prompts.size());
        InferenceRequest request =
                InferenceRequest.chat(prompt.text()).system(systemPrompt).streaming(false);
        return prompt.outputTokens().isPresent()
                ? request.maxOutputTokens(prompt.outputTokens().getAsInt())
                : request;
    }

    /**
     * Runs this workload.
     *
     * @param args the options of the command line
     */
    public static void main(String[] args) {
        Inferometer.main(Batch.class, args);
    }
}
