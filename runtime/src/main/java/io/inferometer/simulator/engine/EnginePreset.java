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
 * ten prompts per slot. {@code docs/simulated-profiles.md} shows how far each one is from what was measured. The caches'
 * sizes are not fitted, but what the accelerators' memory leaves beside the weights, roughly.
 */
public enum EnginePreset {
    B200_TRT_TP4("b200-trt-tp4", costs(13, overlapped(20, 350), decode(0.65, 1.14, 0.33, 3, 20), 8_000_000)),
    B200_VLLM_TP1("b200-vllm-tp1", costs(10, chunked(13, 72), decode(0.95, 1.83, 0.37, 1.8, 1), 1_500_000)),
    H200_VLLM_TP2("h200-vllm-tp2", costs(11, chunked(13, 42), decode(0.9, 2.5, 0.37, 1.3, 1), 2_500_000)),
    H100_VLLM_TP2("h100-vllm-tp2", costs(12, chunked(13, 42), decode(0.6, 3.05, 0.34, 3.8, 1), 1_000_000)),
    MI300X_VLLM_TP4("mi300x-vllm-tp4", costs(10, chunked(24, 58), decode(0.5, 3.05, 0.28, 0, 1), 8_000_000)),
    MI355X_VLLM_TP1("mi355x-vllm-tp1", costs(10, chunked(14, 50), decode(0.9, 2, 0.36, 0, 1), 2_500_000));

    /** Tokens in a batch of prompts. */
    private static final int BUDGET = 8_192;
    /** What the chat template of gpt-oss puts around a message. */
    public static final int TEMPLATE_TOKENS = 67;
    /** The context of gpt-oss. */
    public static final int CONTEXT_TOKENS = 131_072;
    /** The most requests that are admitted unless the profile says otherwise. */
    private static final int REQUESTS = 1_024;

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
        return new StepCosts(network, prefill, decode, new Capacity(REQUESTS, cacheTokens));
    }

    /** Whole prompts are read beside the decode steps. */
    private static Prefill overlapped(double batchMillis, double tokensPerMilli) {
        return new Prefill(false, BUDGET, batchMillis, tokensPerMilli);
    }

    /** Chunks of prompts are read within the decode steps. */
    private static Prefill chunked(double batchMillis, double tokensPerMilli) {
        return new Prefill(true, BUDGET, batchMillis, tokensPerMilli);
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
