package io.inferometer.simulator.engine;

/**
 * How long an engine takes for what, and how much it holds. Times in milliseconds, as they are fitted and published.
 *
 * @param network what lies between the client and the engine
 * @param prefill what reading prompts takes
 * @param decode what writing answers takes
 * @param capacity how much fits in at once
 */
public record StepCosts(Network network, Prefill prefill, Decode decode, Capacity capacity) {
    /**
     * The way to the engine and back: HTTP server, tokenizer, scheduler; then detokenizer and HTTP server.
     *
     * @param ingressMillis the median time from a request's last byte to the queue; the time is lognormal
     * @param sigma the deviation of its logarithm
     * @param egressMillis from a token to its write
     */
    public record Network(double ingressMillis, double sigma, double egressMillis) {
        public Network {
            notNegative("ingressMillis", ingressMillis);
            notNegative("sigma", sigma);
            notNegative("egressMillis", egressMillis);
        }
    }

    /**
     * Prompts are read in batches, first come, first served: {@code batchMillis + tokens / tokensPerMilli} a batch.
     *
     * @param chunked whether prompts are cut into chunks that are read within decode steps, each of which then takes so
     *     much longer; else whole prompts are read beside the decode steps, which go on at their own pace
     * @param budgetTokens the most tokens in a batch; where prompts are not cut, a longer one goes alone
     * @param batchMillis what a batch takes whatever its size
     * @param tokensPerMilli tokens read in a millisecond
     */
    public record Prefill(boolean chunked, int budgetTokens, double batchMillis, double tokensPerMilli) {
        public Prefill {
            positive("budgetTokens", budgetTokens);
            notNegative("batchMillis", batchMillis);
            positive("tokensPerMilli", tokensPerMilli);
        }

        private Prefill slower(double factor) {
            return new Prefill(chunked, budgetTokens, batchMillis * factor, tokensPerMilli / factor);
        }

        double millis(long tokens) {
            return tokens == 0 ? 0 : batchMillis + tokens / tokensPerMilli;
        }
    }

    /**
     * A step writes one token of every running answer: {@code baseMillis + batchMillis·c^exponent + contextMillis·t} for c
     * answers with t million tokens of context together. The first two terms are the weights, of which a larger batch
     * touches more experts; the third is attention.
     *
     * @param jitter the deviation of the logarithm of a factor on each step
     * @param tokensPerEvent tokens in each event after the first, which has one
     */
    public record Decode(
            double baseMillis,
            double batchMillis,
            double exponent,
            double contextMillis,
            double jitter,
            int tokensPerEvent) {
        public Decode {
            notNegative("baseMillis", baseMillis);
            notNegative("batchMillis", batchMillis);
            notNegative("exponent", exponent);
            notNegative("contextMillis", contextMillis);
            notNegative("jitter", jitter);
            positive("tokensPerEvent", tokensPerEvent);
            positive("baseMillis + batchMillis", baseMillis + batchMillis);
        }

        Decode with(int newTokensPerEvent) {
            return new Decode(baseMillis, batchMillis, exponent, contextMillis, jitter, newTokensPerEvent);
        }

        private Decode slower(double factor) {
            return new Decode(
                    baseMillis * factor,
                    batchMillis * factor,
                    exponent,
                    contextMillis * factor,
                    jitter,
                    tokensPerEvent);
        }

        double millis(int answers, long contextTokens) {
            return baseMillis + batchMillis * Math.pow(answers, exponent) + contextMillis * contextTokens / 1e6;
        }
    }

    /**
     * What is admitted at once; the rest waits.
     *
     * @param requests the most requests
     * @param cacheTokens the most tokens of their prompts and answers together, counted at their full length
     */
    public record Capacity(int requests, long cacheTokens) {
        public Capacity {
            positive("requests", requests);
            positive("cacheTokens", cacheTokens);
        }
    }

    /** The same with other bounds on requests and other events. */
    public StepCosts with(int requests, int tokensPerEvent) {
        return new StepCosts(
                network, prefill, decode.with(tokensPerEvent), new Capacity(requests, capacity.cacheTokens));
    }

    /** The same whose accelerators take {@code factor} times as long for all that they do; the network is as it was. */
    public StepCosts slower(double factor) {
        return new StepCosts(network, prefill.slower(factor), decode.slower(factor), capacity);
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " must be at least 0, not " + value);
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(name + " must be more than 0, not " + value);
        }
    }
}
