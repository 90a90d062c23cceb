package io.inferometer.record.batch;

import java.util.Map;

/**
 * What a job's requests used, in tokens; each {@link JobState#ABSENT} where it is not told.
 *
 * @param input of prompts, those included that were cached
 * @param cached of prompts, that the endpoint had in its cache
 * @param output of answers
 */
public record JobTokens(long input, long cached, long output) {
    /** Nothing is told. */
    public static final JobTokens NONE = new JobTokens(JobState.ABSENT, JobState.ABSENT, JobState.ABSENT);

    /**
     * {@return the sum, where what one of them does not tell counts for nothing}
     *
     * @param other of other requests
     */
    public JobTokens plus(JobTokens other) {
        return new JobTokens(sum(input, other.input), sum(cached, other.cached), sum(output, other.output));
    }

    private static long sum(long one, long other) {
        return one == JobState.ABSENT ? other : other == JobState.ABSENT ? one : one + other;
    }

    void addTo(Map<String, Object> map) {
        Fields.put(map, "inputTokens", input);
        Fields.put(map, "cachedTokens", cached);
        Fields.put(map, "outputTokens", output);
    }

    static JobTokens of(Fields fields) {
        return new JobTokens(
                fields.number("inputTokens"), fields.number("cachedTokens"), fields.number("outputTokens"));
    }
}
