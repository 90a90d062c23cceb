package io.inferometer.workload;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A complete answer, to be checked or to go on from.
 *
 * @param text what is visible of it, tool calls included as their names and arguments came; empty if nothing is
 * @param reasoning the reasoning that came apart from it; empty if none did
 * @param inputTokens the endpoint's count of the prompt's tokens; empty where it told none
 * @param outputTokens the endpoint's count of the answer's tokens, reasoning included; empty where it told none
 * @param toolCalls the calls of functions that the client is to make, in the order in which they began, as a session goes on
 *     from them; a check has them within the text alone, and none here
 */
public record Answer(
        String text,
        String reasoning,
        OptionalInt inputTokens,
        OptionalInt outputTokens,
        List<ContentPart.ToolCall> toolCalls) {
    /**
     * Checks what it is given, and copies its calls.
     *
     * @param text as of the record
     * @param reasoning as of the record
     * @param inputTokens as of the record
     * @param outputTokens as of the record
     * @param toolCalls copied
     */
    public Answer {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(reasoning, "reasoning");
        toolCalls = List.copyOf(toolCalls);
    }

    /**
     * An answer that calls no tools.
     *
     * @param text what the model says
     * @param reasoning what it thought before
     * @param inputTokens by the endpoint's count
     * @param outputTokens by the endpoint's count
     */
    public Answer(String text, String reasoning, OptionalInt inputTokens, OptionalInt outputTokens) {
        this(text, reasoning, inputTokens, outputTokens, List.of());
    }
}
