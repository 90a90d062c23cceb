package io.inferometer.scrape;

import static io.inferometer.record.server.Quantity.*;

import io.inferometer.record.server.Quantity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What engines call what is read of their pages: docs/server-metrics.md has the same as a table. */
enum Engine {
    VLLM(
            "vLLM",
            List.of("vllm:"),
            Set.of(),
            List.of("/version", "/v1/models", "/server_info?config_format=json"),
            new Names()
                    .is(RUNNING, "num_requests_running")
                    .is(QUEUED, "num_requests_waiting")
                    .is(KV_CACHE, "kv_cache_usage_perc", "gpu_cache_usage_perc")
                    .is(PROMPT_TOKENS, "prompt_tokens_total")
                    .is(OUTPUT_TOKENS, "generation_tokens_total")
                    .is(PREFIX_QUERIES, "prefix_cache_queries_total", "gpu_prefix_cache_queries_total")
                    .is(PREFIX_HITS, "prefix_cache_hits_total", "gpu_prefix_cache_hits_total")
                    .is(PREEMPTIONS, "num_preemptions_total")
                    .is(DRAFTS, "spec_decode_num_drafts_total")
                    .is(DRAFT_TOKENS, "spec_decode_num_draft_tokens_total")
                    .is(ACCEPTED_TOKENS, "spec_decode_num_accepted_tokens_total")
                    .times(TTFT_SECONDS, TTFT_COUNT, "time_to_first_token_seconds")
                    .times(ITL_SECONDS, ITL_COUNT, "inter_token_latency_seconds", "time_per_output_token_seconds")
                    .times(E2EL_SECONDS, E2EL_COUNT, "e2e_request_latency_seconds")
                    .times(QUEUE_SECONDS, QUEUE_COUNT, "request_queue_time_seconds")
                    .times(PREFILL_SECONDS, PREFILL_COUNT, "request_prefill_time_seconds")
                    .times(DECODE_SECONDS, DECODE_COUNT, "request_decode_time_seconds")),
    SGLANG(
            "SGLang",
            List.of("sglang:"),
            Set.of("tp_rank", "pp_rank", "moe_ep_rank"),
            List.of("/v1/models", "/server_info", "/get_server_info"),
            new Names()
                    .is(RUNNING, "num_running_reqs")
                    .is(QUEUED, "num_queue_reqs")
                    .is(KV_CACHE, "token_usage")
                    .is(PROMPT_TOKENS, "prompt_tokens_total")
                    .is(OUTPUT_TOKENS, "generation_tokens_total")
                    .is(PREFIX_HITS, "cached_tokens_total")
                    .is(PREEMPTIONS, "num_retracted_requests_total", "num_retracted_reqs_total")
                    .times(TTFT_SECONDS, TTFT_COUNT, "time_to_first_token_seconds")
                    .times(ITL_SECONDS, ITL_COUNT, "inter_token_latency_seconds")
                    .times(E2EL_SECONDS, E2EL_COUNT, "e2e_request_latency_seconds")
                    .times(QUEUE_SECONDS, QUEUE_COUNT, "queue_time_seconds")),
    TGI(
            "TGI",
            List.of("tgi_"),
            Set.of(),
            List.of("/info"),
            new Names()
                    .is(RUNNING, "batch_current_size")
                    .is(QUEUED, "queue_size")
                    .is(PROMPT_TOKENS, "request_input_length_sum")
                    .is(OUTPUT_TOKENS, "request_generated_tokens_sum")
                    .times(E2EL_SECONDS, E2EL_COUNT, "request_duration")
                    .times(QUEUE_SECONDS, QUEUE_COUNT, "request_queue_duration")),
    TENSORRT_LLM(
            "TensorRT-LLM",
            List.of("trtllm_", "trtllm:", ""),
            Set.of(),
            List.of("/version", "/v1/models"),
            new Names()
                    .is(RUNNING, "num_requests_running")
                    .is(QUEUED, "num_requests_waiting")
                    .is(KV_CACHE, "kv_cache_utilization")
                    .is(PROMPT_TOKENS, "prompt_tokens_total")
                    .is(OUTPUT_TOKENS, "generation_tokens_total")
                    .is(HIT_RATE, "kv_cache_hit_rate")
                    .times(TTFT_SECONDS, TTFT_COUNT, "time_to_first_token_seconds")
                    .times(E2EL_SECONDS, E2EL_COUNT, "e2e_request_latency_seconds")
                    .times(QUEUE_SECONDS, QUEUE_COUNT, "request_queue_time_seconds")),
    LLAMA_CPP(
            "llama.cpp",
            List.of("llamacpp:", ""),
            Set.of(),
            List.of("/v1/models", "/props"),
            new Names()
                    .is(RUNNING, "requests_processing")
                    .is(QUEUED, "requests_deferred")
                    .is(PROMPT_TOKENS, "prompt_tokens_total")
                    .is(OUTPUT_TOKENS, "tokens_predicted_total")
                    .is(PREFIX_HITS, "prompt_tokens_cached_total")),
    DCGM(
            "DCGM",
            List.of("DCGM_FI_DEV_"),
            // A GPU stands there once for each of its parts and of the containers that use it.
            Set.of("GPU_I_ID", "GPU_I_PROFILE", "container", "namespace", "pod", "pod_uid"),
            List.of(),
            new Names().is(POWER, "POWER_USAGE").is(ENERGY, "TOTAL_ENERGY_CONSUMPTION"));

