package io.inferometer.report.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.inferometer.plan.Plan;
import io.inferometer.report.Flag;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other tools write, in small. */
class ForeignToolsTest {
    private static final double MILLI = 1e6;

    @TempDir
    Path directory;

    @Test
    void takesSeveralResultsOfAFileForSeveralTrials() throws IOException {
        ImportedRun.Result result = result("append.json", serving(2) + "\n" + serving(8) + "\n\n" + serving(4));

        assertThat(result.report().trials())
                .extracting(trial -> trial.header().load())
                .containsExactly(new Load.Closed(2), new Load.Closed(8), new Load.Closed(4));
        assertThat(result.report().trials())
                .allSatisfy(trial ->
                        assertThat(trial.summary().metric(Metric.TTFT).mean()).isEqualTo(85 * MILLI));
        assertThat(result.places().get(1)).isEqualTo(directory.resolve("append.json") + ", result 2 of 3");
        assertThat(result.records().get(1)).allMatch(record -> record.trial() == 1);
        assertThat(result("array.json", "\ufeff[" + serving(2) + ",\r\n" + serving(8) + "]")
                        .report()
                        .trials())
                .hasSize(2);
    }

    @Test
    void takesBareNanForAbsent() throws IOException {
        TrialReport trial =
                trial("nan.json", serving(4).replace("[0.01, 0.01]", "[]").replace("[3, 3]", "[1, 1]"));

        assertThat(trial.summary().metric(Metric.TTFT).count()).isEqualTo(2);
        assertThat(trial.summary().metric(Metric.TPOT).isEmpty()).isTrue();
    }

    @Test
    void readsSglangsResultFromItsArrays() throws IOException {
        TrialReport trial = trial("sglang.jsonl", """
                {"tag": null, "backend": "sglang-oai-chat", "request_rate": Infinity, "max_concurrency": 4, "server_info": null,
                 "duration": 0.5, "completed": 2, "total_input_tokens": 128, "total_output_tokens": 6, "mean_e2e_latency_ms": 105,
                 "total_output_tokens_retokenized": 6, "input_lens": [64, 64], "output_lens": [3, 3], "ttfts": [0.08, 0.09],
                 "itls": [[0.01, 0.01], [0.01, 0.01]], "generated_texts": ["a", "b"], "errors": ["", ""]}
                """);

        assertThat(trial.header().load()).isEqualTo(new Load.Closed(4));
        assertThat(trial.summary().metric(Metric.TTFT).mean()).isEqualTo(85 * MILLI);
        assertThat(trial.summary().throughput().outputTokensPerSecond()).isEqualTo(12);
    }

    @Test
    void takesAServingBenchmarksSummariesWhereItSavedNoArrays() throws IOException {
        TrialReport trial = trial("brief.json", """
                {"backend": "vllm", "model_id": "m", "num_prompts": 10, "completed": 8, "duration": "2.0", "request_rate": 5.5,
                 "burstiness": 1.0, "max_concurrency": null, "total_input_tokens": 80, "total_output_tokens": 160,
                 "request_throughput": 4, "output_throughput": 80, "ttfts": null, "itls": null,
                 "mean_ttft_ms": "80.5", "median_ttft_ms": 80, "p99_ttft_ms": 99, "p99.9_ttft_ms": NaN, "mean_tpot_ms": null,
                 "mean_e2el_ms": 180}
                """);

        Distribution ttft = trial.summary().metric(Metric.TTFT);
        assertThat(trial.header().load()).isInstanceOf(Load.Open.class);
        assertThat(ttft.mean()).isEqualTo(80.5 * MILLI);
        assertThat(ttft.percentiles()).containsOnlyKeys(50.0, 99.0);
        assertThat(trial.summary().metric(Metric.TPOT).isEmpty()).isTrue();
        assertThat(trial.summary().outcomes().failed()).isEqualTo(2);
        assertThat(trial.summary().throughput().requestsPerSecond()).isEqualTo(4);
        assertThat(trial.flags())
                .contains(new Flag(
                        "failures",
                        "2 of 10 requests failed: latencies are those of the others alone, and it does not tell why"))
                .extracting(Flag::name)
                .contains("definitions", "summaries");
    }

