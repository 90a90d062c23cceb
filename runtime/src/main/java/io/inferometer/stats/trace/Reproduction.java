package io.inferometer.stats.trace;

import io.inferometer.stats.Distribution;
import java.util.Optional;

/**
 * What a trace or a data set declared, beside what was delivered of it in the measured iterations of a trial.
 *
 * @param promptTokens the prompts' lengths, over the successful requests of which both the file's and the endpoint's count are
 *     known
 * @param outputTokens the answers' lengths, over those of which one was asked for and the endpoint counted it
 * @param gaps nanoseconds between the starts of two requests, as scheduled and as sent, over all that were sent; nothing where
 *     they had no times of their own
 * @param hits what of the prompts a prefix cache knew
 * @param delays what passed ahead of turns; empty where none is known
 * @param resumed whether an iteration was interrupted and gone on with: it stood still then, and what was in flight came later
 */
public record Reproduction(
        Pair promptTokens, Pair outputTokens, Pair gaps, Hits hits, Optional<Delays> delays, boolean resumed) {
    /**
     * A quantity that was declared and delivered.
     *
     * @param declared by the data
     * @param delivered by the endpoint, or by the client
     * @param exact of how many both are the same
     * @param beyond by how much what was delivered is more, where that is the same for all: a chat template's tokens; NaN where
     *     it is not
     */
    public record Pair(Distribution declared, Distribution delivered, long exact, double beyond) {
        /** {@return how many it is known of} */
        public long count() {
            return declared.count();
        }
    }

    /**
     * Prompt tokens that were found in a cache, over the successful requests of which it is known what they share.
     *
     * @param requests how many
     * @param theoretical the share of their prompt tokens, by the client's count, that an earlier request of the data had: what
     *     a cache that forgets nothing finds. NaN without a request
     * @param told of how many the endpoint told its cached tokens
     * @param seen the share of these requests' prompt tokens, by the endpoint's count, that it found cached; NaN where it told
     *     of none
     */
    public record Hits(long requests, double theoretical, long told, double seen) {}

    /**
     * What passed ahead of turns of sessions, in nanoseconds, over all turns that were sent but first ones, whose time the load
     * says; children's first ones are among them.
     *
     * @param declared times to think, or what lay between the times of two turns
     * @param delivered from the same moment, the end of the answer before or of the last session that was waited for, to when
     *     the request was sent
     * @param late by how much more that was
     */
    public record Delays(Distribution declared, Distribution delivered, Distribution late) {}
}
