package io.inferometer.record;

import java.util.Objects;

/**
 * Which request this is, and what was asked: everything of a record that is known before it starts.
 *
 * @param trial the trial's number in the run, from 0
 * @param fork the fork it runs in, from 0
 * @param warmup whether it belongs to a warm-up iteration
 * @param iteration the iteration within the warm-up or the measurement, from 0
 * @param index its number among the trial's measured, or warm-up, requests, from 0
 * @param streamed whether a stream is asked for
 * @param expectedPromptTokens the prompt's tokens by the client's tokenizer; {@link Usage#ABSENT} where unknown
 * @param requestedOutputTokens the longest answer asked for; {@link Usage#ABSENT} where none is
 * @param ignoreEos whether the endpoint is asked to go on to that length
 * @param items how many texts are to be embedded, or documents put in order; 0 where text is asked for, or the number is not
 *     known
 * @param sharedPromptTokens how many of the prompt's leading tokens an earlier request had, by the data;
 *     {@link Usage#ABSENT} where unknown
 * @param place where in its load it stands
 * @param traceId the id of the trace that it is sent as; empty unless it is to be sent as one
 */
public record RequestIdentity(
        int trial,
        int fork,
        boolean warmup,
        int iteration,
        long index,
        boolean streamed,
        int expectedPromptTokens,
        int requestedOutputTokens,
        boolean ignoreEos,
        int items,
        int sharedPromptTokens,
        Place place,
        String traceId) {
    /**
     * Checks that nothing is missing.
     *
     * @param trial as of the record
     * @param fork as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     * @param index as of the record
     * @param streamed as of the record
     * @param expectedPromptTokens as of the record
     * @param requestedOutputTokens as of the record
     * @param ignoreEos as of the record
     * @param items as of the record
     * @param sharedPromptTokens as of the record
     * @param place as of the record, not null
     * @param traceId as of the record, not null
     */
    public RequestIdentity {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(traceId, "traceId");
    }

    /**
     * {@return the same at a stage of its load}
     *
     * @param stage from 0
     */
    public RequestIdentity atStage(int stage) {
        return new RequestIdentity(
                trial,
                fork,
                warmup,
                iteration,
                index,
                streamed,
                expectedPromptTokens,
                requestedOutputTokens,
                ignoreEos,
                items,
                sharedPromptTokens,
                place.atStage(stage),
                traceId);
    }

    /**
     * A request that stands alone.
     *
     * @param trial as of the record
     * @param fork as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     * @param index as of the record
     * @param streamed as of the record
     * @param expectedPromptTokens as of the record
     * @param requestedOutputTokens as of the record
     * @param ignoreEos as of the record
     * @param items as of the record
     */
    public RequestIdentity(
            int trial,
            int fork,
            boolean warmup,
            int iteration,
            long index,
            boolean streamed,
            int expectedPromptTokens,
            int requestedOutputTokens,
            boolean ignoreEos,
            int items) {
        this(
                trial,
                fork,
                warmup,
                iteration,
                index,
                streamed,
                expectedPromptTokens,
                requestedOutputTokens,
                ignoreEos,
                items,
                Usage.ABSENT,
                Place.NONE,
                "");
    }

    /**
     * A request for text that stands alone.
     *
     * @param trial as of the record
     * @param fork as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     * @param index as of the record
     * @param streamed as of the record
     * @param expectedPromptTokens as of the record
     * @param requestedOutputTokens as of the record
     * @param ignoreEos as of the record
     */
    public RequestIdentity(
            int trial,
            int fork,
            boolean warmup,
            int iteration,
            long index,
            boolean streamed,
            int expectedPromptTokens,
            int requestedOutputTokens,
            boolean ignoreEos) {
        this(
                trial,
                fork,
                warmup,
                iteration,
                index,
                streamed,
                expectedPromptTokens,
                requestedOutputTokens,
                ignoreEos,
                0);
    }
}
