package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where nothing is asked: what can't be searched is refused before. */
    private static final String NOWHERE = "http://127.0.0.1:1";

    private final CommandLineRun line = new CommandLineRun();

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| a search is of one range of loads: give --rate 1..64, or --concurrency 1..512",
                "--rate 1..8 --concurrency 1..8| a search is of one range of loads: give --rate 1..64, or --concurrency"
                        + " 1..512",
                "--rate 4| --rate 4 is no range of loads; give it as --rate 1..64",
                "--rate 1,2,4| --rate 1,2,4 is no range of loads; give it as --rate 1..64",
                "--rate a..b| --rate a..b is no range of loads; give it as --rate 1..64",
                "--rate 64..1| --rate 64..1: a range goes from its lower end to its upper one; give --rate 1..64",
                "--rate 2..2| --rate 2..2: a range goes from its lower end to its upper one; give --rate 2..4",
                "--rate 0..64| --rate 0..64: a search begins above 0 and has an end; give it as --rate 1..64",
                "--concurrency 1..2.5| --concurrency 1..2.5: slots are whole numbers",
                "--concurrency 1..3000000000| --concurrency 1..3000000000: there are no more than 2147483647 slots",
                "--rate 1..4 --attainment 100%| --attainment is a share above 0% and below 100%, such as 99%: that all"
                        + " requests of a load meet an objective can't be proven",
                "--rate 1..4 --tolerance 0.1%| --tolerance is from 0.5% to 100%, such as 5%",
                "--rate 1..4 --max ttft.p99| --max ttft.p99 is no rate that grows with the load: give outputTokensPerSecond,"
                        + " inputTokensPerSecond or requestsPerSecond",
                "--rate 1..4 --max requestsPerSecond --attainment 90%| --attainment is of --slo; with --max it has no meaning",
                "--rate 1..4 --max requestsPerSecond| a search is for one thing: the highest load under --slo, or the knee of"
                        + " --max",
                "--rate 1..4 -r 5| -r 5: a time needs a unit: 5ms, 5s, 5m or 5h",
                "--rate 1..4 -rf vllm| -rf vllm holds runs, and no search: give json, requests, csv, svg, html, junit or"
                        + " markdown, and run what it has found",
            })
    void whatCantBeSearchedIsRefusedBeforeAnythingIsSent(String options, String message) {
        List<String> words = new ArrayList<>(
                List.of("search", "Hello", "--base-url", NOWHERE, "-p", "isl=1", "--no-journal", "--slo", "ttft=100"));
        words.addAll(options == null ? List.of() : List.of(options.split(" ")));

        assertThat(line.run(words.toArray(String[]::new))).isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: " + message + "\n");
    }

    @Test
    void limitsAreWanted() {
        assertThat(line.run("search", "Hello", "--base-url", NOWHERE, "-p", "isl=1", "--rate", "1..4"))
                .isEqualTo(2);
        assertThat(line.err())
                .isEqualTo(
                        "inferometer: a search needs limits that requests must meet: give --slo ttft=200,tpot=20, or --max"
                                + " outputTokensPerSecond\n");
    }

    @Test
    void aWorkloadInSessionsIsRefusedBeforeAnythingIsSent() {
        line.inSessions(CommandLineRun.OTHER);

        assertThat(line.run(
                        "search",
                        "Longer",
                        "--base-url",
                        NOWHERE,
                        "--concurrency",
                        "1..4",
                        "--model",
                        "m",
                        "--slo",
                        "ttft=100"))
                .isEqualTo(2);
        assertThat(line.err()).startsWith("inferometer: Longer.Nested has sessions, ");
    }

    @Test
    void oneValueOfEachParameterIsWanted() {
        assertThat(line.run("search", "Hello", "--base-url", NOWHERE, "--rate", "1..4", "--slo", "ttft=100"))
                .isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: a search is of one workload and one value of each parameter, and there are 2"
                        + " trials: give one of each\n");
    }

    /** The endpoint serves four at once: each of eight waits for the whole answer of another. */
    @Test
    void theSlotsThatAnEndpointBearsAreFoundConfirmedAndTold() throws Exception {
        int status = 0;
        for (int turn = 0; turn < 3 && !line.out().contains("# Found: 4 to 8 slots\n"); turn++) {
            status = search("--concurrency", "2..16", "--tolerance", "100%");
        }

        assertThat(line.out()).contains("# Found: 4 to 8 slots\n");
        assertThat(status).isZero();
        assertThat(line.out())
                .contains("# Searched: the most slots, from 2 to 16, at which 60 % of requests meet ttft <= 120 ms\n");
        JsonNode result = JSON.readTree(dir.resolve("found.json").toFile());
        JsonNode search = result.get("search");
        assertThat(search.get("bracket").get("low").asInt()).isEqualTo(4);
        assertThat(search.get("bracket").get("high").asInt()).isEqualTo(8);
        assertThat(search.get("bracket").get("narrow").asBoolean()).isTrue();
        assertThat(search.at("/objective/ttftMs").asInt()).isEqualTo(120);
        assertThat(search.at("/objective/tpotMs").isNull()).isTrue();
        assertThat(result.at("/trials/0/trial/objective/ttftMs").asInt()).isEqualTo(120);
        assertThat(result.at("/trials/0/trial/objective/tpotMs").isNull()).isTrue();
        assertThat(Files.readString(dir.resolve("found.json.journal.jsonl"))).doesNotContain("\"tpotMs\":0");
        assertThat(loads(search)).containsExactly(2, 4, 8);
        assertThat(search.get("confirmation").get("load").asInt()).isEqualTo(4);
        assertThat(result.get("trials")).hasSize(4);
        assertThat(Files.readString(dir.resolve("found.xml"))).contains("tests=\"1\" failures=\"0\" errors=\"0\"");
        assertThat(Files.readString(dir.resolve("found.md")))
                .contains("| slots at which 60 % of requests meet ttft \\<= 120 ms | 4 | 8 | 3 | found |");

        noPromptWasSentTwice();
        CommandLineRun again = new CommandLineRun();
        again.run("report", dir.resolve("found.json.journal.jsonl").toString());
        assertThat(tail(again.out())).isEqualTo(tail(line.out()));
    }

    /** The endpoint serves four at once: more slots than that give no more tokens. */
    @Test
    void theKneeOfARateIsFoundConfirmedAndTold() throws Exception {
        int status = 1;
        for (int turn = 0; turn < 3 && status != 0; turn++) {
            status = search(
                    "--concurrency", "1..64", "--max", "outputTokensPerSecond", "--tolerance", "30%", "-r", "300ms");
        }

        assertThat(status).as(line.out() + line.err()).isZero();
        assertThat(line.out())
                .contains(
                        "# Searched: the least slots, from 1 to 64, at which outputTokensPerSecond is 70 % of the greatest")
                .containsPattern("# Found: [0-9.]+ to [0-9.]+ slots");
        JsonNode result = JSON.readTree(dir.resolve("found.json").toFile());
        JsonNode search = result.get("search");
        assertThat(search.get("max").asText()).isEqualTo("outputTokensPerSecond");
        assertThat(search.has("objective")).isFalse();
        assertThat(search.at("/bracket/low").asInt()).isBetween(1, 4);
        assertThat(search.at("/bracket/high").asInt()).isBetween(2, 8);
        assertThat(search.at("/confirmation/verdict").asText()).isEqualTo("reached");
        assertThat(search.at("/probes/0/windows/0/rate").asDouble()).isPositive();
        CommandLineRun again = new CommandLineRun();
        again.run("report", dir.resolve("found.json.journal.jsonl").toString());
        assertThat(tail(again.out())).isEqualTo(tail(line.out()));
    }

    /** From what is told of the search at the end to the result files. */
    private static String tail(String out) {
        String tail = out.substring(out.lastIndexOf("# Searched: "));
        return tail.substring(0, tail.indexOf('\n', tail.indexOf("# Found: ")));
    }

    @Test
    void anUpperEndThatIsMetIsAtLeastThat() throws Exception {
        assertThat(search("--concurrency", "1..3", "--slo", "ttft=10000")).isZero();

        assertThat(line.out()).contains("# Found: at least 3 slots, the upper end\n");
    }

    @Test
    void limitsThatNoRequestMeetsAreSaidAfterTheFirstProbe() throws Exception {
        int status = search("--concurrency", "1..16", "--slo", "ttft=0.1");

        // On a machine that is busy it is not proven.
        assertThat(status).isEqualTo(line.err().contains("; the client is suspect at 1 slot: ") ? 6 : 5);

        assertThat(line.err())
                .matches(
                        "inferometer: the lower end, 1 slot, misses its limits: 0 % of \\d+ requests \\(0 % to [0-9.]+"
                                + " %\\) met ttft <= 0.1 ms: begin at a lower load, or give limits that a request alone can meet(; the client is suspect at .*)?\n");
        JsonNode search = JSON.readTree(dir.resolve("found.json").toFile()).get("search");
        assertThat(search.get("result").asText()).isEqualTo("notMet");
        assertThat(loads(search)).containsExactly(1);
    }

    @Test
    void whatTooFewRequestsCantProveIsUndecided() throws Exception {
        assertThat(search("--concurrency", "1..2", "--attainment", "99.99%", "-r", "10ms", "-w", "10ms"))
                .isEqualTo(6);

        assertThat(line.err())
                .matches(
                        "inferometer: no load was met for certain: it takes 36,887 requests of one load to prove 99.99 %,"
                                + " and there were \\d+; give a longer -r, or a lower --attainment\n");
    }

    @Test
    void whereNothingSucceedsNothingIsSearched() throws Exception {
        try (SimulatedEndpoint endpoint = endpoint("metronome?fault=500")) {
            assertThat(line.run(words(endpoint, "--concurrency", "1..16"))).isEqualTo(3);
        }
        assertThat(line.err())
                .matches("inferometer: none of \\d+ requests of Hello succeeded: 500: the server failed, as the profile"
                        + " says\n");
    }

    private void noPromptWasSentTwice() throws IOException {
        Set<String> indices = new HashSet<>();
        Files.readAllLines(dir.resolve("found.json.journal.jsonl")).stream()
                .filter(text -> text.startsWith("{\"type\":\"request\""))
                .map(SearchCommandTest::tree)
                .filter(request -> !request.path("warmup").asBoolean())
                .forEach(request ->
                        assertThat(indices.add(request.get("index").asText())).isTrue());
        assertThat(indices).hasSizeGreaterThan(30);
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int search(String... options) throws Exception {
        try (SimulatedEndpoint endpoint = endpoint("b200-trt-tp4?running=4")) {
            return line.run(words(endpoint, options));
        }
    }

    private static SimulatedEndpoint endpoint(String profile) throws Exception {
        return SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
    }

    private String[] words(SimulatedEndpoint endpoint, String... options) {
        List<String> words = new ArrayList<>(List.of("search", "Hello", "-p", "isl=1", "--no-client-warmup"));
        words.addAll(List.of("--base-url", endpoint.url(), "--no-preflight", "--calibrate", "off", "--force"));
        words.addAll(List.of("--extra-body", "{\"max_tokens\": 60, \"ignore_eos\": true}"));
        words.addAll(List.of("-rf", "json", "-rff", dir.resolve("found.json").toString()));
        words.addAll(List.of("-rf", "csv", "-rff", dir.resolve("found.csv").toString()));
        words.addAll(List.of("-rf", "html", "-rff", dir.resolve("found.html").toString()));
        words.addAll(List.of("-rf", "junit", "-rff", dir.resolve("found.xml").toString()));
        words.addAll(List.of("-rf", "markdown", "-rff", dir.resolve("found.md").toString()));
        List<String> given = List.of(options);
        if (given.contains("--max")) {
            words.addAll(List.of("-w", "300ms"));
        } else if (!given.contains("--slo")) {
            words.addAll(List.of("--slo", "ttft=120"));
        }
        if (!given.contains("--attainment") && !given.contains("--max")) {
            words.addAll(List.of("--attainment", "60%", "-r", "150ms", "-w", "150ms"));
        }
        words.addAll(given);
        return words.toArray(String[]::new);
    }

    private static List<Integer> loads(JsonNode search) {
        List<Integer> loads = new ArrayList<>();
        search.get("probes").forEach(probe -> loads.add(probe.get("load").asInt()));
        return loads;
    }
}