    /** Told only where the endpoint of a trial is asked there, so a bare name says enough. */
    private static final Set<String> BARE_TENSORRT =
            Set.of("time_to_first_token_seconds_count", "request_queue_time_seconds_count", "kv_cache_utilization");

    private static final double JOULES_PER_MILLIJOULE = 1e-3;

    private final String label;
    private final List<String> prefixes;
    private final Set<String> repeated;
    private final List<String> configuration;
    private final Map<Quantity, List<String>> names;

    Engine(String label, List<String> prefixes, Set<String> repeated, List<String> configuration, Names names) {
        this.label = label;
        this.prefixes = prefixes;
        this.repeated = repeated;
        this.configuration = configuration;
        this.names = names.byQuantity;
    }

    /** The names of an engine, newer ones first. */
    private static final class Names {
        private final Map<Quantity, List<String>> byQuantity = new EnumMap<>(Quantity.class);

        Names is(Quantity quantity, String... oneOf) {
            byQuantity.put(quantity, List.of(oneOf));
            return this;
        }

        Names times(Quantity seconds, Quantity count, String... oneOf) {
            return is(seconds, each(oneOf, "_sum")).is(count, each(oneOf, "_count"));
        }

        private static String[] each(String[] names, String ending) {
            String[] each = names.clone();
            for (int i = 0; i < each.length; i++) {
                each[i] += ending;
            }
            return each;
        }
    }

    /** What it is called. */
    String label() {
        return label;
    }

    /** Paths at which a server of it tells how it is set. */
    List<String> configuration() {
        return configuration;
    }

    /** What a quantity may be called, the first that is there counts; none for what it does not tell. */
    Map<Quantity, List<String>> names() {
        return names;
    }

    /** What its names may begin with. */
    List<String> prefixes() {
        return prefixes;
    }

    /** Labels by which one and the same thing is told several times: of these the greatest counts, all else is summed. */
    Set<String> repeated() {
        return repeated;
    }

    /** What a value is multiplied by. */
    double factor(Quantity quantity) {
        return this == DCGM && quantity == ENERGY ? JOULES_PER_MILLIJOULE : 1;
    }

    /** Whether cached prompt tokens are counted beside the others, not among them. */
    boolean cachedBeside() {
        return this == LLAMA_CPP;
    }

    /** Whether a page with such names is one of it. */
    boolean wrote(Set<String> page) {
        return page.stream()
                        .anyMatch(name ->
                                prefixes.stream().anyMatch(prefix -> !prefix.isEmpty() && name.startsWith(prefix)))
                || this == TENSORRT_LLM && page.stream().anyMatch(BARE_TENSORRT::contains);
    }
}
