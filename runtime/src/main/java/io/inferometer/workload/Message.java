package io.inferometer.workload;

import java.util.List;
import java.util.Objects;

/**
 * A message of a chat.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, {@code developer} or {@code tool}
 * @param parts what it says, at least one part
 */
public record Message(String role, List<ContentPart> parts) {
    public Message {
        Objects.requireNonNull(role, "role");
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a message needs content");
        }
    }

    /** A message that is a text. */
    public static Message of(String role, String text) {
        return new Message(role, List.of(new ContentPart.Text(text)));
    }
}
