package io.inferometer.record;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an answer was like, beside its events and its counts.
 *
 * @param finishReason the word by which the endpoint said that it ended; empty where it said none
 * @param choices how many choices came, 1 where none did
 * @param reasoningInText whether its visible text holds reasoning, between tags such as {@code <think>}
 * @param contentType the type that the endpoint called its stream by, where it was not that of a stream; else empty
 * @param items how many texts it embeds, or documents it puts in order; 0 where it has text
 * @param withoutLast whether its stream lacked the last event of its protocol, though it had said why the answer ended
 * @param unknownEvents types of events that its protocol does not know, with the number of events, in the order of their
 *     names
 */
public record AnswerForm(
        String finishReason,
        int choices,
        boolean reasoningInText,
        String contentType,
        int items,
        boolean withoutLast,
        Map<String, Integer> unknownEvents) {
    /** Nothing is known of it. */
    public static final AnswerForm NONE = new AnswerForm("", 1, false, "");

    public AnswerForm {
        Objects.requireNonNull(finishReason, "finishReason");
        Objects.requireNonNull(contentType, "contentType");
        unknownEvents = unknownEvents.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(unknownEvents));
    }

    /** Of an answer with text, in a stream as its protocol has it. */
    public AnswerForm(String finishReason, int choices, boolean reasoningInText, String contentType) {
        this(finishReason, choices, reasoningInText, contentType, 0, false, Map.of());
    }
}
