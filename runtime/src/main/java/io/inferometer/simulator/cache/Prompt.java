package io.inferometer.simulator.cache;

/**
 * What is to be read for an answer, and how much of it need not be, because it is in the cache.
 *
 * <p>Not thread-safe: it is made on one thread and handed on to the one that plays the engine.
 */
public final class Prompt {
    /** The id of {@code " tick"}, of which answers are made, in the vocabulary in which prompts are counted. */
    public static final int ANSWER = 27_693;

    /** In the place of the ids that the tokens of a template, and those of reasoning, have. */
    private static final int TEMPLATE = -1;

    private static final int REASONING = -2;

    private final int tokens;
    private final TokenChain chain;
    private final int reasoningTokens;
    private int cachedTokens;
    private int answerTokens;
    private boolean looked;

    private Prompt(int tokens, int cachedTokens, TokenChain chain, int reasoningTokens) {
        this.tokens = tokens;
        this.cachedTokens = cachedTokens;
        this.chain = chain;
        this.reasoningTokens = reasoningTokens;
    }

    /** One of which the length alone is known, and that its first {@code cachedTokens} tokens are in the cache. */
    public static Prompt ofLength(int tokens, int cachedTokens) {
        return new Prompt(tokens, cachedTokens, null, 0);
    }

    /**
     * One whose tokens are known. A chat template's stand before them: most of it is the model's preamble.
     *
     * @param ids those of its own texts
     * @param tokens its length, at least that
     * @param cachedTokens how many of the first are in the cache whatever was read before
     * @param reasoningTokens how many tokens of the answer, the first ones, are reasoning, which no later prompt repeats
     */
    public static Prompt of(int[] ids, int tokens, int cachedTokens, int reasoningTokens) {
        TokenChain chain = new TokenChain(tokens);
        for (int i = ids.length; i < tokens; i++) {
            chain.append(TEMPLATE);
        }
        for (int id : ids) {
            chain.append(id);
        }
        return new Prompt(tokens, cachedTokens, chain, reasoningTokens);
    }

    /** Its length. */
    public int tokens() {
        return tokens;
    }

    /** How many of its tokens, the first ones, were found in the cache when the engine let it in. */
    public int cachedTokens() {
        return cachedTokens;
    }

    /** Its tokens and those of the answer so far, or null where they are not known. */
    public TokenChain chain() {
        return chain;
    }

    /** The engine has let it in, and so many of its tokens are in the cache. Only the first time counts. */
    public void found(int inCache) {
        if (!looked) {
            looked = true;
            cachedTokens = inCache;
        }
    }

    /** The answer has one more token. */
    public void answer() {
        if (chain != null) {
            chain.append(answerTokens++ < reasoningTokens ? REASONING : ANSWER);
        }
    }
}
