package io.inferometer.stats;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;

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
        int input = Math.max(
                0, record.expectedPromptTokens() == Usage.ABSENT ? tokens.input() : record.expectedPromptTokens());
        if (!record.succeeded()) {
            return new Request(Double.NaN, Double.NaN, Double.NaN, new long[0], input, 0);
        }
        int count = 0;
        for (byte bits : record.eventCarried()) {
            count += bits & Carried.CHOICES;
        }
        long[] gaps = new long[Math.max(0, count - 1)];
        int seen = 0;
        long first = RequestRecord.ABSENT;
        long last = RequestRecord.ABSENT;
        long usage = RequestRecord.ABSENT;
        for (int i = 0; i < record.eventNanos().length; i++) {
            long nanos = record.eventNanos()[i];
            byte bits = record.eventCarried()[i];
            if ((bits & Carried.CHOICES) != 0) {
                if (seen == 0) {
                    first = nanos;
                } else {
                    gaps[seen - 1] = nanos - last;
                }
                seen++;
                last = nanos;
            } else if ((bits & Carried.USAGE) != 0) {
                usage = nanos;
            }
        }
        long end = last == RequestRecord.ABSENT ? record.endNanos() : last;
        int output;
        if (this == VLLM) {
            output = switch (tokens.outputSource()) {
                case USAGE, TOKENIZER -> tokens.output();
                case EVENTS, NONE -> 1;
            };
        } else {
            output = usage == RequestRecord.ABSENT
                    ? 0
                    : Math.max(0, record.usage().completionTokens());
            end = Math.max(end, usage);
        }
        double ttft = first == RequestRecord.ABSENT ? Double.NaN : first - record.releasedNanos();
        double e2el = end - record.releasedNanos();
        double tpot = output > 1 ? (e2el - ttft) / (output - 1) : Double.NaN;
        return new Request(ttft, tpot, e2el, gaps, input, output);
    }
}
