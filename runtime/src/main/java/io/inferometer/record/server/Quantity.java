package io.inferometer.record.server;

import java.util.Arrays;
import java.util.Optional;

/** What is read of a server's page of metrics, whatever the engine calls it. */
public enum Quantity {
    /** Requests in the engine. */
    RUNNING("running", Kind.GAUGE),
    /** Requests that wait to be let in. */
    QUEUED("queued", Kind.GAUGE),
    /** How full the fullest KV cache is, 0 to 1. */
    KV_CACHE("kvCache", Kind.GAUGE),
    /** The share of prompt tokens found in a cache since the server started, where that is all that is told. */
    HIT_RATE("hitRate", Kind.GAUGE),
    /** What all GPUs draw, in W. */
    POWER("powerW", Kind.GAUGE),
    /** Prompt tokens, those in a cache included. */
    PROMPT_TOKENS("promptTokens", Kind.COUNTER),
    /** Tokens generated. */
    OUTPUT_TOKENS("outputTokens", Kind.COUNTER),
    /** Prompt tokens looked for in a prefix cache. */
    PREFIX_QUERIES("prefixQueries", Kind.COUNTER),
    /** Prompt tokens found in it. */
    PREFIX_HITS("prefixHits", Kind.COUNTER),
    /** Requests sent back from the engine. */
    PREEMPTIONS("preemptions", Kind.COUNTER),
    /** Drafts of speculative decoding. */
    DRAFTS("drafts", Kind.COUNTER),
    /** Tokens drafted. */
    DRAFT_TOKENS("draftTokens", Kind.COUNTER),
    /** Drafted tokens that were right. */
    ACCEPTED_TOKENS("acceptedTokens", Kind.COUNTER),
    /** All times to the first token together, in seconds, and how many they were. */
    TTFT_SECONDS("ttftS", Kind.COUNTER),
    /** Of how many {@link #TTFT_SECONDS} is the sum. */
    TTFT_COUNT("ttftN", Kind.COUNTER),
    /** The same of times between tokens. */
    ITL_SECONDS("itlS", Kind.COUNTER),
    /** Of how many {@link #ITL_SECONDS} is the sum. */
    ITL_COUNT("itlN", Kind.COUNTER),
    /** The same of whole requests. */
    E2EL_SECONDS("e2elS", Kind.COUNTER),
    /** Of how many {@link #E2EL_SECONDS} is the sum. */
    E2EL_COUNT("e2elN", Kind.COUNTER),
    /** The same of times in the queue. */
    QUEUE_SECONDS("queueS", Kind.COUNTER),
    /** Of how many {@link #QUEUE_SECONDS} is the sum. */
    QUEUE_COUNT("queueN", Kind.COUNTER),
    /** The same of times at the prompt. */
    PREFILL_SECONDS("prefillS", Kind.COUNTER),
    /** Of how many {@link #PREFILL_SECONDS} is the sum. */
    PREFILL_COUNT("prefillN", Kind.COUNTER),
    /** The same of times at the answer. */
    DECODE_SECONDS("decodeS", Kind.COUNTER),
    /** Of how many {@link #DECODE_SECONDS} is the sum. */
    DECODE_COUNT("decodeN", Kind.COUNTER),
    /** What all GPUs have used, in J; it grows with time, under load or not. */
    ENERGY("energyJ", Kind.COUNTER);

    private enum Kind {
        GAUGE,
        COUNTER
    }

    private final String label;
    private final Kind kind;

    Quantity(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    /** {@return the name in journals; durations in s, energy in J} */
    public String label() {
        return label;
    }

    /** {@return whether it only grows, unless its server is started again} */
    public boolean counter() {
        return kind == Kind.COUNTER;
    }

    /**
     * {@return the one of a label; empty where there is none}
     *
     * @param label as {@link #label} has it
     */
    public static Optional<Quantity> of(String label) {
        return Arrays.stream(values())
                .filter(quantity -> quantity.label.equals(label))
                .findFirst();
    }
}
