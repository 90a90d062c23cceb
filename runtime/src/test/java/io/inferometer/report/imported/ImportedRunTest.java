package io.inferometer.report.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferometer.plan.Plan;
import io.inferometer.report.Flag;
import io.inferometer.report.RunReport;
import io.inferometer.report.Scenarios;
import io.inferometer.report.TrialReport;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportedRunTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/inferometer/report");
    private static final Path REAL_FILES = Path.of("../../shared/data");
    private static final double MILLI = 1e6;

    @TempDir
    Path directory;

    @Test
    void computesOurMetricsFromTheArrays() throws IOException {
        TrialReport trial = read(RESOURCES.resolve("serving-c4.json")).trials().get(0);

        Summary summary = trial.summary();
        assertThat(trial.header().load()).isEqualTo(new Load.Closed(4));
        assertThat(trial.header().model()).isEqualTo("made-up-7b");
        assertThat(summary.outcomes().succeeded()).isEqualTo(3);
        assertThat(summary.metric(Metric.TTFT).mean()).isEqualTo(120 * MILLI);
        assertThat(summary.metric(Metric.E2EL).max()).isCloseTo(340.08 * MILLI, Percentage.withPercentage(1e-6));
        assertThat(summary.metric(Metric.ITL).count()).isEqualTo(18);
        assertThat(summary.metric(Metric.TPOT).percentile(50)).isCloseTo(20 * MILLI, Percentage.withPercentage(1e-6));
        assertThat(summary.metric(Metric.CLIENT_DISPATCH).isEmpty()).isTrue();
        assertThat(summary.tokens().output()).isEqualTo(5 + 6 + 10);
        assertThat(summary.throughput().outputTokensPerSecond()).isEqualTo(42);
        assertThat(summary.throughput().steadyOutputTokensPerSecond()).isNaN();
    }

    @Test
    void saysWhatTheFileLacks() throws IOException {
        TrialReport trial = read(RESOURCES.resolve("serving-c4.json")).trials().get(0);

        assertThat(trial.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.status()).isEqualTo(429);
            assertThat(failure.message()).isEqualTo("Too Many Requests");
        });
        assertThat(trial.flags())
                .contains(
                        new Flag(
                                "output-tokens",
                                "its total of 6 output tokens is that of 1 of 3 answers, the others count as none; with"
                                        + " their events there are 21: its output_throughput of 12.0/s is too low, and its"
                                        + " tpot is of those answers alone"),
                        new Flag(
                                "output-length",
                                "it does not say how long answers were asked to be: they have 5 to 10 tokens or events,"
                                        + " 7 on average; if more was asked for, ignore_eos was not honoured"),
                        new Flag(
                                "coalesced",
                                "33 % of gaps are below 0.1 ms, the time that parsing the events of one read takes: itl"
                                        + " shows network packing; read tpot"))
                .extracting(Flag::name)
                .contains("failures", "usage-missing", "definitions");
    }

    @Test
    void aFileOfWhichNothingSucceededHasCountsAlone() throws IOException {
        Path file = directory.resolve("failed.json");
        Files.writeString(
                file,
                Files.readString(RESOURCES.resolve("serving-c4.json"))
                        .replaceAll("(?m)^  \"\"(,?)$", "  \"refused\"$1"));

        Summary summary = read(file).trials().get(0).summary();

        assertThat(summary.outcomes().succeeded()).isZero();
        assertThat(summary.outcomes().failed()).isEqualTo(4);
        assertThat(summary.throughput().durationNanos()).isNaN();
        assertThat(summary.throughput().requestsPerSecond()).isNaN();
        assertThat(summary.metrics()).isEmpty();
    }

    @Test
    void showsWhatTheFileSaysItselfBesideIt() throws IOException {
        Path file = RESOURCES.resolve("serving-c4.json");

        List<String> lines = new ImportedRun("theirs", List.of(file))
                .read(0, Optional.empty(), Plan.PERCENTILES)
                .beside();

        assertThat(lines)
                .containsExactly(
                        "",
                        "What serving-c4.json says itself:",
                        "Figure              here     file  Units  differs by",
                        "ttft mean        120.000  120.000  ms",
                        "tpot p50          20.000   20.000  ms",
                        "tpot p99          22.186   20.000  ms          9.9 %",
                        "e2el mean        233.373  234.000  ms",
                        "requests/s          6.00     6.00",
                        "output tokens/s     42.0     12.0               71 %");
    }

    @Test
    void takesFilesThatDifferByTheirLastNumberForOneSweep() {
        List<ImportedRun> runs = ImportedRun.of(List.of(
                Path.of("a/run1-c4.json"),
                Path.of("a/run2-c4.json"),
                Path.of("a/run1-c16.json"),
                Path.of("b/run1-c4.json"),
                Path.of("none.json")));

        assertThat(runs)
                .extracting(ImportedRun::name)
                .containsExactly("run1-c*.json", "run2-c4.json", "run1-c4.json", "none.json");
        assertThat(runs.get(0).files()).containsExactly(Path.of("a/run1-c4.json"), Path.of("a/run1-c16.json"));
    }

    @Test
    void knowsSuchAFileByItsKeys() throws IOException {
        assertThat(ImportedRun.reads(RESOURCES.resolve("serving-c4.json"))).isTrue();
        assertThat(ImportedRun.reads(file("{\"type\": \"header\"}\n{\"type\": \"end\"}")))
                .isFalse();
        assertThat(ImportedRun.reads(file("not JSON"))).isFalse();
        assertThat(ImportedRun.reads(directory.resolve("gone.json"))).isFalse();
    }

    @Test
    void namesTheFileThatCantBeRead() throws IOException {
        String keys = "\"num_prompts\": 1, \"model_id\": \"m\", \"duration\": 1";
        Path uneven = file("{" + keys + ", \"input_lens\": [1], \"output_lens\": [1], \"ttfts\": [0.1, 0.2],"
                + " \"itls\": [[], []], \"errors\": [\"\", \"\"]}");

        assertThatThrownBy(() -> read(uneven)).hasMessage(uneven + ": output_lens has 1 entries, but ttfts has 2");
    }

    @Test
    void whatWeWriteInThisFormatReadsAsTheSame() throws IOException {
        Path path = directory.resolve("own.json");
        RunReport run = Scenarios.closedLoop().report();
        Scenarios.closedLoop()
                .write(
                        false,
                        true,
                        new io.inferometer.plan.Plan.ResultFile(io.inferometer.annotations.ResultFormat.VLLM, path));

        TrialReport read = read(path).trials().get(0);

        Summary ours = run.trials().get(0).summary();
        assertThat(read.header().simulated()).isTrue();
        assertThat(read.summary().tokens().output()).isEqualTo(ours.tokens().output());
        assertThat(read.summary().metric(Metric.TPOT).mean())
                .isCloseTo(ours.metric(Metric.TPOT).mean(), Percentage.withPercentage(0.1));
    }

    @Test
    void readsRealFiles() throws IOException {
        assumeTrue(Files.exists(REAL_FILES), REAL_FILES + " is not here: a file of our own is tested instead");

        ImportedRun.Result result = new ImportedRun(
                        "real",
                        List.of(REAL_FILES.resolve("baseten_conc4.json"), REAL_FILES.resolve("baseten_conc16.json")))
                .read(0, Optional.empty(), Plan.PERCENTILES);
        RunReport run = result.report();

        Summary sixteen = run.trials().get(1).summary();
        assertThat(sixteen.outcomes().failed()).isEqualTo(88);
        assertThat(sixteen.metric(Metric.TTFT).mean()).isCloseTo(212.2835 * MILLI, Percentage.withPercentage(0.001));
        assertThat(run.flags()).extracting(Flag::name).contains("unlike-rows");
        assertThat(String.join("\n", result.beside()))
                .containsPattern("ttft p99 +407\\.807 +407\\.807 +ms\n")
                .containsPattern("tpot p99 +23\\.319 +19\\.246 +ms +17 %\n")
                .containsPattern("itl p99 +92\\.117 +92\\.117 +ms\n")
                .containsPattern("e2el p99 +2,854\\.116 +2,854\\.116 +ms\n")
                .containsPattern("output tokens/s +1,518 +269 +82 %");
    }

    private static RunReport read(Path file) throws IOException {
        return new ImportedRun("theirs", List.of(file))
                .read(0, Optional.empty(), Plan.PERCENTILES)
                .report();
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("file.json"), content);
    }
}
