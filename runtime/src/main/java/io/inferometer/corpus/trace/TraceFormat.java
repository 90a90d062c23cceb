package io.inferometer.corpus.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The formats of files that are read, by the names that they go by. */
public enum TraceFormat {
    /** Mooncake's JSON lines: {@code timestamp}, {@code input_length}, {@code output_length}, {@code hash_ids} of 512 tokens. */
    MOONCAKE(TimeUnit.MILLISECONDS, 512),
    /** AIPerf's superset of it: a text, messages or a payload in place of a length, and more of the body. */
    AIPERF(TimeUnit.MILLISECONDS, 512),
    /** Azure's LLM traces, CSV: {@code TIMESTAMP}, {@code ContextTokens}, {@code GeneratedTokens}. */
    AZURE(null, 0),
    /** BurstGPT, CSV: {@code Timestamp}, {@code Request tokens}, {@code Response tokens}. */
    BURSTGPT(TimeUnit.SECONDS, 0),
    /** Bailian's JSON lines: as Mooncake's, in blocks of 16 tokens, and chats that go on with others. */
    BAILIAN(TimeUnit.SECONDS, 16),
    /** AIPerf's {@code single_turn} JSON lines, timed or not. */
    SINGLE_TURN(TimeUnit.MILLISECONDS, 0),
    /** vLLM's JSON lines of {@code prompt} and {@code output_tokens}. */
    CUSTOM(null, 0),
    /** GuideLLM's columns by any of their names, JSON lines or CSV. */
    GUIDELLM(null, 0),
    /** OpenAI's batches: {@code custom_id}, {@code method}, {@code url}, {@code body}. */
    OPENAI_BATCH(null, 0),
    /** JSON lines that are bodies, or have them as {@code payload}. */
    RAW_PAYLOAD(null, 0);

    private final TimeUnit unit;
    private final int blockTokens;

    TraceFormat(TimeUnit unit, int blockTokens) {
        this.unit = unit;
        this.blockTokens = blockTokens;
    }

    /** The formats whose requests have times. */
    public static final List<TraceFormat> TIMED = List.of(MOONCAKE, AIPERF, AZURE, BURSTGPT, BAILIAN, SINGLE_TURN);

    /** The formats of requests in no time. */
    public static final List<TraceFormat> UNTIMED = List.of(SINGLE_TURN, CUSTOM, GUIDELLM, OPENAI_BATCH, RAW_PAYLOAD);

    /**
     * {@return the format of a name, which must be one of some}
     *
     * @param name as on the command line
     * @param some those that may be named here
     * @throws IllegalArgumentException if it is none of them; the message says which there are
     */
    public static TraceFormat of(String name, List<TraceFormat> some) {
        return some.stream()
                .filter(format -> format.label().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(name, some)));
    }

    private static String unknown(String name, List<TraceFormat> some) {
        boolean other =
                Arrays.stream(values()).anyMatch(format -> format.label().equals(name));
        String there = some.stream().map(TraceFormat::label).collect(Collectors.joining(", "));
        return (name.isEmpty()
                        ? "no format is given"
                        : "format=" + name + (other ? " is not for this workload" : " is none"))
                + "; -p format= takes " + there;
    }

    /** {@return its name on the command line} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The unit of its times by its own word; null where it has no times, or dates. */
    TimeUnit unit() {
        return unit;
    }

    /** How many tokens its blocks have; 0 where it has none. */
    int blockTokens() {
        return blockTokens;
    }
}
