package io.inferometer.record;

/**
 * Token counts as the endpoint told them. A count that it did not tell is {@link #ABSENT}.
 *
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the answer, the reasoning tokens among them
 * @param reasoningTokens tokens of the answer that are reasoning
 * @param cachedTokens tokens of the prompt that were found in a cache
 */
public record Usage(int promptTokens, int completionTokens, int reasoningTokens, int cachedTokens) {
    /** A count that is not known. */
    public static final int ABSENT = -1;

    /** Nothing was told. */
    public static final Usage NONE = new Usage(ABSENT, ABSENT, ABSENT, ABSENT);
}
