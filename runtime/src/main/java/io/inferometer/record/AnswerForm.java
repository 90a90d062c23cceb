package io.inferometer.record;

import java.util.Objects;

/**
 * What an answer was like, beside its events and its counts.
 *
 * @param finishReason the word by which the endpoint said that it ended; empty where it said none
 * @param choices how many choices came, 1 where none did
 * @param reasoningInText whether its visible text holds reasoning, between tags such as {@code <think>}
 * @param contentType the type that the endpoint called its stream by, where it was not that of a stream; else empty
 */
public record AnswerForm(String finishReason, int choices, boolean reasoningInText, String contentType) {
    /** Nothing is known of it. */
    public static final AnswerForm NONE = new AnswerForm("", 1, false, "");

    public AnswerForm {
        Objects.requireNonNull(finishReason, "finishReason");
        Objects.requireNonNull(contentType, "contentType");
    }
}
