package io.inferometer.scrape;

import static io.inferometer.record.server.Quantity.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.server.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A page of each engine, of our own making: what is read of it, and what is summed. */
class MetricsPageTest {
    private static Map<Quantity, Double> read(String engine, String page) {
        MetricsPage read = MetricsPage.of(page);
        assertThat(read.engine()).isEqualTo(engine);
        return read.values();
    }

    @Test
    void enginesOfOneVllmAreSummedAndOfTheirCachesTheFullestCounts() {
        assertThat(read("vLLM", """
                        vllm:num_requests_running{engine="0",model_name="m"} 3.0
                        vllm:num_requests_running{engine="1",model_name="m"} 4.0
                        vllm:num_requests_waiting{engine="0",model_name="m"} 1.0
                        vllm:num_requests_waiting{engine="1",model_name="m"} 0.0
                        vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25
                        vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.5
                        vllm:prompt_tokens_total{engine="0",model_name="m"} 1000.0
                        vllm:prompt_tokens_total{engine="1",model_name="m"} 1.5e+03
                        vllm:generation_tokens_total{engine="0",model_name="m"} 200.0
                        vllm:generation_tokens_total{engine="1",model_name="m"} 300.0
                        vllm:prefix_cache_queries_total{engine="0",model_name="m"} 1000.0
                        vllm:prefix_cache_hits_total{engine="0",model_name="m"} 400.0
                        vllm:num_preemptions_total{engine="0",model_name="m"} 2.0
                        vllm:spec_decode_num_drafts_total{engine="0",model_name="m"} 10
                        vllm:spec_decode_num_draft_tokens_total{engine="0",model_name="m"} 30
                        vllm:spec_decode_num_accepted_tokens_total{engine="0",model_name="m"} 21
                        vllm:time_to_first_token_seconds_bucket{engine="0",le="+Inf",model_name="m"} 5.0
                        vllm:time_to_first_token_seconds_count{engine="0",model_name="m"} 5.0
                        vllm:time_to_first_token_seconds_sum{engine="0",model_name="m"} 0.75
                        vllm:request_queue_time_seconds_count{engine="0",model_name="m"} 5.0
                        vllm:request_queue_time_seconds_sum{engine="0",model_name="m"} 0.25
                        python_gc_objects_collected_total{generation="0"} 9
                        """))
                .containsOnly(
                        Map.entry(RUNNING, 7.0),
                        Map.entry(QUEUED, 1.0),
                        Map.entry(KV_CACHE, 0.5),
                        Map.entry(PROMPT_TOKENS, 2500.0),
                        Map.entry(OUTPUT_TOKENS, 500.0),
                        Map.entry(PREFIX_QUERIES, 1000.0),
                        Map.entry(PREFIX_HITS, 400.0),
                        Map.entry(PREEMPTIONS, 2.0),
                        Map.entry(DRAFTS, 10.0),
                        Map.entry(DRAFT_TOKENS, 30.0),
                        Map.entry(ACCEPTED_TOKENS, 21.0),
                        Map.entry(TTFT_SECONDS, 0.75),
                        Map.entry(TTFT_COUNT, 5.0),
                        Map.entry(QUEUE_SECONDS, 0.25),
                        Map.entry(QUEUE_COUNT, 5.0));
    }

    @Test
    void anOlderVllmHasOlderNames() {
        assertThat(read("vLLM", """
                        vllm:gpu_cache_usage_perc{model_name="m"} 0.125
                        vllm:gpu_prefix_cache_queries_total{model_name="m"} 10
                        vllm:gpu_prefix_cache_hits_total{model_name="m"} 5
                        """))
                .containsOnly(Map.entry(KV_CACHE, 0.125), Map.entry(PREFIX_QUERIES, 10.0), Map.entry(PREFIX_HITS, 5.0));
    }

    @Test
    void ranksOfSglangAreOneAndItsDataParallelPartsAreSummed() {
        assertThat(read("SGLang", """
                        sglang:num_running_reqs{dp_rank="0",pp_rank="0",tp_rank="0"} 3
                        sglang:num_running_reqs{dp_rank="0",pp_rank="0",tp_rank="1"} 3
                        sglang:num_running_reqs{dp_rank="1",pp_rank="0",tp_rank="0"} 2
                        sglang:num_queue_reqs{tp_rank="0"} 6
                        sglang:num_queue_reqs{tp_rank="1"} 6
                        sglang:token_usage{tp_rank="0"} 0.75
                        sglang:prompt_tokens_total{model_name="m"} 800
                        sglang:generation_tokens_total{model_name="m"} 90
                        sglang:cached_tokens_total{cache_source="device",model_name="m"} 100
                        sglang:cached_tokens_total{cache_source="host",model_name="m"} 20
                        sglang:num_retracted_reqs_total{tp_rank="0"} 1
                        sglang:queue_time_seconds_sum{tp_rank="0"} 0.5
                        sglang:queue_time_seconds_count{tp_rank="0"} 4
                        """))
                .containsOnly(
                        Map.entry(RUNNING, 5.0),
                        Map.entry(QUEUED, 6.0),
                        Map.entry(KV_CACHE, 0.75),
                        Map.entry(PROMPT_TOKENS, 800.0),
                        Map.entry(OUTPUT_TOKENS, 90.0),
                        Map.entry(PREFIX_HITS, 120.0),
                        Map.entry(PREFIX_QUERIES, 800.0),
                        Map.entry(PREEMPTIONS, 1.0),
                        Map.entry(QUEUE_SECONDS, 0.5),
                        Map.entry(QUEUE_COUNT, 4.0));
    }

