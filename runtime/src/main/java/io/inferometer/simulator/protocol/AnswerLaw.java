package io.inferometer.simulator.protocol;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.SplittableRandom;

/**
 * How long answers are, and of what. Immutable.
 *
 * @param contextTokens the most tokens of a prompt and its answer together
 * @param templateTokens tokens that the chat template adds to a prompt
 * @param medianTokens the median length of an answer that ends by itself, a lognormal one with a deviation of half; 0
 *     where none does
 * @param honoursIgnoreEos whether a request may ask for an answer that does not end by itself
 * @param reasoningShare the share of an answer, from its start, that is reasoning
 * @param cachedShare the share of a prompt, from its start, that is found in the cache and need not be read
 * @param seed what the lengths are drawn from
 */
public record AnswerLaw(
        int contextTokens,
        int templateTokens,
        int medianTokens,
        boolean honoursIgnoreEos,
        double reasoningShare,
        double cachedShare,
        long seed) {
    private static final double SIGMA = 0.5;
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    /** Answers that are as long as asked for, after prompts of any length. */
    public static AnswerLaw asAsked(double reasoningShare, double cachedShare) {
        return new AnswerLaw(Integer.MAX_VALUE, 0, 0, true, reasoningShare, cachedShare, 0);
    }

    /**
     * The lengths of one exchange.
     *
     * @param promptTokens tokens in, the template's included
     * @param cachedTokens how many of those, the first ones, are in the cache
     * @param outputTokens tokens out
     * @param reasoningTokens how many of those, the first ones, are reasoning
     * @param ended whether the answer ended by itself
     */
    public record Lengths(int promptTokens, int cachedTokens, int outputTokens, int reasoningTokens, boolean ended) {}

    /**
     * How long the answer to the {@code id}-th request is.
     *
     * @param textTokens the tokens of the prompt's own text
     * @throws ApiException status 400 if prompt and answer do not fit in the context
     */
    public Lengths lengths(Ask ask, int textTokens, long id) throws ApiException {
        long prompt = Math.max(1, (long) textTokens + (ask.protocol().isConversation() ? templateTokens : 0));
        // The last token is always read: what comes next follows from it.
        int cached = (int) Math.min(prompt - 1, (long) (cachedShare * prompt));
        if (!ask.protocol().generates()) {
            return new Lengths((int) prompt, cached, 0, 0, true);
        }
        int asked = ask.text().maxTokens();
        long room = contextTokens - prompt;
        if (room < Math.max(1, asked)) {
            throw ApiException.invalid(
                    HttpResponseStatus.BAD_REQUEST,
                    "the context has " + contextTokens + " tokens; the prompt takes " + prompt
                            + " and the answer may take " + Math.max(1, asked),
                    ask.protocol().prompt(),
                    "context_length_exceeded");
        }
        int most = asked > 0 ? asked : defaultTokens(ask.protocol(), room);
        boolean mayEnd = medianTokens > 0 && !(ask.text().ignoreEos() && honoursIgnoreEos);
        long own = mayEnd ? ownTokens(id) : Long.MAX_VALUE;
        int output = (int) Math.min(most, own);
        return new Lengths((int) prompt, cached, output, (int) (reasoningShare * output), own <= most);
    }

    private int defaultTokens(Protocol protocol, long room) {
        boolean open = protocol.isConversation() && medianTokens > 0;
        return (int) Math.min(room, open ? Ask.MAX_OUTPUT_TOKENS : protocol.defaultTokens());
    }

    private long ownTokens(long id) {
        double gaussian = new SplittableRandom(seed + id * STRIDE).nextGaussian();
        return Math.max(1, Math.round(medianTokens * Math.exp(SIGMA * gaussian)));
    }
}
