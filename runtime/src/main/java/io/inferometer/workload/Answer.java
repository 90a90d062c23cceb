package io.inferometer.workload;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * A complete answer, to be checked.
 *
 * @param text what is visible of it, tool calls included as their names and arguments came; empty if nothing is
 * @param reasoning the reasoning that came apart from it; empty if none did
 * @param inputTokens the endpoint's count of the prompt's tokens; empty where it told none
 * @param outputTokens the endpoint's count of the answer's tokens, reasoning included; empty where it told none
 */
public record Answer(String text, String reasoning, OptionalInt inputTokens, OptionalInt outputTokens) {
    public Answer {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(reasoning, "reasoning");
    }
}
