package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A tool whose results are read, known by their keys. */
enum Tool {
    GUIDELLM(
            "GuideLLM",
            keys -> keys.contains("benchmarks"),
            (tool, result) -> GuideLlm.trials(result),
            "its ttft is the time to the first text, its inter-token latency of a request is our tpot, and gaps between"
                    + " events are not in it"),
    AIPERF(
            "AIPerf",
            keys -> keys.contains("aiperf_version")
                    || keys.contains("request_latency")
                    || keys.contains("time_to_first_token"),
            (tool, result) -> List.of(Aiperf.trial(result)),
            "its ttft is the time to the first text, its inter-token latency of a request is our tpot, and the gaps between"
                    + " events are what it calls inter-chunk latency"),
    INFERENCEMAX(
            "InferenceMAX",
            keys -> keys.contains("tput_per_gpu")
                    || keys.contains("conc") && (keys.contains("median_ttft") || keys.contains("mean_ttft")),
            (tool, result) -> List.of(InferenceMax.trial(result)),
            "an aggregate of bench_serving's result, whose clock starts before its HTTP client has the request and for which"
                    + " any event with choices is a token"),
    SGLANG(
            "sglang.bench_serving",
            keys -> keys.contains("mean_e2e_latency_ms")
                    || keys.contains("total_output_tokens_retokenized")
                    || keys.contains("sharegpt_output_len"),
            Tool::serving,
            "its clock starts before its HTTP client has the request"),
    VLLM(
            "vLLM's serving benchmark",
            keys -> keys.containsAll(Set.of("num_prompts", "model_id", "duration"))
                    || keys.contains("duration")
                            && (keys.contains("mean_ttft_ms")
                                    || keys.contains("median_ttft_ms")
                                    || keys.contains("ttfts")),
            Tool::serving,
            "its clock starts before its HTTP client has the request, and any event with choices is a token");

    private final String label;
    private final Predicate<Set<String>> knows;
    private final BiFunction<Tool, JsonNode, List<? extends ForeignTrial>> reads;
    private final String definitions;

    Tool(
            String label,
            Predicate<Set<String>> knows,
            BiFunction<Tool, JsonNode, List<? extends ForeignTrial>> reads,
            String definitions) {
        this.label = label;
        this.knows = knows;
        this.reads = reads;
        this.definitions = definitions;
    }

    /** The tool whose results have such keys. */
    static Optional<Tool> of(Set<String> keys) {
        return Stream.of(values()).filter(tool -> tool.knows.test(keys)).findFirst();
    }

    /**
     * The trials of a result.
     *
     * @throws IllegalArgumentException where it lacks something; the message begins with it
     */
    List<? extends ForeignTrial> trials(JsonNode result) {
        return reads.apply(this, result);
    }

    /** Its name. */
    String label() {
        return label;
    }

    /** How its words differ from ours. */
    String definitions() {
        return "measured by " + label + ": " + definitions;
    }

    /** Computed from its arrays where it has them, else as it tells. */
    private static List<ForeignTrial> serving(Tool tool, JsonNode result) {
        return List.of(VllmRecords.in(result) ? new VllmFile(result) : ServingSummary.trial(result, tool));
    }
}
