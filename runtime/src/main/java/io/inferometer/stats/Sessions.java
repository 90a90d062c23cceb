package io.inferometer.stats;

import java.util.List;
import java.util.Map;

/**
 * The sessions that requests were turns of, with all that began within them.
 *
 * @param total how many had a request that ended; one that was sent again was begun twice
 * @param completed how many were over by themselves, without a turn that failed
 * @param failed how many had a turn that failed, which ended them or was skipped
 * @param cut how many were not over when their iteration was, or had all the turns that a session may have
 * @param failedTurns how many turns of them failed, those of children included
 * @param children how many sessions began within them
 * @param requests of the completed ones, how many each had, those of its children included
 * @param inSystemNanos of the completed ones, how long each took without what it was to think
 * @param turns by the number of the turn; turns of children, which count from 0 again, are not among them
 */
public record Sessions(
        long total,
        long completed,
        long failed,
        long cut,
        long failedTurns,
        long children,
        Distribution requests,
        Distribution inSystemNanos,
        List<OfTurn> turns) {
    /**
     * The requests of one turn, over all sessions.
     *
     * @param turn its number, from 0
     * @param requests how many ended
     * @param succeeded how many of them ended well
     * @param metrics the distribution of each metric of one latency over those, in nanoseconds; only those that are known
     * @param promptTokens the tokens of their prompts, where they are known
     * @param cachedShare the share of the prompts' tokens that were found in a cache, 0 to 1; NaN where no endpoint told it
     */
    public record OfTurn(
            int turn,
            long requests,
            long succeeded,
            Map<Metric, Distribution> metrics,
            Distribution promptTokens,
            double cachedShare) {}
}
