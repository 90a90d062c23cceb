package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sides in turns, as the built jar runs them. */
class AbIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String[] AB = {
        "ab",
        "HelloEndpoint",
        "-f",
        "3",
        "--base-url",
        "sim:metronome?ttft=30&itl=5",
        "--a",
        "--transport jdk",
        "--b",
        "--base-url 'sim:metronome?ttft=30&itl=10' --transport nio",
        "--concurrency",
        "4",
        "--requests",
        "40",
        "-wi",
        "0",
        "--allow-unlike",
        "suspect",
        "--no-client-warmup"
    };

    @TempDir
    Path dir;

    private Jar jar;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
    }

    @Test
    void aRunThatWasKilledIsGoneOnWithToItsVerdict() throws Exception {
        Path journal = dir.resolve("ab.jsonl");
        Process killed = jar.start(with("--journal", "ab.jsonl"));
        while (killed.isAlive() && !(Files.exists(journal) && turns(journal).size() > 2)) {
            killed.waitFor(50, TimeUnit.MILLISECONDS);
        }
        killed.destroyForcibly().waitFor();
        int done = requests(journal).size();

        Jar.Result resumed = jar.run(with("--resume", "ab.jsonl", "-rf", "json", "-rff", "ab.json"));

        assertThat(done).isBetween(80, 239);
        assertThat(resumed.status()).as(resumed.out() + resumed.err()).isEqualTo(5);
        assertThat(resumed.err()).startsWith("inferometer: B does not hold beside A: fail: ");
        assertThat(resumed.out()).contains("# Transport: jdk in A; nio in B\n").contains("tpot.p50 ");
        assertThat(turns(journal)).containsExactly("0/0", "1/0", "1/1", "0/1", "0/2", "1/2");
        assertThat(requests(journal)).hasSize(240);
        JsonNode result = JSON.readTree(dir.resolve("ab.json").toFile());
        assertThat(result.at("/trials/0/trial/side").asText()).isEqualTo("a");
        assertThat(result.at("/trials/1/summary/requests/succeeded").asInt()).isEqualTo(120);
        assertThat(result.at("/beside/result").asText()).isEqualTo("fail");

        Jar.Result report = jar.run("report", "ab.jsonl", "-rf", "json", "-rff", "again.json");
        assertThat(report.status()).isZero();
        assertThat(JSON.readTree(dir.resolve("again.json").toFile())).isEqualTo(result);
    }

    @Test
    void bothSidesAreSentPromptsOfTheSameLengthsAndNoTextTwice() throws Exception {
        List<String> prompts;
        try (RecordingServer server = new RecordingServer()) {
            Jar.Result result = jar.run(
                    "ab",
                    "Sample02",
                    "-f",
                    "3",
                    "--base-url",
                    server.url(),
                    "--concurrency",
                    "2",
                    "--requests",
                    "6",
                    "-i",
                    "2",
                    "-wi",
                    "0",
                    "--calibrate",
                    "off",
                    "--no-preflight",
                    "--no-client-warmup",
                    "--no-journal");
            assertThat(result.status()).as(result.err()).isIn(0, 5, 6);
            prompts = List.copyOf(server.prompts());
        }

        assertThat(prompts).hasSize(2 * 3 * 2 * 6).doesNotHaveDuplicates();
        Tokenizer tokenizer = Tokenizers.of("gpt-oss");
        Map<Integer, Long> lengths = prompts.stream()
                .map(tokenizer::count)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(lengths.values()).allMatch(alike -> alike % 6 == 0);
    }

    private static String[] with(String... more) {
        return Stream.concat(Stream.of(AB), Stream.of(more)).toArray(String[]::new);
    }

    /** Trials and forks in the order in which their first requests were recorded. */
    private static List<String> turns(Path journal) throws Exception {
        return requests(journal).stream()
                .map(request -> request.path("trial").asInt() + "/"
                        + request.path("fork").asInt())
                .distinct()
                .toList();
    }

    private static List<JsonNode> requests(Path journal) throws Exception {
        try (Stream<String> lines = Files.lines(journal)) {
            return lines.filter(line -> line.startsWith("{") && line.endsWith("}"))
                    .map(AbIT::json)
                    .filter(line -> line.path("type").asText().equals("request"))
                    .toList();
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
