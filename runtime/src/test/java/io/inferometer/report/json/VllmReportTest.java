package io.inferometer.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.Scenarios;
import io.inferometer.stats.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VllmReportTest {
    @TempDir
    Path directory;

    @Test
    void writesFlatKeysAsItsGoldenFileHasThem() throws IOException {
        Golden.check("vllm-closed-loop.json", Files.readString(write(Scenarios.closedLoop(), false)));
    }

    @Test
    void withDetailsItHoldsEachRequest() throws IOException {
        Golden.check("vllm-detailed.json", Files.readString(write(Scenarios.twoIterations(), true)));
    }

    @Test
    void answersWithoutTextHaveNoKeysOfTokensThatCome() throws IOException {
        JsonNode json = read(write(Scenarios.embeddings(), true));

        assertThat(json.required("backend").asText()).isEqualTo("openai-embeddings");
        assertThat(json.required("total_input_tokens").asInt()).isEqualTo(40_960);
        assertThat(json.required("total_token_throughput").asDouble())
                .isEqualTo(40_960 / json.required("duration").asDouble());
        assertThat(json.fieldNames())
                .toIterable()
                .noneMatch(key -> key.matches(".*(ttft|tpot|itl|output|generated).*"));
    }

    @Test
    void aReaderOfBenchServingsFilesFindsTheKeysItLooksFor() throws IOException {
        JsonNode theirs = new ObjectMapper()
                .readTree(VllmReportTest.class.getResourceAsStream("/io/inferometer/stats/dialect/bench_serving.json"));

        JsonNode ours = read(write(Scenarios.closedLoop(), true));

        theirs.fieldNames().forEachRemaining(key -> {
            if (!key.equals("request_goodput:") && !key.equals("best_of")) {
                assertThat(ours.has(key)).as(key).isTrue();
            }
        });
        assertThat(ours.required("ttfts").size())
                .isEqualTo(ours.required("num_prompts").asInt());
    }

    @Test
    void theClockStartsAtReleasedAndTheRoleIsTheFirstToken() throws IOException {
        JsonNode vllm = read(write(Scenarios.closedLoop(), false));
        double ours = Scenarios.closedLoop()
                .report()
                .trials()
                .get(0)
                .summary()
                .metric(Metric.TTFT)
                .mean();

        assertThat(vllm.required("mean_ttft_ms").asDouble()).isCloseTo(ours / 1e6 + 0.05, within(1e-9));
    }

    @Test
    void failuresAreCountedAndInTheDetailsAndInNoStatistic() throws IOException {
        write(Scenarios.sweep(), true);

        JsonNode second = read(directory.resolve("out-c8.json"));

        assertThat(second.required("num_prompts").asInt()).isEqualTo(80);
        assertThat(second.required("completed").asInt()).isEqualTo(76);
        assertThat(second.required("failed").asInt()).isEqualTo(4);
        assertThat(second.required("request_goodput").asDouble()).isPositive();
        assertThat(second.required("errors").get(7).asText()).isEqualTo("Too Many Requests");
        assertThat(second.required("itls").get(7).size()).isZero();
        assertThat(second.required("output_lens").get(8).asInt()).isEqualTo(64);
    }

    @Test
    void withDetailsItHoldsEachRequestOfEachFork() throws IOException {
        JsonNode forks = read(write(Scenarios.forks(), true));

        assertThat(forks.required("completed").asInt()).isEqualTo(18);
        assertThat(forks.required("ttfts")).hasSize(18);
        assertThat(forks.required("ttfts").get(0).asDouble()).isCloseTo(0.05, within(1e-3));
        assertThat(forks.required("ttfts").get(17).asDouble()).isCloseTo(0.057, within(1e-3));
    }

    @Test
    void anOpenLoopHasItsRateAndBurstiness() throws IOException {
        JsonNode json = read(write(Scenarios.overloaded(), false));

        assertThat(json.required("request_rate").asDouble()).isEqualTo(20);
        assertThat(json.required("burstiness").asText()).isEqualTo("inf");
        assertThat(json.required("max_concurrency").isNull()).isTrue();
    }

    @Test
    void whatNoRequestHasIsNullAndNotZero() throws IOException {
        JsonNode json = read(write(Scenarios.nothingSucceeds(), false));

        assertThat(json.required("mean_ttft_ms").isNull()).isTrue();
        assertThat(json.required("p99_e2el_ms").isNull()).isTrue();
        assertThat(json.required("request_goodput").isNull()).isTrue();
        for (String rate : List.of("duration", "request_throughput", "output_throughput", "total_token_throughput")) {
            assertThat(json.required(rate).isNull()).as(rate).isTrue();
        }
        assertThat(json.required("completed").asInt()).isZero();
        assertThat(json.required("complete").asBoolean()).isFalse();
    }

    private Path write(ARun run, boolean detailed) throws IOException {
        Path path = directory.resolve("out.json");
        assertThat(run.write(false, detailed, new ResultFile(ResultFormat.VLLM, path)))
                .isEmpty();
        return path;
    }

    private static JsonNode read(Path path) throws IOException {
        return new ObjectMapper().readTree(path.toFile());
    }
}
