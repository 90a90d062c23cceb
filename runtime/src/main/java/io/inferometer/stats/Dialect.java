package io.inferometer.stats;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import java.util.Arrays;

/**
 * Other tools' definitions of the same words, computed from the same records, so that results can be compared with
 * theirs. Here a request's clock starts at {@code released}, and any event with a non-empty list of choices counts as a
 * token, one that carries only a role included.
 */
public enum Dialect {
    /**
     * vLLM's {@code bench serve} of today: e2el ends with the last event with choices; output tokens are those of the
     * usage, else the tokenizer's, else 1.
     */
    VLLM,
    /**
     * bench_serving as of 2025: e2el ends with the usage where that is an event of its own, as in a chat, and output
     * tokens are read only there, else they are 0.
     */
    BENCH_SERVING_2025;

    /**
     * One request in a dialect's words. All but the numbers of tokens is absent from one that failed.
     *
     * @param ttftNanos NaN where nothing was streamed
     * @param tpotNanos (e2el − ttft) / (n − 1), only of more than one output token, else NaN
     * @param e2elNanos NaN of a failure
     * @param gapNanos the gaps between events with choices
     * @param inputTokens 0 where not known
     * @param outputTokens 0 of a failure
     */
    public record Request(
            double ttftNanos, double tpotNanos, double e2elNanos, long[] gapNanos, int inputTokens, int outputTokens) {}

    /** A request, whose tokens have been counted, in this dialect's words. */
    public Request request(RequestRecord record, TokenCount tokens) {
        int expected = record.expectedPromptTokens();
        int input = Math.max(0, expected == Usage.ABSENT ? tokens.input() : expected);
        if (!record.succeeded()) {
            return new Request(Double.NaN, Double.NaN, Double.NaN, new long[0], input, 0);
        }
        Events events = Events.of(record);
        boolean streamed = events.first != RequestRecord.ABSENT;
        long end = streamed ? events.last : record.endNanos();
        if (this == BENCH_SERVING_2025) {
            end = Math.max(end, events.usage);
        }
        int output = outputTokens(record, tokens, events);
        double ttft = streamed ? events.first - record.releasedNanos() : Double.NaN;
        double e2el = end - record.releasedNanos();
        double tpot = output > 1 ? (e2el - ttft) / (output - 1) : Double.NaN;
        return new Request(ttft, tpot, e2el, events.gaps, input, output);
    }

    private int outputTokens(RequestRecord record, TokenCount tokens, Events events) {
        if (this == BENCH_SERVING_2025) {
            return events.usage == RequestRecord.ABSENT
                    ? 0
                    : Math.max(0, record.usage().completionTokens());
        }
        return switch (tokens.outputSource()) {
            case USAGE, TOKENIZER -> tokens.output();
            case EVENTS, NONE -> 1;
        };
    }

    /**
     * The events that these dialects look at.
     *
     * @param first the first one with choices
     * @param last the last one with choices
     * @param usage the last one with usage and without choices
     * @param gaps between those with choices
     */
    private record Events(long first, long last, long usage, long[] gaps) {
        static Events of(RequestRecord record) {
            long first = RequestRecord.ABSENT;
            long last = RequestRecord.ABSENT;
            long usage = RequestRecord.ABSENT;
            long[] gaps = new long[record.eventNanos().length];
            int count = 0;
            for (int i = 0; i < record.eventNanos().length; i++) {
                long nanos = record.eventNanos()[i];
                byte carried = record.eventCarried()[i];
                if ((carried & Carried.CHOICES) != 0) {
                    if (first == RequestRecord.ABSENT) {
                        first = nanos;
                    } else {
                        gaps[count++] = nanos - last;
                    }
                    last = nanos;
                } else if ((carried & Carried.USAGE) != 0) {
                    usage = nanos;
                }
            }
            return new Events(first, last, usage, Arrays.copyOf(gaps, count));
        }
    }
}
