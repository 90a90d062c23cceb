package io.inferometer.record.answer;

import java.util.Objects;

/**
 * A call of a tool that an answer makes.
 *
 * @param id by which what the tool found is told; empty where the endpoint told none
 * @param name what is called
 * @param arguments what it is called with, as the endpoint wrote it
 */
public record ToolCall(String id, String name, String arguments) {
    public ToolCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arguments, "arguments");
    }
}
