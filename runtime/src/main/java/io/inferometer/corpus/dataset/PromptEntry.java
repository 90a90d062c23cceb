package io.inferometer.corpus.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.CorpusPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An entry of a data set in JSON, and the prompt in it.
 *
 * @param prompt what is asked; empty of a conversation in which no user says anything
 * @param conversation whether the prompt was looked for in a conversation
 * @param unknown what is to be said of an entry in which nothing is known; else empty
 */
record PromptEntry(Optional<CorpusPrompt> prompt, boolean conversation, String unknown) {
    /** Where a prompt may stand, the first that is there. */
    static final List<String> PROMPT = List.of("prompt", "text", "instruction", "question", "input");

    /** Where the longest answer may stand, or the exact length of one. */
    static final List<String> OUTPUT_TOKENS = List.of(
            "output_tokens",
            "output_tokens_count",
            "output_length",
            "max_completion_tokens",
            "max_tokens",
            "max_output_tokens");

    private static final List<String> CONVERSATION = List.of("messages", "conversations", "conversation");

    /** Where a request stands whole. */
    private static final List<String> REQUEST = List.of("body", "payload");

    /** Who asks, by the names of different data sets. */
    private static final Set<String> USER = Set.of("user", "human", "prompter");

    /**
     * The prompt of an entry.
     *
     * @throws IllegalArgumentException if what should be the prompt is none; the message says why
     */
    static PromptEntry of(JsonNode entry) {
        if (entry.isTextual()) {
            return plain(new CorpusPrompt(
                    text(entry, "text"), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()));
        }
        if (!entry.isObject()) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        for (String field : REQUEST) {
            if (entry.path(field).isObject()) {
                return of(entry.get(field));
            }
        }
        if (entry.has("text") && entry.has("prompt")) {
            throw new IllegalArgumentException("it has both 'text' and 'prompt'");
        }
        for (String field : PROMPT) {
            JsonNode prompt = entry.path(field);
            if (prompt.isArray() && prompt.path(0).isObject()) {
                return conversation(entry, field);
            }
            if (entry.hasNonNull(field)) {
                return plain(prompt(entry, text(prompt, field)));
            }
        }
        return CONVERSATION.stream()
                .filter(entry::has)
                .findFirst()
                .map(field -> conversation(entry, field))
                .orElseGet(() -> new PromptEntry(Optional.empty(), false, lacks(entry)));
    }

    private static PromptEntry plain(CorpusPrompt prompt) {
        return new PromptEntry(Optional.of(prompt), false, "");
    }

    private static String lacks(JsonNode entry) {
        List<String> fields = new ArrayList<>();
        entry.fieldNames().forEachRemaining(fields::add);
        return "it has no prompt, in 'prompt', 'text', 'messages', 'conversations' or another known field, but "
                + (fields.isEmpty() ? "none at all" : "'" + String.join("', '", fields) + "'");
    }

    private static PromptEntry conversation(JsonNode entry, String field) {
        JsonNode turns = entry.get(field);
        if (!turns.isArray() && !turns.isNull()) {
            throw new IllegalArgumentException("its '" + field + "' is not an array");
        }
        for (JsonNode turn : turns) {
            String who =
                    turn.path(turn.has("role") ? "role" : "from").asText("").toLowerCase(Locale.ROOT);
            if (USER.contains(who)) {
                String said = said(turn, field);
                if (!said.isBlank()) {
                    return new PromptEntry(Optional.of(prompt(entry, said)), true, "");
                }
            }
        }
        return new PromptEntry(Optional.empty(), true, "");
    }

    /** What a turn says: a text, or parts of which each is one. */
    private static String said(JsonNode turn, String field) {
        JsonNode content = turn.path(turn.has("content") ? "content" : "value");
        if (content.isTextual() || content.isNull() || content.isMissingNode()) {
            return content.asText("");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : content) {
            if (!part.isTextual() && !part.path("text").isTextual()) {
                throw new IllegalArgumentException(
                        "a part of its '" + field + "' is no text, and only texts are read as prompts");
            }
            parts.add(part.isTextual() ? part.textValue() : part.get("text").textValue());
        }
        return String.join("\n", parts);
    }

    private static String text(JsonNode prompt, String field) {
        if (!prompt.isTextual()) {
            throw new IllegalArgumentException("its '" + field + "' is not a string");
        }
        if (prompt.textValue().isEmpty()) {
            throw new IllegalArgumentException("its '" + field + "' is empty");
        }
        return prompt.textValue();
    }

    private static CorpusPrompt prompt(JsonNode entry, String text) {
        return new CorpusPrompt(
                text,
                number(entry, List.of("tokens"), 1),
                number(entry, List.of("prefix_tokens"), 0),
                number(entry, OUTPUT_TOKENS, 1));
    }

    private static OptionalInt number(JsonNode entry, List<String> fields, int least) {
        for (String field : fields) {
            JsonNode value = entry.path(field);
            if (value.isNull() || value.isMissingNode()) {
                continue;
            }
            if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
                throw new IllegalArgumentException(
                        "its '" + field + "' is " + value + ", not a whole number from " + least);
            }
            return OptionalInt.of(value.intValue());
        }
        return OptionalInt.empty();
    }
}
