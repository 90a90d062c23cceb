package io.inferometer.benchmarks.data;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.corpus.trace.*;
import io.inferometer.workload.*;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A data set of others, each request once and in the order of the file, eight at a time.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Dataset -p file=requests.jsonl -p format=openai-batch \
 *     --concurrency 32 --base-url http://localhost:8000
 * }</pre>
 *
 * <p>{@code format} is one of {@code custom}, {@code guidellm}, {@code openai-batch}, {@code raw-payload},
 * {@code single-turn} and {@code sonnet}; {@code docs/traces.md} says what each may hold. Bodies of the two that are whole
 * requests are sent as they are: nothing is added to them or replaced but what {@code --model}, {@code --extra-body} and
 * {@code --omit} say, and one is streamed if it says so itself. The others need a {@code --model}. A poem has no end:
 * {@code sonnet} needs {@code --requests}.
 *
 * <p>You should see as many requests as the file has lines; a line that can't be read ends the run with its number, unless
 * {@code --skip-bad-lines} passes over it.
 */
@Workload("a data set, request by request")
@Endpoint("sim:metronome?ttft=50&itl=10")
@Model(value = Model.OF_EACH_REQUEST, tokenizer = "gpt-4o")
@AllAtOnce(users = 8)
@Measurement
public class Dataset {
    /** The file. */
    @Param("")
    String file;

    /** What it is. */
    @Param("custom")
    String format;

    /** The longest prompt of lines of a poem, in tokens. */
    @Param("550")
    int isl;

    /** How many tokens these share, about. */
    @Param("200")
    int prefix;

    /** The length of the answers to these. */
    @Param("150")
    int osl;

    private SonnetPrompts sonnet;
    private TraceFile lines;
    private InOrder requests;

    /** Opens the file, and reads its first request. */
    @Setup(Level.TRIAL)
    public void open(TrialContext trial) throws IOException {
        if (file.isEmpty()) {
            throw new IllegalArgumentException(
                    "no file is given; -p file=requests.jsonl names one, and -p format= its format");
        }
        if (format.equals("sonnet")) {
            if (trial.requests().isEmpty()) {
                throw new IllegalArgumentException(
                        "a poem has no end; --requests N says how many prompts are made of it");
            }
            sonnet = new SonnetPrompts(Path.of(file), trial.tokenizer(), isl, prefix, trial.textSeed());
            return;
        }
        lines = TraceFile.open(
                Path.of(file),
                new TraceSettings(
                        TraceFormat.of(format, TraceFormat.UNTIMED),
                        trial.files().timeUnit(),
                        0,
                        trial.files().skipBadLines()));
        Asking asking = new Asking(BlockPrompts.of(trial.tokenizer(), trial.textSeed()), false);
        requests = new InOrder(index -> lines.next().map(line -> asking.of(line, index)), InOrder.again(trial));
        requests.get(0);
        tellOfRepetition(trial);
    }

    private void tellOfRepetition(TrialContext trial) {
        if ((trial.trial() > 0 || trial.fork() > 0) && !trial.samePrompts()) {
            trial.note(
                    "the requests of " + file + " are sent more than once, by every trial and fork: an endpoint with a"
                            + " prefix cache knows them then");
        }
    }

    /** The next request of the file, as long as there is one. A warm-up has prompts of its own, of no file. */
    @Request
    public InferenceRequest next(RequestContext context) throws IOException {
        if (context.warmup()) {
            return InferenceRequest.chat("Visitor " + context.id() + " counts to ten: one, two,")
                    .maxOutputTokens(32);
        }
        if (sonnet != null) {
            String prompt = sonnet.get(context.index());
            return InferenceRequest.chat(prompt)
                    .promptTokens(sonnet.count(prompt))
                    .maxOutputTokens(osl)
                    .ignoreEos(true);
        }
        return requests.get(context.index());
    }

    /** Tells what was passed over. */
    @TearDown(Level.TRIAL)
    public void close(TrialContext trial) throws IOException {
        if (lines != null) {
            if (!lines.skipped().isEmpty()) {
                trial.note(lines.skipped());
            }
            lines.close();
        }
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Dataset.class, args);
    }
}
