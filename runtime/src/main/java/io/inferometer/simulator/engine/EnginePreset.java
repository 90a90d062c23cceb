package io.inferometer.simulator.engine;

import io.inferometer.simulator.engine.StepCosts.Capacity;
import io.inferometer.simulator.engine.StepCosts.Decode;
import io.inferometer.simulator.engine.StepCosts.Network;
import io.inferometer.simulator.engine.StepCosts.Prefill;
import java.util.Arrays;
import java.util.Optional;

/**
 * Real engines that serve gpt-oss-120b, as step costs with rounded parameters: accelerator, software, and how many accelerators
 * share the model (tp).
 *
 * <p>The parameters are fitted to public measurements of October 2025, source {@code faradawn_official_2025-10}: a closed
 * loop at concurrencies 4 to 64, prompts of 1,024 and 8,192 tokens, answers of 1,024, lengths from four fifths of that,
 * ten prompts per slot. {@code docs/simulated-profiles.md} shows how far each one is from what was measured. What attention
 * takes of a prompt follows from the model's architecture; what it takes of a step is at least what reading the contexts, of
 * a byte a number, takes by the memory's bandwidth. The caches' sizes are not fitted, but what the accelerators' memory leaves
 * beside the weights, roughly.
 */
public enum EnginePreset {
    B200_TRT_TP4("b200-trt-tp4", costs(18, overlapped(15, 326), decode(0.65, 1.14, 0.33, 3, 20), 8_000_000)),
    B200_VLLM_TP1("b200-vllm-tp1", costs(11, chunked(12, 81), decode(1.05, 1.74, 0.38, 2.3, 1), 1_500_000)),
    H200_VLLM_TP2("h200-vllm-tp2", costs(11, chunked(19, 45), decode(0.95, 2.42, 0.37, 1.9, 1), 2_500_000)),
    H100_VLLM_TP2("h100-vllm-tp2", costs(13, chunked(16, 46), decode(0.5, 3.07, 0.34, 3, 1), 1_000_000)),
    MI300X_VLLM_TP4("mi300x-vllm-tp4", costs(9, chunked(30, 73), decode(0.45, 3.14, 0.26, 0.9, 1), 8_000_000)),
    MI355X_VLLM_TP1("mi355x-vllm-tp1", costs(12, chunked(22, 69), decode(0.8, 2, 0.36, 2.3, 1), 2_500_000));

    /** Tokens in a batch of prompts. */
    private static final int BUDGET = 8_192;
    /** What the chat template of gpt-oss puts around a message. */
    public static final int TEMPLATE_TOKENS = 67;
    /** The context of gpt-oss. */
    public static final int CONTEXT_TOKENS = 131_072;
    /** The most requests that are admitted unless the profile says otherwise. */
    private static final int REQUESTS = 1_024;

    /**
     * The operations on a pair of tokens over those on a token alone: 36 layers, half of which look at all tokens before, 64
     * heads of 64 numbers, 4 operations each, over 2 on each of 5.1 billion active weights.
     */
    private static final double ATTENTION = 18.0 * 64 * 64 * 4 / (2 * 5.1e9);

    private static final double INGRESS_SIGMA = 0.08;
    private static final double EGRESS_MILLIS = 1;
    private static final double JITTER = 0.01;

    private final String profile;
    private final StepCosts costs;

    EnginePreset(String profile, StepCosts costs) {
        this.profile = profile;
        this.costs = costs;
    }

    private static StepCosts costs(double ingressMillis, Prefill prefill, Decode decode, long cacheTokens) {
        Network network = new Network(ingressMillis, INGRESS_SIGMA, EGRESS_MILLIS);
        // vLLM preempts, TensorRT-LLM by default does not.
        Capacity capacity = new Capacity(REQUESTS, cacheTokens, prefill.chunked(), true);
        return new StepCosts(network, prefill, decode, capacity);
    }

    /** Whole prompts are read beside the decode steps. */
    private static Prefill overlapped(double batchMillis, double tokensPerMilli) {
        return new Prefill(false, BUDGET, batchMillis, tokensPerMilli, ATTENTION);
    }

    /** Chunks of prompts are read within the decode steps. */
    private static Prefill chunked(double batchMillis, double tokensPerMilli) {
        return new Prefill(true, BUDGET, batchMillis, tokensPerMilli, ATTENTION);
    }

    private static Decode decode(double base, double batch, double exponent, double context, int tokensPerEvent) {
        return new Decode(base, batch, exponent, context, JITTER, tokensPerEvent);
    }

    public static Optional<EnginePreset> find(String profile) {
        return Arrays.stream(values())
                .filter(engine -> engine.profile.equals(profile))
                .findFirst();
    }

    /** The name of its profile. */
    public String profile() {
        return profile;
    }

    public StepCosts costs() {
        return costs;
    }
}
