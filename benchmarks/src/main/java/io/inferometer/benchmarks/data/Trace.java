package io.inferometer.benchmarks.data;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.corpus.trace.*;
import io.inferometer.workload.*;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * A recorded load once more: each request at its own time, with a prompt and an answer of its own lengths. The file runs once,
 * from its first line to its last, without warm-up, unless you say otherwise; it is read as the run goes on, so it may be longer
 * than memory.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Trace -p file=conversation_trace.jsonl -p format=mooncake \
 *     --speed 2 --max-idle 10s --requests 1000 \
 *     --base-url http://localhost:8000 --model my-model --tokenizer gpt-4o
 * }</pre>
 *
 * <p>{@code format} is one of {@code mooncake}, {@code aiperf}, {@code azure}, {@code burstgpt}, {@code bailian} and
 * {@code single-turn}; {@code docs/traces.md} says what each may hold. Times are in the format's own unit unless
 * {@code --time-unit} declares another. Where the file knows prompts by hash ids alone, the texts are made up and share exactly
 * the blocks that the ids share, in tokens of {@code --tokenizer}. {@code --concurrency N} or {@code --rate N} keep the order of
 * the requests and replace their times.
 *
 * <p>You should see latencies from the recorded start beside those from the real one, schedule delays below a few
 * milliseconds, and at the end what of the trace was reproduced. Without a file it replays a made-up one, 600 requests in
 * a minute.
 */
@Workload("a trace, each request at its recorded time")
@Endpoint("sim:b200-trt-tp4")
@Model(value = "hello", tokenizer = "gpt-4o")
@Replay
@Measurement
public class Trace {
    private static final MadeUpTrace MADE_UP = new MadeUpTrace(600, Duration.ofMinutes(1), 0.4, 3000, 100, 0);

    /** The file; empty for a made-up trace. */
    @Param("")
    String file;

    /** What it is. */
    @Param("mooncake")
    String format;

    /** How many tokens a block of its hash ids has; 0 for as many as in its format. */
    @Param("0")
    int block;

    /** Whether prompts that are texts are sent as {@code chat}, or gone on with as {@code completion}. */
    @Param("chat")
    String as;

    private Reading measured;
    private Reading warmup;

    /** Opens the file, and reads its first request; the warm-up sends the same ones with other texts. */
    @Setup(Level.TRIAL)
    public void open(TrialContext trial) throws IOException {
        measured = new Reading(trial, trial.textSeed(), InOrder.again(trial));
        measured.get(0);
        warmup = new Reading(trial, ~trial.textSeed(), trial.warmupIterations() > 1);
    }

    /** The next request of the file, as long as there is one. */
    @Request
    public InferenceRequest next(RequestContext context) throws IOException {
        return (context.warmup() ? warmup : measured).get(context.index());
    }

    /** Tells what the file left open. */
    @TearDown(Level.TRIAL)
    public void close(TrialContext trial) throws IOException {
        measured.close(trial);
        warmup.close(trial);
    }

    /** The file from its first request on. */
    private final class Reading {
        private final TraceFile trace;
        private final Iterator<TracedRequest> madeUp = MADE_UP.all().iterator();
        private final Asking asking;
        private final InOrder requests;

        Reading(TrialContext trial, long seed, boolean again) throws IOException {
            TraceSettings settings = new TraceSettings(
                    TraceFormat.of(format, TraceFormat.TIMED),
                    trial.files().timeUnit(),
                    block,
                    trial.files().skipBadLines());
            asking = new Asking(BlockPrompts.of(trial.tokenizer(), seed), Asking.completion(as));
            trace = file.isEmpty() ? null : TraceFile.open(Path.of(file), settings);
            requests = new InOrder(index -> traced().map(traced -> asking.of(traced, index)), again);
        }

        InferenceRequest get(long index) throws IOException {
            return requests.get(index);
        }

        private Optional<TracedRequest> traced() throws IOException {
            return trace == null ? Optional.of(madeUp).filter(Iterator::hasNext).map(Iterator::next) : trace.next();
        }

        void close(TrialContext trial) throws IOException {
            asking.madeUp().ifPresent(trial::note);
            if (trace != null) {
                if (!trace.skipped().isEmpty()) {
                    trial.note(trace.skipped());
                }
                trace.close();
            }
        }
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Trace.class, args);
    }
}
