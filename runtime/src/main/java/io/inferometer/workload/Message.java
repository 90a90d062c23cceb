package io.inferometer.workload;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A message of a chat.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, {@code developer} or {@code tool}
 * @param parts what it says, at least one part
 */
public record Message(String role, List<ContentPart> parts) {
    /**
     * Copies what it is given, and checks it.
     *
     * @param role as of the record
     * @param parts copied
     */
    public Message {
        Objects.requireNonNull(role, "role");
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a message needs content");
        }
    }

    /** {@return what it says, where that is one text and nothing else} */
    public Optional<String> text() {
        return parts.size() == 1 && parts.get(0) instanceof ContentPart.Text text
                ? Optional.of(text.text())
                : Optional.empty();
    }

    /**
     * {@return what a tool found, which the model called}
     *
     * @param id of the call that it answers
     * @param text what was found
     */
    public static Message toolResult(String id, String text) {
        return new Message("tool", List.of(new ContentPart.ToolResult(id, text)));
    }

    /**
     * {@return a message that is a text}
     *
     * @param role such as {@code user}
     * @param text all that it says
     */
    public static Message of(String role, String text) {
        return new Message(role, List.of(new ContentPart.Text(text)));
    }
}
