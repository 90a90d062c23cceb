package io.inferometer.simulator.http;

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
 * @param seed what the lengths are drawn from
 */
public record AnswerLaw(
        int contextTokens,
        int templateTokens,
        int medianTokens,
        boolean honoursIgnoreEos,
        double reasoningShare,
        long seed) {
    /** Answers that are as long as asked for, after prompts of any length. */
    public static final AnswerLaw AS_ASKED = new AnswerLaw(Integer.MAX_VALUE, 0, 0, true, 0, 0);

    private static final double SIGMA = 0.5;
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    /**
     * The lengths of one exchange.
     *
     * @param promptTokens tokens in, the template's included
     * @param outputTokens tokens out
     * @param reasoningTokens how many of those, the first ones, are reasoning
     * @param ended whether the answer ended by itself
     */
    record Lengths(int promptTokens, int outputTokens, int reasoningTokens, boolean ended) {}

    /**
     * How long the answer to the {@code id}-th request is.
     *
     * @param textTokens the tokens of the prompt's own text
     * @throws ApiException status 400 if prompt and answer do not fit in the context
     */
    Lengths lengths(CompletionRequest request, int textTokens, long id) throws ApiException {
        long prompt = Math.max(1, (long) textTokens + (request.form() == Form.CHAT ? templateTokens : 0));
        long room = contextTokens - prompt;
        if (room < Math.max(1, request.maxTokens())) {
            throw ApiException.invalid(
                    HttpResponseStatus.BAD_REQUEST,
                    "the context has " + contextTokens + " tokens; the prompt takes " + prompt
                            + " and the answer may take " + Math.max(1, request.maxTokens()),
                    request.form().prompt(),
                    "context_length_exceeded");
        }
        int most = request.maxTokens() > 0 ? request.maxTokens() : defaultTokens(request.form(), room);
        boolean mayEnd = medianTokens > 0 && !(request.ignoreEos() && honoursIgnoreEos);
        long own = mayEnd ? ownTokens(id) : Long.MAX_VALUE;
        int output = (int) Math.min(most, own);
        return new Lengths((int) prompt, output, (int) (reasoningShare * output), own <= most);
    }

    private int defaultTokens(Form form, long room) {
        boolean open = form == Form.CHAT && medianTokens > 0;
        return (int) Math.min(room, open ? CompletionRequest.MAX_OUTPUT_TOKENS : form.defaultTokens());
    }

    private long ownTokens(long id) {
        double gaussian = new SplittableRandom(seed + id * STRIDE).nextGaussian();
        return Math.max(1, Math.round(medianTokens * Math.exp(SIGMA * gaussian)));
    }
}
