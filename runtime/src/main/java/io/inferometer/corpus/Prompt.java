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
     * @param text the component's value
     * @param tokens the component's value
     * @param prefixTokens the component's value
     * @param outputTokens the component's value
     */
    public Prompt {
        Objects.requireNonNull(text, "text");
    }
}
