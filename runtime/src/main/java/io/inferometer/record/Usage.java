package io.inferometer.record;

/**
 * Token counts as the endpoint told them, whether they agree or not. A count that it did not tell is {@link #ABSENT}.
 *
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the answer; with most endpoints the reasoning tokens are among them
 * @param reasoningTokens tokens of the answer that are reasoning
 * @param cachedTokens tokens of the prompt that were found in a cache
 * @param totalTokens tokens of prompt and answer
 */
public record Usage(int promptTokens, int completionTokens, int reasoningTokens, int cachedTokens, int totalTokens) {
    /** A count that is not known. */
    public static final int ABSENT = -1;

    /** Nothing was told. */
    public static final Usage NONE = new Usage(ABSENT, ABSENT, ABSENT, ABSENT);

    /**
     * Counts without a total.
     *
     * @param promptTokens as of the record
     * @param completionTokens as of the record
     * @param reasoningTokens as of the record
     * @param cachedTokens as of the record
     */
    public Usage(int promptTokens, int completionTokens, int reasoningTokens, int cachedTokens) {
        this(promptTokens, completionTokens, reasoningTokens, cachedTokens, ABSENT);
    }

    /**
     * {@return the tokens that the total has beyond those of prompt and answer; 0 where that is not known} Endpoints that
     * count reasoning on top of the answer tell it so.
     */
    public int beyond() {
        return promptTokens > 0 && completionTokens >= 0
                ? Math.max(0, totalTokens - promptTokens - completionTokens)
                : 0;
    }
}
