package io.inferometer.corpus.talk;

import java.util.List;
import java.util.Objects;

/**
 * A message of a conversation.
 *
 * @param role who says it: {@code system}, {@code user}, {@code assistant}, {@code tool}, or what else a file names
 * @param parts what it says, at least one part
 */
public record Utterance(String role, List<Part> parts) {
    /** A part of what is said. */
    public sealed interface Part {}

    /** Plain text. */
    public record Text(String text) implements Part {}

    /** An image by its address, which may be a {@code data:} URL. */
    public record Image(String url) implements Part {}

    /** A tool that is called. */
    public record Call(String id, String name, String arguments) implements Part {}

    /** What a tool found. */
    public record Result(String callId, String text) implements Part {}

    /** Another field of the message as JSON, in the words of chat completions, which goes out as it is. */
    public record Field(String name, String json) implements Part {}

    public Utterance {
        Objects.requireNonNull(role, "role");
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a message needs content");
        }
    }

    /** A message that is a text. */
    public static Utterance of(String role, String text) {
        return new Utterance(role, List.of(new Text(text)));
    }

    /** All its text together, tools that it calls as their names and arguments; empty where it has none. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Text plain) {
                text.append(plain.text());
            } else if (part instanceof Result result) {
                text.append(result.text());
            } else if (part instanceof Call call) {
                text.append(call.name()).append(call.arguments());
            }
        }
        return text.toString();
    }
}
