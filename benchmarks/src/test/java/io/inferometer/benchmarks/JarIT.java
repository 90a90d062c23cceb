package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built jar as its users run it. */
@Execution(ExecutionMode.CONCURRENT)
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
            Jar.interrupt(overhead);
            lines.lines().forEach(rest -> out.append(rest).append('\n'));
        }

        assertThat(overhead.waitFor()).isEqualTo(130);
        assertThat(out.toString())
                .contains("# [1/15] launch-1000, bare, fork 1 of 5; about 60 s left\n")
                .contains("\nlaunch-1000: first to last sent ")
                .contains("\nlaunch-1000: requests not sent ")
                .doesNotContain("failed: ", "Failed, and in no figure")
                .endsWith("Results: o.json\n");
        JsonNode bare = jar.json("o.json").path("rows").path(0).path("clients").path("bare");
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
        jar = Jar.asItIs(dir);
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
        assertThat(jar.files(".json")).hasSize(1).allMatch(name -> name.startsWith("gptoss_baseten_"));
        assertThat(jar.files(".journal.jsonl")).hasSize(1);
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
            List<JsonNode> measured = Jar.measured(dir.resolve("r.json.journal.jsonl"));
            assertThat(measured).hasSize(24);
            assertThat(measured).extracting(r -> r.path("slot").asInt()).containsOnly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(measured)
                    .allMatch(r -> between(r.path("expectedPromptTokens").asInt(), 128, 256))
                    .allMatch(r -> between(r.path("requestedOutputTokens").asInt(), 32, 64));
            JsonNode result = jar.json("r.json");
            for (String metric : List.of("ttft", "tpot", "itl", "e2el")) {
                for (String percentile : List.of("p50", "p90", "p95", "p99")) {
                    assertThat(result.path(metric).path(percentile).asDouble())
                            .as(metric + " " + percentile)
                            .isBetween(0.0001, 5.0);
                }
            }
            assertThat(run.out() + run.err() + jar.written()).doesNotContain("right-key");
        }
    }

    @Test
    void vllmsKeysAreWhereItsReadersLook() throws Exception {
        try (Jar.Served served = jar.new Served(FAST)) {
            Jar.Result run = quick(
                    "HelloEndpoint", "--base-url", served.url(), "-rf", "vllm", "-rff", "v.json", "--save-detailed");

            assertThat(run.status()).isZero();
            JsonNode result = jar.json("v.json");
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
        assertThat(jar.files(".csv")).isEmpty();
        assertThat(jar.files(".journal.jsonl")).isEmpty();
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
        assertThat(Jar.measured(dir.resolve("o.json.journal.jsonl")))
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
        assertThat(Jar.measured(dir.resolve("one.jsonl")))
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
        assertThat(jar.json("again.json")).isEqualTo(jar.json("run.json"));
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
        assertThat(jar.files(".json")).containsExactlyInAnyOrder("s-c1.json", "s-c2.json");
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

    static void assertComplains(Jar.Result result, int status, String... texts) {
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        assertThat(result.err()).startsWith("inferometer: ").contains(texts).doesNotContain("\tat ");
        assertThat(result.complaints()).hasSizeLessThanOrEqualTo(6);
    }

    private static boolean between(int value, int least, int most) {
        return value >= least && value <= most;
    }
}
