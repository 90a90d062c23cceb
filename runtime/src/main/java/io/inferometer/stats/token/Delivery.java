package io.inferometer.stats.token;

import java.util.Map;

/**
 * How streamed answers came, as far as it tells how much their times mean.
 *
 * @param answers streamed answers of more than one token
 * @param notStreamed those that came in one event, or in one read
 * @param bufferedFirstReads those whose first read was a buffer's
 * @param tpotBounded those whose tpot is only the least that it can be, since their events brought unlike numbers of tokens
 * @param withoutText tokens at the ends of answers that had no text
 * @param choices answers of more than one choice, streamed or not
 * @param finishReasons words that ended answers and are not known, with the number of answers
 * @param contentTypes what streams were called that were not called streams, with the number of answers
 * @param withoutLast answers whose streams lacked the last event of their protocol
 * @param unknownEvents types of events that their protocol does not know, with the number of events
 */
public record Delivery(
        long answers,
        long notStreamed,
        long bufferedFirstReads,
        long tpotBounded,
        long withoutText,
        long choices,
        Map<String, Long> finishReasons,
        Map<String, Long> contentTypes,
        long withoutLast,
        Map<String, Long> unknownEvents) {}