    @Test
    void tokensOfTgiAreTheSumsOfItsHistograms() {
        assertThat(read("TGI", """
                        tgi_batch_current_size 3
                        tgi_queue_size 2
                        tgi_request_input_length_bucket{le="+Inf"} 4
                        tgi_request_input_length_sum 400
                        tgi_request_input_length_count 4
                        tgi_request_generated_tokens_sum 64
                        tgi_request_generated_tokens_count 4
                        tgi_request_duration_sum 2
                        tgi_request_duration_count 4
                        tgi_request_queue_duration_sum 0.5
                        tgi_request_queue_duration_count 4
                        """))
                .containsOnly(
                        Map.entry(RUNNING, 3.0),
                        Map.entry(QUEUED, 2.0),
                        Map.entry(PROMPT_TOKENS, 400.0),
                        Map.entry(OUTPUT_TOKENS, 64.0),
                        Map.entry(E2EL_SECONDS, 2.0),
                        Map.entry(E2EL_COUNT, 4.0),
                        Map.entry(QUEUE_SECONDS, 0.5),
                        Map.entry(QUEUE_COUNT, 4.0));
    }

    @Test
    void tensorRtTellsAShareOfHitsAndHasNamesWithAndWithoutItsPrefix() {
        assertThat(read("TensorRT-LLM", """
                        trtllm_num_requests_running 3
                        trtllm_num_requests_waiting 0
                        trtllm_kv_cache_utilization 0.5
                        trtllm_kv_cache_hit_rate 0.25
                        trtllm_prompt_tokens_total 10
                        trtllm_generation_tokens_total 20
                        time_to_first_token_seconds_sum{model_name="m"} 0.5
                        time_to_first_token_seconds_count{model_name="m"} 2
                        request_queue_time_seconds_sum 0.25
                        request_queue_time_seconds_count 2
                        """))
                .containsOnly(
                        Map.entry(RUNNING, 3.0),
                        Map.entry(QUEUED, 0.0),
                        Map.entry(KV_CACHE, 0.5),
                        Map.entry(HIT_RATE, 0.25),
                        Map.entry(PROMPT_TOKENS, 10.0),
                        Map.entry(OUTPUT_TOKENS, 20.0),
                        Map.entry(TTFT_SECONDS, 0.5),
                        Map.entry(TTFT_COUNT, 2.0),
                        Map.entry(QUEUE_SECONDS, 0.25),
                        Map.entry(QUEUE_COUNT, 2.0));
    }

    @Test
    void llamaCppCountsCachedTokensBesideTheOthers() {
        assertThat(read("llama.cpp", """
                        llamacpp:requests_processing 1
                        llamacpp:requests_deferred 4
                        llamacpp:prompt_tokens_total 60
                        prompt_tokens_cached_total 40
                        llamacpp:tokens_predicted_total 7
                        """))
                .containsOnly(
                        Map.entry(RUNNING, 1.0),
                        Map.entry(QUEUED, 4.0),
                        Map.entry(PROMPT_TOKENS, 100.0),
                        Map.entry(PREFIX_HITS, 40.0),
                        Map.entry(PREFIX_QUERIES, 100.0),
                        Map.entry(OUTPUT_TOKENS, 7.0));
    }

    @Test
    void gpusOfDcgmAreSummedAndEachCountsOnce() {
        assertThat(read("DCGM", """
                        DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="a",pod="x"} 300.5
                        DCGM_FI_DEV_POWER_USAGE{gpu="0",UUID="a",pod="y"} 300.5
                        DCGM_FI_DEV_POWER_USAGE{gpu="1",UUID="b"} 200
                        DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{gpu="0",UUID="a"} 1500000
                        DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{gpu="1",UUID="b"} 500000
                        """)).containsOnly(Map.entry(POWER, 500.5), Map.entry(ENERGY, 2000.0));
    }

    @Test
    void whatIsNoNumberIsLeftOutAndOtherPagesHaveNoEngine() {
        assertThat(read("vLLM", "vllm:num_requests_running NaN\nvllm:num_requests_waiting +Inf\n"))
                .isEmpty();
        assertThat(read("", "node_cpu_seconds_total 5\n")).isEmpty();
        assertThat(read("", "")).isEmpty();
    }
}
