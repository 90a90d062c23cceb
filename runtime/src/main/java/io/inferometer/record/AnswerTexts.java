package io.inferometer.record;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What an answer said, for whoever checks it.
 *
 * @param visible its visible text
 * @param reasoning its reasoning; empty where there is none
 * @param whole whether these are the texts; false where they were too long for a journal, and are empty
 */
public record AnswerTexts(String visible, String reasoning, boolean whole) {
    /** Texts that a journal does not have. */
    public static final AnswerTexts CUT = new AnswerTexts("", "", false);

    /**
     * Checks that there are both.
     *
     * @param visible as of the record, not null
     * @param reasoning as of the record, not null
     * @param whole as of the record
     */
    public AnswerTexts {
        Objects.requireNonNull(visible, "visible");
        Objects.requireNonNull(reasoning, "reasoning");
    }

    /** The same without what must not be written. */
    AnswerTexts redacted(UnaryOperator<String> redact) {
        return new AnswerTexts(redact.apply(visible), redact.apply(reasoning), whole);
    }
}
