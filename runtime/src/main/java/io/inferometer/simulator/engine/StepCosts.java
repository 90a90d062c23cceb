package io.inferometer.simulator.engine;

/**
 * How long an engine takes for what, and how much it holds. Times in milliseconds, as they are fitted and published.
 *
 * @param network what lies between the client and the engine
 * @param prefill what reading prompts takes
 * @param decode what writing answers takes
 * @param capacity how much fits in at once
 * @param drafting what is drafted before a step
 */
public record StepCosts(Network network, Prefill prefill, Decode decode, Capacity capacity, Drafting drafting) {
    /** Costs without drafts. */
    public StepCosts(Network network, Prefill prefill, Decode decode, Capacity capacity) {
        this(network, prefill, decode, capacity, Drafting.NONE);
    }

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
     * Prompts are read in batches, first come, first served: {@code batchMillis + work / tokensPerMilli} a batch. The work
     * of a token is {@code 1 + attention·c} with c tokens before it. What the cache has is not read, but is before others.
     *
     * @param chunked whether prompts are cut into chunks that are read within decode steps, each of which then takes so
     *     much longer; else whole prompts are read beside the decode steps, which go on at their own pace
     * @param budgetTokens the most tokens in a batch; where prompts are not cut, a longer one goes alone
     * @param batchMillis what a batch takes whatever its size
     * @param tokensPerMilli tokens read in a millisecond, where none are before them
     * @param attention how much work each token before another one adds to its own
     */
    public record Prefill(
            boolean chunked, int budgetTokens, double batchMillis, double tokensPerMilli, double attention) {
        public Prefill {
            positive("budgetTokens", budgetTokens);
            notNegative("batchMillis", batchMillis);
            positive("tokensPerMilli", tokensPerMilli);
            notNegative("attention", attention);
        }

        private Prefill slower(double factor) {
            return new Prefill(chunked, budgetTokens, batchMillis * factor, tokensPerMilli / factor, attention);
        }

        /** The work of so many tokens after {@code before} others. */
        double work(int tokens, int before) {
            return tokens * (1 + attention * (before + tokens / 2.0));
        }

        double millis(double work) {
            return work == 0 ? 0 : batchMillis + work / tokensPerMilli;
        }
    }

    /**
     * A step goes through one token of every running answer, and those that were drafted: {@code baseMillis +
     * batchMillis·c^exponent + contextMillis·t} for c tokens of answers with t million tokens of context together. The first
     * two terms are the weights, of which a larger batch touches more experts; the third is attention.
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

        double millis(int tokens, long contextTokens) {
            return baseMillis + batchMillis * Math.pow(tokens, exponent) + contextMillis * contextTokens / 1e6;
        }
    }

    /**
     * What is admitted at once; the rest waits.
     *
     * @param requests the most requests
     * @param cacheTokens the most tokens of their prompts and answers together
     * @param preempts whether a request is let in as soon as what is read of it first has room, and sent back when there is
     *     none left; else it is let in when there is room for all that it may have
     * @param reuses whether what has been read is kept for prompts that begin alike, as long as there is room
     */
    public record Capacity(int requests, long cacheTokens, boolean preempts, boolean reuses) {
        /** The size of a memory that is never full. */
        public static final long UNBOUNDED = Long.MAX_VALUE;

        public Capacity {
            positive("requests", requests);
            positive("cacheTokens", cacheTokens);
        }
    }

    /**
     * What is drafted of an answer before each step, which the step checks. Drafting itself takes no time.
     *
     * @param tokens how many tokens, 0 for none
     * @param acceptance the median share, among answers, of those that are right where those before them are
     */
    public record Drafting(int tokens, double acceptance) {
        public static final Drafting NONE = new Drafting(0, 0);

        public Drafting {
            notNegative("tokens", tokens);
            notNegative("acceptance", acceptance);
            notNegative("1 - acceptance", 1 - acceptance);
        }
    }

    /** The same with other bounds, drafts and events. */
    public StepCosts with(Capacity newCapacity, Drafting newDrafting, int tokensPerEvent) {
        return new StepCosts(network, prefill, decode.with(tokensPerEvent), newCapacity, newDrafting);
    }

    /** The same whose accelerators take {@code factor} times as long for all that they do; the network is as it was. */
    public StepCosts slower(double factor) {
        return new StepCosts(network, prefill.slower(factor), decode.slower(factor), capacity, drafting);
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