    @Test
    void readsGuideLlmsBenchmarks() throws IOException {
        String stats =
                "{\"successful\": {\"mean\": 80.0, \"std_dev\": 1.0, \"min\": 72.0, \"max\": 88.0, \"count\": 40,"
                        + " \"total_sum\": 3200.0, \"percentiles\": {\"p001\": 72.1, \"p01\": 72.2, \"p50\": 80.0, \"p999\": 88.0}},"
                        + " \"errored\": {\"mean\": 0.0, \"count\": 0}}";
        String benchmark =
                "{\"config\": {\"strategy\": {\"type_\": \"concurrent\", \"streams\": 4}}, \"start_time\": 100.5,"
                        + " \"duration\": 5.0, \"metrics\": {\"request_totals\": {\"successful\": 40, \"errored\": 2},"
                        + " \"time_to_first_token_ms\": " + stats + ", \"inter_token_latency_ms\": " + stats
                        + ", \"request_latency\": " + stats + ", \"prompt_token_count\": " + stats
                        + ", \"requests_per_second\": " + stats + ", \"output_token_count\": " + stats
                        + ", \"output_tokens_per_second\": " + stats + "}}";

        RunReport run = result(
                        "guide.json",
                        "{\"metadata\": {\"guidellm_version\": \"0.6.0\"}, \"benchmarks\": [" + benchmark + ", "
                                + benchmark.replace("concurrent", "synchronous") + ", "
                                + benchmark.replace(
                                        "\"type_\": \"concurrent\"", "\"type_\": \"constant\", \"rate\": 2.5")
                                + "]}")
                .report();

        TrialReport trial = run.trials().get(0);
        Distribution ttft = trial.summary().metric(Metric.TTFT);
        assertThat(run.trials())
                .extracting(each -> each.header().load())
                .containsExactly(
                        new Load.Closed(4),
                        new Load.Closed(1),
                        new Load.Open(2.5, io.inferometer.annotations.Arrivals.CONSTANT));
        assertThat(run.header().startedAt()).isEqualTo(Instant.ofEpochMilli(100_500));
        assertThat(trial.header().work().description()).isEqualTo("GuideLLM 0.6.0");
        assertThat(ttft.count()).isEqualTo(40);
        assertThat(ttft.percentiles()).containsOnlyKeys(0.1, 1.0, 50.0, 99.9).containsEntry(0.1, 72.1 * MILLI);
        assertThat(trial.summary().metric(Metric.E2EL).mean()).isEqualTo(80e9);
        assertThat(trial.summary().metric(Metric.TPOT).mean()).isEqualTo(80 * MILLI);
        assertThat(trial.summary().metric(Metric.ITL).isEmpty()).isTrue();
        assertThat(trial.summary().outcomes().failed()).isEqualTo(2);
        assertThat(trial.summary().tokens().output()).isEqualTo(3200);
    }

    @Test
    void readsAiperfsProfile() throws IOException {
        ImportedRun.Result result = result("aiperf.json", """
                {
                  "schema_version": "1.0", "aiperf_version": "0.5.0",
                  "request_throughput": {"unit": "requests/sec", "avg": 8.0},
                  "request_latency": {"unit": "s", "avg": 0.48, "p50": 0.47, "p99": null, "std": 0.01},
                  "request_count": {"unit": "requests", "avg": 40.0}, "error_request_count": {"unit": "requests", "avg": 1.0},
                  "time_to_first_token": {"unit": "ms", "avg": 80.0, "p1": 64.3, "p50": 80.0, "min": 64.0, "max": 96.0},
                  "inter_token_latency": {"unit": "ms", "avg": 10.0, "p50": 10.0},
                  "inter_chunk_latency": {"unit": "us", "avg": 11000.0, "p50": 11000.0},
                  "output_token_throughput": {"unit": "tokens/sec", "avg": 320.0},
                  "output_sequence_length": {"unit": "tokens", "avg": 40.0}, "input_sequence_length": {"avg": 64.0},
                  "benchmark_duration": {"unit": "sec", "avg": 5.0}, "start_time": "2026-11-28T10:11:12.500000",
                  "input_config": {"endpoint": {"model_names": ["m"]}, "loadgen": {"concurrency": 4}}
                }
                """);

        TrialReport trial = result.report().trials().get(0);
        Summary summary = trial.summary();
        assertThat(result.report().header().startedAt()).isEqualTo(Instant.parse("2026-11-28T10:11:12.5Z"));
        assertThat(trial.header().model()).isEqualTo("m");
        assertThat(trial.header().load()).isEqualTo(new Load.Closed(4));
        assertThat(summary.metric(Metric.TTFT).max()).isEqualTo(96 * MILLI);
        assertThat(summary.metric(Metric.E2EL).percentile(50)).isEqualTo(470 * MILLI);
        assertThat(summary.metric(Metric.ITL).mean()).isEqualTo(11 * MILLI);
        assertThat(summary.metric(Metric.ITL).count()).isEqualTo(Distribution.UNTOLD);
        assertThat(summary.tokens().output()).isEqualTo(1600);
        assertThat(summary.throughput().inputTokensPerSecond()).isEqualTo(512);
        assertThat(summary.outcomes().total()).isEqualTo(41);
        assertThat(result.detailed()).isFalse();
    }

