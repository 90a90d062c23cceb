package io.inferometer.annotations;

/** How the starts of an {@link OpenLoop} are spread in time. */
public enum Arrivals {
    /** Evenly: a gap of 1 / rate each time. */
    CONSTANT,
    /** Independently of each other: gaps are exponentially distributed with a mean of 1 / rate. */
    POISSON,
    /**
     * In bursts, or more evenly than by chance: gaps have a gamma distribution with a mean of 1 / rate, and its shape is the
     * {@link OpenLoop#burstiness}. With 1 it is {@link #POISSON}.
     */
    GAMMA,
    /**
     * As vLLM's benchmark spreads them: exponentially distributed gaps, all stretched alike so that the last of N requests
     * starts at N / rate. What comes in any second is then no longer Poisson, and an iteration needs a number of requests.
     */
    VLLM_RESCALED
}
