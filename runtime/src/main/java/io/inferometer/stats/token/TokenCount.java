package io.inferometer.stats.token;

import io.inferometer.record.Usage;

/**
 * The tokens of one request. A number that is not known is {@link Usage#ABSENT}.
 *
 * @param input tokens of the prompt
 * @param inputSource where {@code input} comes from
 * @param output tokens of the answer
 * @param outputSource where {@code output} comes from
 * @param hiddenReasoning how many of {@code output} are reasoning that was counted but never streamed
 * @param byTokenizer tokens of the answer's text by the client's tokenizer; absent unless both are there
 * @param window when the tokens came
 */
public record TokenCount(
        int input,
        TokenSource inputSource,
        int output,
        TokenSource outputSource,
        int hiddenReasoning,
        int byTokenizer,
        DecodeWindow window) {
    /** {@return how many events were token-bearing} */
    public int tokenEvents() {
        return window.events();
    }

    /** {@return the tokens that came over the wire, of which tpot is the mean time; {@link Usage#ABSENT} where not known} */
    public int streamed() {
        return output == Usage.ABSENT ? Usage.ABSENT : output - hiddenReasoning;
    }

    /** {@return the tokens of prompt and answer, {@link Usage#ABSENT} unless both are known} */
    public int total() {
        return input == Usage.ABSENT || output == Usage.ABSENT ? Usage.ABSENT : input + output;
    }
}
