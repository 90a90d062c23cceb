package io.inferometer.simulator;

import io.inferometer.simulator.engine.EnginePreset;
import io.inferometer.simulator.engine.StepCosts;
import io.inferometer.simulator.engine.StepCosts.Capacity;
import io.inferometer.simulator.engine.StepCosts.Drafting;
import io.inferometer.simulator.protocol.AnswerLaw;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options that a profile has which plays an engine, and what they make of the engine. */
final class EngineOptions {
    static final String RATE = "rate";
    static final String COALESCE = "coalesce";
    static final String SEED = "seed";
    static final String REASONING = "reasoning";
    static final String CACHED = "cached";

    private static final String RUNNING = "running";
    private static final String CACHE = "cache";
    private static final String UNBOUNDED = "unbounded";
    private static final String PREFIX_CACHE = "prefix_cache";
    private static final String CONTEXT = "context";
    private static final String TEMPLATE = "template";
    private static final String INTERVAL = "interval";
    private static final String DRAFT = "draft";
    private static final String ACCEPTANCE = "acceptance";
    private static final String ANSWER = "answer";
    private static final String IGNORE_EOS = "ignore_eos";
    private static final String SLOWER = "slower";
    private static final int MAX_SLOWER = 1_000;
    private static final int MAX_DRAFT = 64;

    private EngineOptions() {}

    /** All of them in the order in which they are told, with what they are by default. */
    static Map<String, String> defaults(EnginePreset engine) {
        Map<String, String> defaults = new LinkedHashMap<>();
        Capacity capacity = engine.costs().capacity();
        defaults.put(RUNNING, String.valueOf(capacity.requests()));
        defaults.put(CACHE, String.valueOf(capacity.cacheTokens()));
        defaults.put(PREFIX_CACHE, String.valueOf(capacity.reuses()));
        defaults.put(CONTEXT, String.valueOf(EnginePreset.CONTEXT_TOKENS));
        defaults.put(TEMPLATE, String.valueOf(EnginePreset.TEMPLATE_TOKENS));
        defaults.put(RATE, "0");
        defaults.put(INTERVAL, String.valueOf(engine.costs().decode().tokensPerEvent()));
        defaults.put(COALESCE, "1");
        defaults.put(DRAFT, "0");
        defaults.put(ACCEPTANCE, "0.7");
        defaults.put(ANSWER, "500");
        defaults.put(IGNORE_EOS, "true");
        defaults.put(REASONING, "0");
        defaults.put(CACHED, "0");
        defaults.put(SLOWER, "1");
        defaults.put(SEED, "1");
        return defaults;
    }

    /** The engine as the options want it. */
    static StepCosts costs(EnginePreset engine, ProfileOptions options) {
        Capacity capacity = new Capacity(
                options.count(RUNNING, 1),
                options.text(CACHE).equals(UNBOUNDED) ? Capacity.UNBOUNDED : options.count(CACHE, 1, UNBOUNDED),
                engine.costs().capacity().preempts(),
                options.truth(PREFIX_CACHE));
        Drafting drafting = new Drafting(options.count(DRAFT, 0, MAX_DRAFT), options.number(ACCEPTANCE, 1));
        return engine.costs()
                .with(capacity, drafting, options.count(INTERVAL, 1))
                .slower(options.factor(SLOWER, MAX_SLOWER));
    }

    /** The lengths of its answers. */
    static AnswerLaw answers(ProfileOptions options) {
        return new AnswerLaw(
                options.count(CONTEXT, 1),
                options.count(TEMPLATE, 0),
                options.count(ANSWER, 0),
                options.truth(IGNORE_EOS),
                options.number(REASONING, 1),
                options.number(CACHED, 1),
                options.count(SEED, 0));
    }
}
