package io.inferometer.harness.target;

import io.inferometer.record.RequestTimeline;

/**
 * How long one answer was, beside what was asked.
 *
 * @param told how many tokens the endpoint counted; 0 or below where it told none
 * @param events how many events bore tokens
 * @param asked how many tokens it was asked for
 */
public record AnswerLength(int told, int events, int asked) {
    public static AnswerLength of(RequestTimeline answer) {
        return new AnswerLength(
                answer.completionTokens(),
                answer.tokenEvents(),
                answer.identity().requestedOutputTokens());
    }

    /** Whether the endpoint counted its tokens. */
    public boolean isTold() {
        return told > 0;
    }

    /** How many they were, as far as that is known: of events it is not known how many tokens they bore. */
    public int tokens() {
        return isTold() ? told : events;
    }

    /** Whether the limit was passed: of events, by more than can be one token each. */
    public boolean passed() {
        return tokens() > (isTold() ? asked : 2 * asked);
    }

    /** Whether it ended earlier, by a count that says so. */
    public boolean ended() {
        return isTold() && told < asked;
    }
}
