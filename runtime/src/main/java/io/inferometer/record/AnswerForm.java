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

    /**
     * Copies its map, ordered by the types.
     *
     * @param finishReason as of the record, not null
     * @param choices as of the record
     * @param reasoningInText as of the record
     * @param contentType as of the record, not null
     * @param items as of the record
     * @param withoutLast as of the record
     * @param unknownEvents copied
     */
    public AnswerForm {
        Objects.requireNonNull(finishReason, "finishReason");
        Objects.requireNonNull(contentType, "contentType");
        unknownEvents = unknownEvents.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(unknownEvents));
    }

    /**
     * The form of an answer with text, in a stream as its protocol has it.
     *
     * @param finishReason the endpoint's word for why it ended; empty where it told none
     * @param choices how many it has
     * @param reasoningInText whether its visible text begins with its reasoning
     * @param contentType the type of a stream that is called otherwise; empty where it is not
     */
    public AnswerForm(String finishReason, int choices, boolean reasoningInText, String contentType) {
        this(finishReason, choices, reasoningInText, contentType, 0, false, Map.of());
    }
}
