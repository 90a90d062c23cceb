package io.inferometer.corpus.talk;

import java.util.Objects;
import java.util.Optional;

/**
 * A message of a conversation.
 *
 * @param role who says it: {@code system}, {@code user}, {@code assistant}, {@code tool}, or what else a file names
 * @param text what is said, where the message is one text and nothing else
 * @param json the whole message, a JSON object in the words of chat completions
 */
public record Utterance(String role, Optional<String> text, String json) {
    public Utterance {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(json, "json");
    }
}
