package io.inferometer.corpus;

import java.util.OptionalInt;

/**
 * A prompt of a corpus: a line of a prompt file.
 *
 * @param text what is sent, not empty
 * @param tokens its length, where a tokenizer counted it
 * @param prefixTokens how many leading tokens it shares with the others, where that was counted
 * @param outputTokens how many tokens are asked for, where the corpus says so; at least 1
 */
public record CorpusPrompt(String text, OptionalInt tokens, OptionalInt prefixTokens, OptionalInt outputTokens) {
    /**
     * Checks what it is given.
     *
     * @param text as of the record
     * @param tokens as of the record
     * @param prefixTokens as of the record
     * @param outputTokens as of the record
     */
    public CorpusPrompt {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a prompt can't be empty");
        }
        if (outputTokens.isPresent() && outputTokens.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "a prompt can't ask for " + outputTokens.getAsInt() + " output tokens; 1 is the fewest");
        }
    }

    /**
     * {@return a prompt that nothing else is known of}
     *
     * @param text not empty
     */
    public static CorpusPrompt of(String text) {
        return new CorpusPrompt(text, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }
}
