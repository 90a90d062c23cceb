package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built jar as its users run it. */
class JarIT {
    @Test
    void overheadTellsOfItsParts() throws Exception {
        Jar.Result help = jar.run("overhead", "--help");
        Jar.Result parts = jar.run("overhead", "--full", "--list");
        Jar.Result unknown = jar.run("overhead", "streams-9");

        assertThat(help.out())
                .contains("java -jar JAR overhead [OPTION...] [PATTERN...]")
                .contains(
                        "against a local metronome, over both transports, beside a bare selector loop that does the same\n")
                .contains(
                        "  streams-N        N streams of 100 events/s, released at once. The client overhead is the client's\n")
                .contains("whole-answers");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(parts.out().lines()).contains("DecodeBenchmark", "streams-1000", "whole-answers", "start");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err())
                .isEqualTo("inferometer: no part matches streams-9; there are DecodeBenchmark, streams-256,"
                        + " launch-1000, whole-answers, live-256, start, and more with --full\n");
    }

    @Test
    void overheadKeepsWhatWasMeasuredWhenItIsInterrupted() throws Exception {
        Process overhead = jar.start("overhead", "launch", "-rf", "json", "-rff", "o.json");
        StringBuilder out = new StringBuilder();
        try (BufferedReader lines = overhead.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("# [2/15] launch-1000, jdk, fork 1 of 5; about ")) {
                out.append(line).append('\n');
                line = lines.readLine();
            }
            assertThat(line).as("%s", out).endsWith(" left");
            interrupt(overhead);
            lines.lines().forEach(rest -> out.append(rest).append('\n'));
        }

        assertThat(overhead.waitFor()).isEqualTo(130);
        assertThat(out.toString())
                .contains("# [1/15] launch-1000, bare, fork 1 of 5; about 60 s left\n")
                .contains("\nlaunch-1000: first to last sent ")
                .contains("\nlaunch-1000: requests not sent ")
                .doesNotContain("failed: ", "Failed, and in no figure")
                .endsWith("Results: o.json\n");
        JsonNode bare = json("o.json").path("rows").path(0).path("clients").path("bare");
        assertThat(bare.path("n").asInt()).isEqualTo(1);
        assertThat(bare.path("interval").isNull()).isTrue();
    }

    @Test
    void overheadHasNoIntervalOfFourForks() throws Exception {
        Jar.Result run = jar.run("overhead", "--forks", "4");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("inferometer: --forks 4: there is no interval of fewer than 5\n");
    }

    private static final String FAST = "metronome?ttft=5&itl=1";

    @TempDir
    Path dir;

    private Jar jar;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
    }

    @Test
    void theMainWorkloadRunsWithoutAnySetting() throws Exception {
        Jar.Result run = jar.run(
                Map.of("COLUMNS", ""), "--requests", "4", "-p", "isl=64", "-p", "osl=16", "--warmup-requests", "2");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .as("in 80 columns, as in a terminal")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(run.out())
                .contains("# Workload: GptOssBaseten (gpt-oss-120b, random tokens)")
                .contains("(simulated)")
                .contains("ttft")
                .contains("tpot")
                .contains("itl")
                .contains("e2el");
        assertThat(files(".json")).hasSize(1).allMatch(name -> name.startsWith("gptoss_baseten_"));
        assertThat(files(".journal.jsonl")).hasSize(1);
    }

    @Test
    void theFirstSeedsVariablesDoWhatTheyDid() throws Exception {
        try (Jar.Served served = jar.new Served("metronome?ttft=20&itl=10", "--api-key-env", "SERVED_KEY")) {
            Jar.Result run = jar.run(
                    Map.of(
                            "CONC", "8",
                            "ISL", "256",
                            "OSL", "64",
                            "NUM_PROMPTS", "24",
                            "RESULT_FILENAME", "r.json",
                            "MODEL", "openai/gpt-oss-20b",
                            "RANDOM_RANGE_RATIO", "0.5",
                            "BASETEN_BASE_URL", served.url(),
                            "BASETEN_API_KEY", "right-key"),
                    "GptOssBaseten",
                    "--no-client-warmup");

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            List<JsonNode> measured = measured(dir.resolve("r.json.journal.jsonl"));
            assertThat(measured).hasSize(24);
            assertThat(measured).extracting(r -> r.path("slot").asInt()).containsOnly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(measured)
                    .allMatch(r -> between(r.path("expectedPromptTokens").asInt(), 128, 256))
                    .allMatch(r -> between(r.path("requestedOutputTokens").asInt(), 32, 64));
            JsonNode result = json("r.json");
            for (String metric : List.of("ttft", "tpot", "itl", "e2el")) {
                for (String percentile : List.of("p50", "p90", "p95", "p99")) {
                    assertThat(result.path(metric).path(percentile).asDouble())
                            .as(metric + " " + percentile)
                            .isBetween(0.0001, 5.0);
                }
            }
            assertNothingSays("right-key", run);
        }
    }

    @Test
    void vllmsKeysAreWhereItsReadersLook() throws Exception {
        try (Jar.Served served = jar.new Served(FAST)) {
            Jar.Result run = quick(
                    "HelloEndpoint", "--base-url", served.url(), "-rf", "vllm", "-rff", "v.json", "--save-detailed");

            assertThat(run.status()).isZero();
            JsonNode result = json("v.json");
            for (String key : List.of(
                    "date",
                    "backend",
                    "model_id",
                    "num_prompts",
                    "request_rate",
                    "max_concurrency",
                    "duration",
                    "completed",
                    "failed",
                    "total_input_tokens",
                    "total_output_tokens",
                    "request_throughput",
                    "output_throughput",
                    "total_token_throughput",
                    "mean_ttft_ms",
                    "median_ttft_ms",
                    "std_ttft_ms",
                    "p99_ttft_ms",
                    "mean_tpot_ms",
                    "p99_tpot_ms",
                    "mean_itl_ms",
                    "p99_itl_ms",
                    "mean_e2el_ms",
                    "p99_e2el_ms")) {
                assertThat(result.hasNonNull(key)).as(key).isTrue();
            }
            assertThat(result.path("completed").asInt()).isEqualTo(20);
            assertThat(result.path("ttfts")).hasSize(20);
            assertThat(result.path("itls")).hasSize(20);
            assertThat(result.path("itls").get(0)).hasSize(31);
            assertThat(result.path("generated_texts")).hasSize(20);
        }
    }

    @Test
    void aCorpusThatWasGeneratedIsSentAtOnceWithARowForEachPrompt() throws Exception {
        String corpus = "data/requests_count-200_tokens-64_prefix-0p30_tokenizer-gpt-3.5-turbo.jsonl";
        String[] generate = ("generate --count 200 --prefix-overlap 0.3 --approx-input-tokens 64"
                        + " --tokenizer-model gpt-3.5-turbo --output data")
                .split(" ");
        Jar.Result generated = jar.run(generate);
        assertThat(generated.err()).isEmpty();
        assertThat(generated.out()).startsWith(corpus + ": 200 prompts of 64 tokens, mean 64.0; overlap ");
        byte[] before = Files.readAllBytes(dir.resolve(corpus));

        Jar.Result again = jar.run(generate);

        assertThat(again.status()).isEqualTo(2);
        assertThat(again.complaints()).containsExactly("inferometer: " + corpus + " exists; --force replaces it");
        assertThat(dir.resolve(corpus)).hasBinaryContent(before);
        try (Jar.Served served = jar.new Served(FAST)) {
            Jar.Result batch = jar.run(
                    Map.of("REQUESTS_FILE", corpus, "RESULTS_CSV", "out/results.csv"), "Batch", "--host", served.url());

            assertThat(batch.err()).isEmpty();
            assertThat(batch.status()).isZero();
            assertThat(batch.out()).contains("All at once:\n  requests   200 success\n");
            List<String> rows = Files.readAllLines(dir.resolve("out/results.csv"));
            assertThat(rows.get(0))
                    .isEqualTo("index,prompt_tokens,completion_tokens,total_tokens,latency_ms,status,error");
            assertThat(rows.subList(1, rows.size()))
                    .hasSize(200)
                    .allMatch(row -> row.endsWith(",success,"))
                    .extracting(row -> row.substring(0, row.indexOf(',')))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void fewerUsersThanPromptsLeaveNoneUnsentAndStreamingAddsItsColumns() throws Exception {
        Jar.Result batch = jar.run("Batch", "--host", "sim:" + FAST, "--requests", "30", "--users", "4", "--streaming");

        assertThat(batch.err()).isEmpty();
        assertThat(batch.status()).isZero();
        List<String> rows = Files.readAllLines(dir.resolve("results.csv"));
        assertThat(rows.get(0))
                .isEqualTo("index,prompt_tokens,completion_tokens,total_tokens,latency_ms,status,error,ttft_ms,tpot_ms,"
                        + "simulated");
        assertThat(rows).hasSize(31);
    }

    @Test
    void aBadCorpusEndsABatchBeforeItLeavesAnything() throws Exception {
        Files.writeString(dir.resolve("bad.jsonl"), "{\"text\":\"a\"}\n{\"txt\":\"b\"}\n");

        Jar.Result batch = jar.run(Map.of("REQUESTS_FILE", "bad.jsonl"), "Batch");

        assertThat(batch.status()).isEqualTo(2);
        assertThat(batch.complaints())
                .containsExactly(
                        "inferometer: Batch: bad.jsonl, line 2: it has no prompt, in 'prompt', 'text', 'messages',"
                                + " 'conversations' or another known field, but 'txt'");
        assertThat(files(".csv")).isEmpty();
        assertThat(files(".journal.jsonl")).isEmpty();
    }

    @Test
    void ownPromptsAreDrawnFromAFile() throws Exception {
        Files.writeString(
                dir.resolve("own.jsonl"),
                "{\"prompt\":\"one\",\"output_tokens\":5}\n{\"prompt\":\"two\",\"output_tokens\":6}\n");

        Jar.Result run = jar.run(
                "OwnPrompts", "-p", "file=own.jsonl", "--base-url", "sim:" + FAST, "--requests", "2", "-rff", "o.json");
        Jar.Result tooMany = jar.run("OwnPrompts", "-p", "file=own.jsonl", "--base-url", "sim:" + FAST);

        assertThat(run.status()).isZero();
        assertThat(measured(dir.resolve("o.json.journal.jsonl")))
                .extracting(r -> r.path("requestedOutputTokens").asInt())
                .containsExactlyInAnyOrder(5, 6);
        assertThat(tooMany.status()).isEqualTo(2);
        assertThat(tooMany.complaints())
                .containsExactly(
                        "inferometer: Sample07OwnPrompts: own.jsonl holds 2 prompts, too few for 80 requests, each of"
                                + " which needs its own: ask for fewer requests, or generate more prompts");
    }

    @Test
    void aWrongAnswerIsAFailedRequest() throws Exception {
        Jar.Result run = quick("Sample08", "--no-journal");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains(" x wrong_answer: cut off after 64 tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"responses", "messages"})
    void everyConversationRunsInOtherProtocols(String protocol) throws Exception {
        Jar.Result run = quick(
                "Sample0[1-7]|GptOss",
                "--protocol",
                protocol,
                "--base-url",
                "sim:" + FAST,
                "--requests",
                "4",
                "--warmup-iterations",
                "0",
                "--no-journal");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .containsOnlyOnce("# Note: " + protocol + " has no ignore_eos: it is left out")
                .contains("# Protocol: " + protocol, "# Workload: GptOssBaseten", "# Workload: Sample07OwnPrompts");
    }

    @ParameterizedTest
    @CsvSource({
        "Completions, 4",
        "Completions -p tokens=64, 4",
        "Responses, 4",
        "Messages, 4",
        "Embeddings -p batchSize=1;3, 8",
        "Rerank -p batchSize=2;5, 8"
    })
    void eachProtocolHasASample(String words, int requests) throws Exception {
        List<String> line = new ArrayList<>(List.of(words.replace(';', ',').split(" ")));
        line.addAll(List.of("--base-url", "sim:" + FAST, "--requests", "4", "--journal", "one.jsonl"));

        Jar.Result run = quick(line.toArray(String[]::new));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(measured(dir.resolve("one.jsonl")))
                .hasSize(requests)
                .allMatch(r -> r.path("outcome").asText().equals("success"));
    }

    @Test
    void aSweepIsDrawnBesideARunOfAnotherTool() throws Exception {
        quick("Sample01", "--base-url", "sim:" + FAST, "--concurrency", "1,2", "-rf", "svg", "-rff", "curve.svg");
        quick("Sample01", "--base-url", "sim:" + FAST, "-rf", "vllm", "-rff", "theirs.json", "--save-detailed");

        Jar.Result both = jar.run("report", "curve.svg.journal.jsonl", "theirs.json", "-rf", "svg", "-rff", "both.svg");

        assertThat(both.err()).isEmpty();
        assertThat(both.status()).isZero();
        assertThat(both.out()).contains("# Comparison").contains("Not alike:");
        assertThat(dir.resolve("curve.svg")).content().contains("</svg>");
        assertThat(dir.resolve("both.svg")).content().contains(">curve</text>", ">theirs.json</text>");
    }

    @Test
    void aJournalReportsWhatTheRunDid() throws Exception {
        quick("HelloEndpoint", "--base-url", "sim:" + FAST, "-rf", "json", "-rff", "run.json");

        Jar.Result again = jar.run("report", "run.json.journal.jsonl", "-rf", "json", "-rff", "again.json");

        assertThat(again.err()).isEmpty();
        assertThat(again.status()).isZero();
        assertThat(json("again.json")).isEqualTo(json("run.json"));
    }

    @Test
    void aCsvHasARowForEachMeasuredRequest() throws Exception {
        quick("HelloEndpoint", "--base-url", "sim:" + FAST, "-rf", "csv", "-rff", "run.csv");

        List<String> lines = Files.readAllLines(dir.resolve("run.csv"));
        assertThat(lines).hasSize(21);
        assertThat(lines.get(0))
                .startsWith("index,prompt_tokens,completion_tokens,total_tokens,latency_ms,status,error");
    }

    @Test
    void severalConcurrenciesAreATrialEach() throws Exception {
        Jar.Result run = jar.run(
                "HelloEndpoint",
                "--base-url",
                "sim:" + FAST,
                "--concurrency",
                "1,2",
                "-rf",
                "summary",
                "-rff",
                "s.json");

        assertThat(run.status()).isZero();
        assertThat(files(".json")).containsExactlyInAnyOrder("s-c1.json", "s-c2.json");
    }

    @Test
    void theListNamesTheWorkloads() throws Exception {
        Jar.Result list = jar.run("-l");

        assertThat(list.status()).isZero();
        assertThat(list.out()).contains("GptOssBaseten").contains("HelloEndpoint");
    }

    @Test
    void jmhRunsFromTheSameJar() throws Exception {
        Jar.Result list = jar.main("org.openjdk.jmh.Main", "-l");

        assertThat(list.out()).contains("io.inferometer.endpoint.protocol.DecodeBenchmark.decodeScanStamp");
    }

    @Test
    void anInterruptedRunKeepsWhatItHas() throws Exception {
        Process process = jar.start(
                "HelloEndpoint",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--requests",
                "10000",
                "-rf",
                "json",
                "-rff",
                "i.json");
        Path journal = dir.resolve("i.json.journal.jsonl");
        while (process.isAlive() && measuredSoFar(journal) < 4) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(json("i.json").path("complete").asBoolean(true)).isFalse();
        assertThat(measured(journal))
                .hasSizeBetween(4, 9_999)
                .allMatch(r -> r.path("outcome").asText().equals("success"));
    }

    @Test
    void aSecondInterruptEndsARunAtOnceWhateverItsGrace() throws Exception {
        Process process = endless();

        interrupt(process);
        String line = process.errorReader().readLine();
        interrupt(process);

        assertThat(line)
                .isEqualTo(
                        "inferometer: interrupted; what is in flight has 3600 s to end, and a second Ctrl-C ends it at"
                                + " once");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.errorReader().readLine()).isNull();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(json("e.json").path("incompleteReason").asText()).isEqualTo("interrupted");
        assertThat(measured(dir.resolve("e.json.journal.jsonl")))
                .isNotEmpty()
                .allMatch(r -> r.path("outcome").asText().equals("cancelled"));
    }

    @Test
    void aSecondInterruptEndsAForkAtOnce() throws Exception {
        Process process = endless("-f", "2");
        ProcessHandle fork = fork(process);

        interrupt(process);
        process.errorReader().readLine();
        interrupt(process);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(fork.isAlive()).isFalse();
        assertThat(measured(dir.resolve("e.json.journal.jsonl")))
                .isNotEmpty()
                .allMatch(r -> r.path("outcome").asText().equals("cancelled"));
    }

    /** A run whose answers do not come, when it has begun. */
    private Process endless(String... more) throws Exception {
        String[] arguments = {
            "HelloEndpoint",
            "--base-url",
            "sim:metronome?ttft=3600000&itl=5",
            "--timeout",
            "2h",
            "--grace",
            "1h",
            "-wi",
            "0",
            "--no-client-warmup",
            "-rf",
            "json",
            "-rff",
            "e.json"
        };
        Process process = jar.start(with(arguments, more));
        Path journal = dir.resolve("e.json.journal.jsonl");
        while (process.isAlive()
                && !(Files.exists(journal) && Files.readString(journal).contains("\"at\":\"start\""))) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return process;
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    @Test
    void aFullDiskEndsARunWhichIsGoneOnWithWhenThereIsRoom() throws Exception {
        String[] arguments = {"HelloEndpoint", "--base-url", "sim:" + FAST, "--requests", "300", "--no-client-warmup"};

        Jar.Result full = jar.runWithSmallFiles(160, with(arguments, "--journal", "d.jsonl"));
        List<Long> done = indices(measured(dir.resolve("d.jsonl")));
        Jar.Result report = jar.run("report", "d.jsonl");
        Jar.Result resumed = jar.run(with(arguments, "--resume", "d.jsonl"));

        assertComplains(
                full,
                1,
                "can't write the journal d.jsonl: File too large; what was written so far stays: report d.jsonl shows it,"
                        + " --resume d.jsonl goes on with the run");
        assertThat(done).hasSizeBetween(10, 299);
        assertThat(report.out()).contains("NOT complete").contains("ttft");
        assertThat(resumed.status()).isZero();
        assertThat(indices(measured(dir.resolve("d.jsonl"))))
                .startsWith(done.toArray(Long[]::new))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 300).boxed().toList());
    }

    @Test
    void forksRunInJvmsOfTheirOwnAndGiveIntervals() throws Exception {
        try (Jar.Served served = jar.new Served(FAST, "--api-key-env", "SERVED_KEY")) {
            Jar.Result run = jar.run(
                    Map.of("MY_KEY", "right-key"),
                    "HelloEndpoint",
                    "-f",
                    "2",
                    "-i",
                    "2",
                    "--base-url",
                    served.url(),
                    "--api-key-env",
                    "MY_KEY",
                    "-jvmArgs",
                    "-Xmx200m",
                    "-rf",
                    "json",
                    "-rff",
                    "f.json",
                    "--no-client-warmup");

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .contains("# Forks: 2, each in a JVM of its own: java -Xmx200m\n")
                    .contains("# Fork: 2 of 2\n")
                    .contains("95 % intervals, Student's t over the means of 2 forks;");
            assertThat(json("f.json").at("/trials/0/intervals/basis").asText()).isEqualTo("forks");
            assertThat(json("f.json").at("/trials/0/iterations")).hasSize(4);
            assertThat(measured(dir.resolve("f.json.journal.jsonl"))).hasSize(80);
            assertThat(files(".fork1.journal.jsonl")).isEmpty();
            assertNothingSays("right-key", run);
            Jar.Result again = jar.run("report", "f.json.journal.jsonl", "-rf", "json", "-rff", "again.json");
            assertThat(again.err()).isEmpty();
            assertThat(json("again.json")).isEqualTo(json("f.json"));
        }
    }

    @Test
    void aKilledForkLosesNeitherItsFinishedRequestsNorTheOtherForks() throws Exception {
        Process process = jar.start(
                "HelloEndpoint",
                "-f",
                "2",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--requests",
                "30",
                "-rf",
                "json",
                "-rff",
                "k.json",
                "--no-client-warmup");
        Path journal = dir.resolve("k.json.journal.jsonl");
        while (process.isAlive() && measuredSoFar(journal) < 4) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }

        fork(process).destroyForcibly();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<JsonNode> records = measured(journal);
        long ofTheKilled =
                records.stream().filter(r -> r.path("fork").asInt() == 0).count();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(ofTheKilled).isBetween(4L, 29L);
        assertThat(records).hasSize((int) ofTheKilled + 30);
        assertThat(json("k.json").path("complete").asBoolean(true)).isFalse();
        assertThat(json("k.json").path("incompleteReason").asText())
                .isEqualTo("fork 1 of 2 was killed by signal 9; the result has the " + ofTheKilled
                        + " measured requests that it finished");
        assertThat(json("k.json").at("/trials/0/summary/requests/total").asLong())
                .isEqualTo(ofTheKilled + 30);
        assertThat(process.errorReader().lines())
                .containsExactly("inferometer: the run is not complete: "
                        + json("k.json").path("incompleteReason").asText());
    }

    @Test
    void anInterruptedRunEndsItsForkInGoodOrder() throws Exception {
        Process process = jar.start(
                "HelloEndpoint",
                "-f",
                "2",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--requests",
                "10000",
                "--journal",
                "i.jsonl",
                "--no-client-warmup");
        Path journal = dir.resolve("i.jsonl");
        while (process.isAlive() && measuredSoFar(journal) < 4) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        ProcessHandle fork = fork(process);

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(fork.isAlive()).isFalse();
        assertThat(measured(journal))
                .hasSizeBetween(4, 9_999)
                .allMatch(r -> r.path("outcome").asText().equals("success"));
    }

    @Test
    void aRunWithForksIsGoneOnWithHoweverItWasKilled() throws Exception {
        String[] arguments = {
            "HelloEndpoint",
            "-f",
            "3",
            "--base-url",
            "sim:metronome?ttft=50&itl=5",
            "--concurrency",
            "4",
            "--requests",
            "100",
            "--no-client-warmup"
        };
        Path journal = dir.resolve("f.jsonl");
        Process killed = jar.start(with(arguments, "--journal", "f.jsonl"));
        awaitOfSecondFork(killed, journal, 20);
        killed.destroyForcibly().waitFor();
        int done = measured(journal).size();

        Process again = jar.start(with(arguments, "--resume", "f.jsonl"));
        awaitOfSecondFork(again, journal, 60);
        fork(again).destroyForcibly();
        assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();
        int later = measured(journal).size();
        Jar.Result resumed = jar.run(with(arguments, "--resume", "f.jsonl", "-rf", "json", "-rff", "f.json"));

        assertThat(done).isBetween(120, 199);
        assertThat(again.exitValue()).isEqualTo(1);
        assertThat(again.errorReader().lines())
                .containsExactly(
                        "inferometer: the run is not complete: fork 2 of 3 was killed by signal 9; the result has"
                                + " the " + (later - 200) + " measured requests that it finished");
        assertThat(later).isBetween(260, 299);
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.status()).isZero();
        assertThat(resumed.out()).contains("over the means of 3 forks");
        assertThat(json("f.json").at("/trials/0/iterations")).hasSize(3);
        assertThat(json("f.json").at("/trials/0/summary/requests/succeeded").asInt())
                .isEqualTo(300);
        Map<Integer, List<JsonNode>> forks = measured(journal).stream()
                .collect(Collectors.groupingBy(record -> record.path("fork").asInt()));
        assertThat(forks).containsOnlyKeys(0, 1, 2);
        assertThat(forks.values())
                .allSatisfy(records -> assertThat(indices(records))
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.range(0, 100).boxed().toList()));
        assertThat(files(".fork2.journal.jsonl")).isEmpty();
        Jar.Result report = jar.run("report", "f.jsonl", "-rf", "json", "-rff", "again.json");
        assertThat(report.err()).isEmpty();
        assertThat(json("again.json")).isEqualTo(json("f.json"));
    }

    private static void awaitOfSecondFork(Process process, Path journal, int requests) throws Exception {
        long ended = 0;
        while (process.isAlive() && ended < requests) {
            process.waitFor(50, TimeUnit.MILLISECONDS);
            ended = !Files.exists(journal)
                    ? 0
                    : measured(journal).stream()
                            .filter(record -> record.path("fork").asInt() == 1)
                            .count();
        }
    }

    private static ProcessHandle fork(Process process) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("--forked-number"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aKilledRunKeepsItsRecords() throws Exception {
        Process process = jar.start(
                "HelloEndpoint",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--requests",
                "10000",
                "--journal",
                "k.jsonl");
        Path journal = dir.resolve("k.jsonl");
        while (process.isAlive() && measuredSoFar(journal) < 4) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }

        process.destroyForcibly().waitFor();
        Jar.Result report = jar.run("report", "k.jsonl");

        assertThat(report.status()).isZero();
        assertThat(report.out()).contains("NOT complete").contains("ttft");
    }

    @Test
    void aKilledRunIsGoneOnWithWithoutSendingAgainWhatWasDone() throws Exception {
        try (Jar.Served served = jar.new Served("metronome?ttft=50&itl=1")) {
            String[] arguments = {
                "HelloEndpoint",
                "--base-url",
                served.url(),
                "--concurrency",
                "4",
                "--requests",
                "60",
                "--no-client-warmup"
            };
            Process process = jar.start(with(arguments, "--journal", "k.jsonl"));
            Path journal = dir.resolve("k.jsonl");
            while (process.isAlive() && measuredSoFar(journal) < 10) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
            process.destroyForcibly().waitFor();
            List<Long> done = indices(measured(journal));

            Jar.Result resumed = jar.run(with(arguments, "--resume", "k.jsonl", "-rf", "csv", "-rff", "k.csv"));

            assertThat(resumed.err()).isEmpty();
            assertThat(resumed.status()).isZero();
            assertThat(resumed.out())
                    .contains("# Iteration   1: interrupted, and gone on with\n")
                    .contains("# Run complete.");
            assertThat(done).hasSizeBetween(10, 59);
            assertThat(indices(measured(journal)))
                    .startsWith(done.toArray(Long[]::new))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 60).boxed().toList());
            assertThat(Files.readAllLines(dir.resolve("k.csv"))).hasSize(61);
        }
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    private static List<Long> indices(List<JsonNode> records) {
        return records.stream().map(record -> record.path("index").asLong()).toList();
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws Exception {
        assertComplains(jar.run("NoSuchThing"), 2, "NoSuchThing", "GptOssBaseten");
        Path prompts = Files.writeString(dir.resolve("p.jsonl"), "{\"prompt\": \"Hello\"}\n");
        Path none = Files.writeString(dir.resolve("none.jsonl"), "");
        assertComplains(
                jar.run("Dataset", "-p", "file=" + prompts),
                2,
                "Dataset: its requests name no model; give --model NAME");
        assertComplains(jar.run("Trace", "-p", "file=" + none), 2, "Trace: " + none + " holds no requests");
        assertComplains(jar.run("--concurency", "4"), 2, "--concurency", "--concurrency");
        assertComplains(jar.run("HelloEndpoint", "-r", "10"), 2, "-r", "10s");
        assertComplains(jar.run("HelloEndpoint", "--concurrency", "0"), 2, "0");
        assertComplains(
                jar.run(Map.of("BASETEN_API_KEY", "k-123"), "GptOssBaseten"), 2, "BASETEN_API_KEY", "BASETEN_BASE_URL");
        Files.writeString(dir.resolve("there.json"), "mine");
        assertComplains(jar.run("HelloEndpoint", "-rf", "json", "-rff", "there.json/r.json"), 2, "there.json");
        assertComplains(jar.run("HelloEndpoint", "-rf", "json", "-rff", "there.json"), 2, "there.json", "--force");
        assertThat(Files.readString(dir.resolve("there.json"))).isEqualTo("mine");
        assertComplains(jar.run("HelloEndpoint", "--base-url", "sim:nothing"), 2, "nothing", "metronome");
    }

    @Test
    void failedRequestsAreClassedAndShownWithTheServersMessage() throws Exception {
        assertFails("metronome?fault=429", "http_error", "429");
        assertFails("metronome?fault=500", "http_error", "500");
        assertFails("metronome?ttft=1&itl=1&fault=cut", "stream_error", "broke off");
        assertFails("metronome?ttft=1&itl=1&fault=error", "stream_error", "");
        assertFails("metronome?ttft=1&itl=1&fault=empty", "decode_error", "no token");
    }

    private void assertFails(String profile, String outcome, String message) throws Exception {
        Jar.Result run = quick("HelloEndpoint", "--base-url", "sim:" + profile, "--no-journal");

        assertThat(run.status()).as(profile).isEqualTo(3);
        assertThat(run.out()).as(profile).contains(outcome).contains(message);
    }

    @Test
    void aRefusedConnectionAWrongKeyAndAnUnknownModelAreToldApart() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Jar.Result refused = quick("HelloEndpoint", "--base-url", "http://127.0.0.1:" + port, "--no-journal");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.complaints())
                .containsExactly(
                        "inferometer: the pre-flight of Sample01HelloEndpoint failed: connection refused by 127.0.0.1:"
                                + port + "; is the endpoint up, and the port right? --ready-timeout 5m waits for it");

        try (Jar.Served served = jar.new Served(FAST, "--api-key-env", "SERVED_KEY", "--model", "served-model")) {
            Jar.Result wrongKey = quick(
                    Map.of("MY_KEY", "wrong-key"),
                    "HelloEndpoint",
                    "--base-url",
                    served.url(),
                    "--api-key-env",
                    "MY_KEY",
                    "--no-journal");
            assertThat(wrongKey.status()).isEqualTo(3);
            assertThat(wrongKey.complaints())
                    .containsExactly(
                            "inferometer: the pre-flight of Sample01HelloEndpoint failed: 401: the API key in the"
                                    + " Authorization header is wrong; is the key in MY_KEY this endpoint's, with the rights"
                                    + " for this model?");

            Jar.Result wrongModel = quick(
                    Map.of("MY_KEY", "right-key"),
                    "HelloEndpoint",
                    "--base-url",
                    served.url(),
                    "--api-key-env",
                    "MY_KEY",
                    "--no-journal");
            assertThat(wrongModel.status()).isEqualTo(3);
            assertThat(wrongModel.complaints())
                    .containsExactly(
                            "inferometer: the pre-flight of Sample01HelloEndpoint failed: 404 from " + served.url()
                                    + "/v1/chat/completions: no model 'hello'; served: served-model; check the URL, and that it serves the model hello");
        }
    }

    @Test
    void theProcessListTellsNoKey() throws Exception {
        try (Jar.Served served = jar.new Served("metronome?ttft=20&itl=10", "--api-key-env", "SERVED_KEY")) {
            Process process = jar.start(
                    Map.of("MY_KEY", "right-key"),
                    "HelloEndpoint",
                    "--base-url",
                    served.url(),
                    "--api-key-env",
                    "MY_KEY",
                    "--no-journal");
            Set<String> commands = new TreeSet<>();
            while (process.isAlive()) {
                Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .map(handle -> handle.info().commandLine())
                        .flatMap(Optional::stream)
                        .forEach(commands::add);
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }

            assertThat(process.exitValue()).isZero();
            assertThat(commands)
                    .anyMatch(command -> command.contains("SimulatorMain"))
                    .noneMatch(command -> command.contains("right-key"));
        }
    }

    /** A run whose figures are of no interest. */
    private Jar.Result quick(String... arguments) throws Exception {
        return quick(Map.of(), arguments);
    }

    private Jar.Result quick(Map<String, String> environment, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--no-client-warmup");
        return jar.run(environment, all.toArray(String[]::new));
    }

    private static void assertComplains(Jar.Result result, int status, String... texts) {
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.err()).startsWith("inferometer: ").contains(texts).doesNotContain("\tat ");
        assertThat(result.complaints()).hasSizeLessThanOrEqualTo(6);
    }

    private void assertNothingSays(String secret, Jar.Result run) throws IOException {
        assertThat(run.out() + run.err()).doesNotContain(secret);
        try (Stream<Path> all = Files.list(dir)) {
            for (Path file : all.toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(secret);
            }
        }
    }

    private static boolean between(int value, int least, int most) {
        return value >= least && value <= most;
    }

    private JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(dir.resolve(file).toFile());
    }

    private List<String> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .toList();
        }
    }

    private static int measuredSoFar(Path journal) throws IOException {
        return Files.exists(journal) ? measured(journal).size() : 0;
    }

    private static List<JsonNode> measured(Path journal) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        String text = Files.readString(journal);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            JsonNode node = new ObjectMapper().readTree(line);
            if (node.path("type").asText().equals("request")
                    && !node.path("warmup").asBoolean()) {
                records.add(node);
            }
        }
        return records;
    }
}
