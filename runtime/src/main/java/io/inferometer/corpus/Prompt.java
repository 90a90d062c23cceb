package io.inferometer.corpus;

import java.util.Objects;

/**
 * A prompt, and how long its answer is to be.
 *
 * @param text what is sent
 * @param tokens its length by the tokenizer it was made with, the shared prefix included
 * @param prefixTokens how many leading tokens it shares with the others
 * @param outputTokens how many tokens are asked for
 */
public record Prompt(String text, int tokens, int prefixTokens, int outputTokens) {
    /**
     * Checks what it is given.
     *
     * @param text as of the record
     * @param tokens as of the record
     * @param prefixTokens as of the record
     * @param outputTokens as of the record
     */
    public Prompt {
        Objects.requireNonNull(text, "text");
    }
}