    @Test
    void readsInferenceMaxAggregates() throws IOException {
        RunReport run = result("agg.json", """
                [{"hw": "x", "tp": 4, "conc": 8, "model": "m", "framework": "vllm", "precision": "fp8", "tput_per_gpu": 210.0,
                  "output_tput_per_gpu": 80.0, "mean_ttft": 0.08, "median_ttft": 0.07, "p99_ttft": 0.09, "mean_tpot": "0.01",
                  "median_intvty": 98.0, "mean_e2el": null}]
                """).report();

        TrialReport trial = run.trials().get(0);
        assertThat(trial.header().load()).isEqualTo(new Load.Closed(8));
        assertThat(trial.header().figures().gpus()).isEqualTo(4);
        assertThat(trial.summary().throughput().outputTokensPerSecond()).isEqualTo(320);
        assertThat(trial.summary().throughput().inputTokensPerSecond()).isEqualTo(520);
        assertThat(trial.summary().metric(Metric.TTFT).percentile(50)).isEqualTo(70 * MILLI);
        assertThat(trial.summary().metric(Metric.TPOT).mean()).isEqualTo(10 * MILLI);
        assertThat(trial.flags()).extracting(Flag::name).contains("summaries");
    }

    @Test
    void namesWhatIsNotWholeOrNotKnown() throws IOException {
        Path cut = file("cut.json", serving(2) + "\n" + serving(4).substring(0, 200));
        Path mixed = file("mixed.json", serving(2) + "{\"weather\": 1}");
        Path none = file("none.json", "{\"metadata\": {}, \"benchmarks\": []}");

        assertThat(ImportedRun.reads(cut)).isTrue();
        assertThatIOException()
                .isThrownBy(() -> read(cut))
                .withMessageStartingWith(cut + " is no whole JSON, line 2: Unexpected end-of-input")
                .withMessageNotContaining("REDACTED");
        assertThatIOException()
                .isThrownBy(() -> read(mixed))
                .withMessage(mixed + ": its result 2 is of no tool that is known");
        assertThatIOException()
                .isThrownBy(() -> read(none))
                .withMessage(none + ": it has no benchmarks: there is nothing to show");
    }

    private static String serving(int concurrency) {
        return "{\"backend\": \"openai-chat\", \"model_id\": \"m\", \"num_prompts\": 2, \"request_rate\": \"inf\","
                + " \"max_concurrency\": " + concurrency + ", \"duration\": 0.5, \"completed\": 2,"
                + " \"mean_tpot_ms\": NaN, \"input_lens\": [64, 64], \"output_lens\": [3, 3], \"ttfts\": [0.08, 0.09],"
                + " \"itls\": [[0.01, 0.01], [0.01, 0.01]], \"errors\": [\"\", \"\"]}";
    }

    private TrialReport trial(String name, String content) throws IOException {
        return result(name, content).report().trials().get(0);
    }

    private ImportedRun.Result result(String name, String content) throws IOException {
        return read(file(name, content));
    }

    private static ImportedRun.Result read(Path file) throws IOException {
        assertThat(ImportedRun.reads(file)).isTrue();
        return new ImportedRun("theirs", List.of(file)).read(0, Optional.empty(), Plan.PERCENTILES);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
