package io.inferometer.simulator.engine;

import io.inferometer.simulator.cache.Prompt;
import java.util.Comparator;
import java.util.Objects;

/**
 * One answer as a {@link TokenSchedule} sees it: how many tokens go in, how many come out, and how far it has got.
 *
 * <p>The model alone changes it. Not thread-safe.
 */
public final class Generation {
    /** By the time of the next event, then by turn. */
    static final Comparator<Generation> BY_DUE_TIME = (a, b) ->
            a.nextNanos != b.nextNanos ? Long.compare(a.nextNanos, b.nextNanos) : Long.compare(a.turn, b.turn);

    /** Receives what has become due. */
    public interface Sink {
        /**
         * Some events of the answer are due.
         *
         * @param events how many, each of as many tokens; the last one may have fewer
         * @param tokens the tokens of all of them together
         * @param last whether these are the answer's last
         */
        void due(int events, int tokens, boolean last);
    }

    private final Prompt prompt;
    private final int outputTokens;
    private final Sink sink;
    private int score;
    private int produced;
    private int dueEvents;
    private int dueTokens;

    /** The virtual time of what comes next in the model: its arrival, or its first event that was not yet handed out. */
    long nextNanos;
    /** Breaks ties between answers that are due at the same time: the lower one goes first. */
    long turn;
    /** Whether its next moment is waited for in a {@link DueQueue}. */
    boolean awaited;
    /** The virtual time at which its request had been read, where the model needs it. */
    long startNanos;
    /** How many moments of its score have passed. */
    int moment;

    /** An answer after a prompt of which the length alone is known. */
    public Generation(int promptTokens, int outputTokens, Sink sink) {
        this(Prompt.ofLength(promptTokens, 0), outputTokens, sink);
    }

    /** An answer after a prompt. */
    public Generation(Prompt prompt, int outputTokens, Sink sink) {
        this.prompt = Objects.requireNonNull(prompt, "prompt");
        this.outputTokens = outputTokens;
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    Prompt prompt() {
        return prompt;
    }

    /** The same, that a {@link Playback} plays by the score of a number; no other model heeds it. */
    public Generation playing(int number) {
        score = number;
        return this;
    }

    int score() {
        return score;
    }

    /** How many tokens are still to come. */
    int remainingTokens() {
        return outputTokens - produced;
    }

    /** Hands out the next {@code events} events, of {@code tokens} tokens together. */
    void produce(int events, int tokens) {
        dueEvents = events;
        dueTokens = Math.min(tokens, remainingTokens());
        produced += dueTokens;
    }

    /** Passes what was handed out last on to the sink. */
    void deliver() {
        sink.due(dueEvents, dueTokens, remainingTokens() == 0);
    }
}
