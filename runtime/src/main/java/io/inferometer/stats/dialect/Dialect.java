package io.inferometer.stats.dialect;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.token.TokenCount;
import io.inferometer.stats.token.TokenSource;
import java.util.Arrays;

/**
 * Other tools' definitions of the same words, computed from the same records, so that results can be compared with
 * theirs. Their clocks start before the request is handed to an HTTP client: here at {@code released}.
 */
public enum Dialect {
    /**
     * vLLM's {@code bench serve} of today. Any event with a non-empty list of choices counts as a token, one that carries
     * only a role included; e2el ends with the last such event; output tokens are those of the usage, else the
     * tokenizer's, else 1.
     */
    VLLM("vllm"),
    /**
     * bench_serving as of 2025: as vLLM, but e2el ends with the usage where that is an event of its own, as in a chat, and
     * output tokens are read only there, else they are 0.
     */
    BENCH_SERVING_2025("bench_serving"),
    /**
     * GuideLLM: ttft ends with the first event with visible content, e2el with the body; tpot is e2el / n, the first token
     * included; itl is one mean for each request, of the time from its first to its last content; output tokens are those
     * of the usage, else events.
     */
    GUIDELLM("guidellm"),
    /**
     * AIPerf: ttft ends with the first event with a text that is not empty, reasoning included, e2el with the body; what
     * others call tpot is its itl, one value for each request, and it has no tpot; output tokens are those of the usage.
     */
    AIPERF("aiperf");

    private final String label;

    Dialect(String label) {
        this.label = label;
    }

    /** The name on the command line and in tables. */
    public String label() {
        return label;
    }

    /**
     * One request in a dialect's words. All but the numbers of tokens is absent from one that failed.
     *
     * @param ttftNanos NaN where nothing was streamed
     * @param tpotNanos NaN where the dialect has none of it
     * @param e2elNanos NaN of a failure
     * @param gapNanos what is pooled as itl
     * @param inputTokens 0 where not known
     * @param outputTokens 0 of a failure
     */
    public record Request(
            double ttftNanos, double tpotNanos, double e2elNanos, long[] gapNanos, int inputTokens, int outputTokens) {}

    /** A request, whose tokens have been counted, in this dialect's words. */
    public Request request(RequestRecord record, TokenCount tokens) {
        int expected = this == VLLM ? Usage.ABSENT : record.expectedPromptTokens();
        int input = Math.max(0, expected == Usage.ABSENT ? tokens.input() : expected);
        if (!record.succeeded()) {
            return new Request(Double.NaN, Double.NaN, Double.NaN, new long[0], input, 0);
        }
        Events events = Events.of(record, bits());
        int output = outputTokens(record, tokens, events);
        double ttft = events.none() ? Double.NaN : events.first - begin(record);
        double e2el = end(record, events) - begin(record);
        double afterFirst = output > 1 ? (e2el - ttft) / (output - 1) : Double.NaN;
        return switch (this) {
            case VLLM, BENCH_SERVING_2025 -> new Request(ttft, afterFirst, e2el, events.gaps, input, output);
            case GUIDELLM ->
                new Request(
                        ttft,
                        output > 0 ? e2el / output : Double.NaN,
                        e2el,
                        oneGap(output > 1 ? (double) (events.last - events.first) / (output - 1) : Double.NaN, events),
                        input,
                        output);
            case AIPERF -> new Request(ttft, Double.NaN, e2el, oneGap(afterFirst, events), input, output);
        };
    }

    /** When it was released; where only another tool knows that, when it was sent. */
    private static long begin(RequestRecord record) {
        return record.releasedNanos() == RequestRecord.ABSENT ? record.sentNanos() : record.releasedNanos();
    }

    /** Which events count as tokens. */
    private int bits() {
        return switch (this) {
            case VLLM, BENCH_SERVING_2025 -> Carried.CHOICES;
            case GUIDELLM -> Carried.CONTENT;
            case AIPERF -> Carried.TOKENS;
        };
    }

    private static long[] oneGap(double nanos, Events events) {
        return Double.isNaN(nanos) || events.none() ? new long[0] : new long[] {Math.round(nanos)};
    }

    private long end(RequestRecord record, Events events) {
        if (events.none() || this == GUIDELLM || this == AIPERF) {
            return record.endNanos();
        }
        return this == BENCH_SERVING_2025 ? Math.max(events.last, events.usage) : events.last;
    }

    private int outputTokens(RequestRecord record, TokenCount tokens, Events events) {
        return switch (this) {
            case BENCH_SERVING_2025 ->
                events.usage == RequestRecord.ABSENT
                        ? 0
                        : Math.max(0, record.usage().completionTokens());
            case VLLM ->
                switch (tokens.outputSource()) {
                    case USAGE -> record.usage().completionTokens();
                    case TOKENIZER -> tokens.output();
                    case EVENTS, NONE -> 1;
                };
            case GUIDELLM ->
                tokens.outputSource() == TokenSource.USAGE
                        ? record.usage().completionTokens()
                        : events.gaps.length + (events.none() ? 0 : 1);
            case AIPERF ->
                tokens.outputSource() == TokenSource.USAGE ? record.usage().completionTokens() : 0;
        };
    }

    /**
     * The events that a dialect looks at.
     *
     * @param first the first one that counts as a token
     * @param last the last one that does
     * @param usage the last one with usage and without choices
     * @param gaps between those that count
     */
    private record Events(long first, long last, long usage, long[] gaps) {
        static Events of(RequestRecord record, int bits) {
            long first = RequestRecord.ABSENT;
            long last = RequestRecord.ABSENT;
            long usage = RequestRecord.ABSENT;
            long[] gaps = new long[record.eventNanos().length];
            int count = 0;
            for (int i = 0; i < record.eventNanos().length; i++) {
                long nanos = record.eventNanos()[i];
                byte carried = record.eventCarried()[i];
                if ((carried & bits) != 0) {
                    if (first == RequestRecord.ABSENT) {
                        first = nanos;
                    } else {
                        gaps[count++] = nanos - last;
                    }
                    last = nanos;
                }
                if ((carried & Carried.USAGE) != 0 && (carried & Carried.CHOICES) == 0) {
                    usage = nanos;
                }
            }
            return new Events(first, last, usage, Arrays.copyOf(gaps, count));
        }

        boolean none() {
            return first == RequestRecord.ABSENT;
        }
    }
}
