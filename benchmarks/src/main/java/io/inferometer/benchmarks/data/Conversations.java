package io.inferometer.benchmarks.data;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.corpus.talk.file.*;
import io.inferometer.workload.*;
import java.io.IOException;

/**
 * Conversations and agents that were recorded, or written down: each turn behind the answer to the one before and the time that
 * it waits, agents that start others and wait for them. The file runs once, from its first session to its last, without warm-up,
 * unless you say otherwise; so many sessions live at the same time as there are slots, each with all that it started.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Conversations -p file=sessions.jsonl -p format=dag --concurrency 8 \
 *     --base-url http://localhost:8000 --model my-model --tokenizer gpt-4o
 * }</pre>
 *
 * <p>{@code format} is one of {@code sharegpt}, {@code multi-turn}, {@code dag}, {@code weka}, {@code otel}, {@code sglang},
 * {@code mlcommons}, {@code inputs.json} and {@code vllm-multi-turn}; {@code docs/conversations.md} says what each may hold.
 * {@code --answers} says whose answers the history has: the endpoint's own, as in life, or the recorded ones, so that every
 * endpoint is asked the same. {@code --steady-start} enters the first sessions in the middle of their run.
 *
 * <p>You should see a table by turn, whose prompts grow and whose cached share does too, and how many sessions came to their
 * end. Without a file it plays 100 made-up conversations.
 */
@Workload("conversations and agents of a file, each turn behind the answer before it")
@Endpoint("sim:b200-trt-tp4")
@Model(value = "hello", tokenizer = "gpt-4o")
@ClosedLoop(concurrency = 4)
@Measurement
public class Conversations {
    /** The file; empty for conversations that are made up. */
    @Param("")
    String file;

    /** What it is. */
    @Param("sharegpt")
    String format;

    /** How many times the file is played; 0 for as long as the run goes on. */
    @Param("1")
    long rounds;

    private TalkReading measured;
    private TalkReading warmup;

    /** Opens the file, of which the warm-up plays the same sessions, with other texts where these are made up. */
    @Setup(Level.TRIAL)
    public void open(TrialContext trial) throws IOException {
        TalkFormat talks = TalkFormat.of(format);
        TalkSettings settings =
                new TalkSettings(talks, trial.files().timeUnit(), trial.files().skipBadLines(), trial.seed());
        boolean recorded = TalkAnswers.recorded(talks, trial.files().answers());
        TalkLanes lanes = trial.files().steadyStart() ? TalkLanes.of(trial) : TalkLanes.NONE;
        TalkRequests requests = new TalkRequests(trial.tokenizer(), trial.textSeed(), talks.exactLengths());
        TalkRequests others = lanes == TalkLanes.NONE
                ? new TalkRequests(trial.tokenizer(), ~trial.textSeed(), talks.exactLengths())
                : requests;
        measured = new TalkReading(
                file,
                settings,
                rounds,
                (session, number) -> Playing.of(session, requests, recorded, lanes.measured(session, number)));
        warmup = new TalkReading(
                file,
                settings,
                rounds,
                (session, number) -> Playing.of(session, others, recorded, lanes.warmup(session, number)));
    }

    /** The next turn of a session, as long as the file has one. */
    @Turn
    public NextTurn next(TurnContext turn) throws IOException {
        return (turn.warmup() ? warmup : measured).next(turn);
    }

    /** Tells what of the file was passed over. */
    @TearDown(Level.TRIAL)
    public void close(TrialContext trial) throws IOException {
        measured.notes().forEach(trial::note);
        measured.close();
        warmup.close();
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Conversations.class, args);
    }
}
