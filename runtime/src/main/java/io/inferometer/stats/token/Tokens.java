package io.inferometer.stats.token;

import java.util.Map;

/**
 * The tokens of the successful requests.
 *
 * @param input tokens of the prompts
 * @param output tokens of the answers
 * @param inputSources how many requests' input was counted how
 * @param outputSources how many requests' output was counted how
 * @param hiddenReasoning how many requests had reasoning tokens counted that were never streamed
 * @param events token-bearing events
 * @param streamed tokens that came in these events
 * @param gaps gaps between token-bearing events
 * @param coalesced the gaps among them that are none, because one read brought both events
 * @param humps whether gaps are of two kinds
 * @param lengthsChecked how many requests asked for an exact length, or got more than the longest they asked for
 * @param lengthsMissed how many of them got another length
 * @param requested the tokens that those checked asked for
 * @param received the tokens that those checked got
 * @param inputsDiffering how many requests' input the endpoint and the client's tokenizer count differently
 * @param outputsDiffering how many requests' output the endpoint and the client's tokenizer count differently
 * @param cached tokens of prompts that the endpoint found in a cache
 * @param cachedOf tokens of the prompts of which it told that
 * @param delivery how the answers came
 */
public record Tokens(
        long input,
        long output,
        Map<TokenSource, Long> inputSources,
        Map<TokenSource, Long> outputSources,
        long hiddenReasoning,
        long events,
        long streamed,
        long gaps,
        long coalesced,
        Humps humps,
        long lengthsChecked,
        long lengthsMissed,
        long requested,
        long received,
        long inputsDiffering,
        long outputsDiffering,
        long cached,
        long cachedOf,
        Delivery delivery) {
    /** {@return the share of the prompts' tokens that were found in a cache, 0 to 1; NaN where no endpoint told it} */
    public double cachedShare() {
        return cachedOf == 0 ? Double.NaN : (double) cached / cachedOf;
    }

    /** {@return the share of gaps whose two events came in one read, 0 to 1; NaN without a gap} */
    public double coalescedShare() {
        return gaps == 0 ? Double.NaN : (double) coalesced / gaps;
    }

    /** {@return tokens for each token-bearing event; NaN where nothing was streamed} */
    public double perEvent() {
        return events == 0 ? Double.NaN : (double) streamed / events;
    }
}
