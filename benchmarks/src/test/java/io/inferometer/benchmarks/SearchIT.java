package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar searches a load, and goes on until figures are precise; killed in between it is gone on with. */
class SearchIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> ALIKE = List.of(
            "Sample03OpenLoop",
            "--base-url",
            "sim:b200-trt-tp4?running=4",
            "--extra-body",
            "{\"max_tokens\": 60, \"ignore_eos\": true}",
            "--calibrate",
            "off",
            "--no-client-warmup",
            "--no-preflight");

    /** Four are served at once: each of eight waits for the whole answer of another. */
    private static final List<String> SEARCH = List.of(
            "search",
            "--concurrency",
            "2..16",
            "--tolerance",
            "100%",
            "--slo",
            "ttft=120",
            "--attainment",
            "60%",
            "-r",
            "300ms",
            "-w",
            "300ms");

    private static final List<String> UNTIL =
            List.of("run", "--concurrency", "4", "--requests", "12", "-i", "3", "-wi", "0");

    @TempDir
    Path dir;

    private Jar jar;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
    }

    @Test
    void aSearchThatWasKilledIsGoneOnWithToItsBracket() throws Exception {
        Path journal = dir.resolve("search.jsonl");
        killed(journal, 20, words(SEARCH, "--journal", "search.jsonl"));
        int done = requests(journal).size();

        Jar.Result resumed = jar.run(words(SEARCH, "--resume", "search.jsonl", "-rf", "json", "-rff", "search.json"));

        JsonNode search = json("search.json").get("search");
        assertThat(resumed.status()).as(resumed.out() + resumed.err()).isIn(0, 6);
        assertThat(search.at("/bracket/low").asInt()).as(search.toString()).isEqualTo(4);
        assertThat(search.at("/bracket/high").asInt()).isEqualTo(8);
        assertThat(requests(journal)).hasSizeGreaterThan(done);
        Set<String> indices = new HashSet<>();
        assertThat(requests(journal).stream()
                        .filter(request -> !request.path("warmup").asBoolean())
                        .filter(request -> !request.path("outcome").asText().equals("cancelled"))
                        .allMatch(request -> indices.add(request.get("index").asText())))
                .isTrue();
    }

    @Test
    void whatIsReachedIsZeroAndWhatIsNotIsSix() throws Exception {
        Jar.Result reached = jar.run(words(UNTIL, "--until", "tpot.mean 20%", "--no-journal"));
        Jar.Result missed = jar.run(words(
                UNTIL,
                "--until",
                "ttft.mean 0.001%",
                "--at-most",
                "4s",
                "--no-journal",
                "-rf",
                "json",
                "-rff",
                "u.json"));

        assertThat(reached.status()).as(reached.out() + reached.err()).isZero();
        assertThat(missed.status()).as(missed.out() + missed.err()).isEqualTo(6);
        assertThat(missed.err()).startsWith("inferometer: --until was not reached: ttft.mean ");
    }

    @Test
    void aRunUntilItIsPreciseThatWasKilledIsGoneOnWith() throws Exception {
        Path journal = dir.resolve("until.jsonl");
        killed(journal, 40, words(UNTIL, "--until", "tpot.mean 20%", "--journal", "until.jsonl"));
        int done = requests(journal).size();

        Jar.Result resumed = jar.run(words(
                UNTIL, "--until", "tpot.mean 20%", "--resume", "until.jsonl", "-rf", "json", "-rff", "until.json"));

        assertThat(done).isLessThan(120);
        assertThat(resumed.status()).as(resumed.out() + resumed.err()).isZero();
        assertThat(json("until.json").at("/trials/0/iterations").size()).isGreaterThanOrEqualTo(10);
    }

    private static String[] words(List<String> command, String... more) {
        return Stream.of(command.subList(0, 1), ALIKE, command.subList(1, command.size()), List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    /** Kills it once its journal has so many requests. */
    private void killed(Path journal, int requests, String... words) throws Exception {
        Process process = jar.start(words);
        while (process.isAlive() && !(Files.exists(journal) && requests(journal).size() >= requests)) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly().waitFor();
    }

    private static List<JsonNode> requests(Path journal) throws IOException {
        return Files.readAllLines(journal).stream()
                .filter(line -> line.startsWith("{\"type\":\"request\"") && line.endsWith("}"))
                .map(SearchIT::tree)
                .toList();
    }

    private JsonNode json(String file) throws IOException {
        return JSON.readTree(dir.resolve(file).toFile());
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
