package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loads that go on in time, killed and interrupted in the middle, as the built jar runs them. */
class KilledLoadsIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private Jar jar;
    private Path journal;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
        journal = dir.resolve("k.jsonl");
    }

    /** So many requests have ended when it is stopped: far from all, on a busy machine too. */
    private static final int EARLY = 25;

    /** A load of a few seconds, and of 130 requests or more where the machine is not busy. */
    enum Timed {
        RATES("40/s 1s, 40..80/s 2s, 40/s 1s", "40/s 100s", "Sample01", "-wi", "0", "--stages"),
        SLOTS("3 1s, 3..12 2s, 4 1s", "3 100s", "Sample01", "-wi", "0", "--stages"),
        REPLAY("10", "1", "Trace", "--requests", "240", "--speed");

        private final String pace;
        private final String slow;
        private final String[] words;

        Timed(String pace, String slow, String... words) {
            this.pace = pace;
            this.slow = slow;
            this.words = words;
        }

        String[] with(String... more) {
            return words(pace, more);
        }

        /** So slow that it is far from its end when it is stopped, and never has to come there. */
        String[] slowWith(String... more) {
            return words(slow, more);
        }

        private String[] words(String pace, String... more) {
            return Stream.of(
                            Stream.of(words),
                            Stream.of(pace),
                            Stream.of("--base-url", "sim:metronome?ttft=100&itl=2", "--no-client-warmup"),
                            Stream.of(more))
                    .flatMap(part -> part)
                    .toArray(String[]::new);
        }

        /** How many requests it has; empty where that is left to its rates. */
        LongStream requests(long seen) {
            return LongStream.range(0, this == REPLAY ? 240 : seen);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKilledLoadIsGoneOnWithWhereItStopped(Timed load) throws Exception {
        Process killed = jar.start(load.with("--journal", "k.jsonl"));
        await(killed, 0, EARLY);
        killed.destroyForcibly().waitFor();
        List<Long> done = indices(requests());

        Jar.Result resumed = jar.run(load.with("--resume", "k.jsonl", "-rf", "json", "-rff", "k.json"));

        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.status()).isZero();
        assertThat(resumed.out())
                .contains("# Iteration   1: interrupted, and gone on with\n")
                .contains("  resumed ")
                .contains("# Run complete.");
        List<Long> all = indices(requests());
        assertThat(done).hasSizeBetween(EARLY, all.size() - 1);
        assertThat(all)
                .startsWith(done.toArray(Long[]::new))
                .containsExactlyInAnyOrderElementsOf(
                        load.requests(all.size()).boxed().toList());
        JsonNode result = json("k.json");
        assertThat(result.at("/trials/0/summary/requests/succeeded").asInt()).isEqualTo(all.size());
        assertInStages(load, result);
        if (load == Timed.REPLAY) {
            assertThat(resumed.out()).contains("  times            partly: replay, 10 times as fast, interrupted and");
        }
        Jar.Result report = jar.run("report", "k.jsonl", "-rf", "json", "-rff", "again.json");
        assertThat(report.err()).isEmpty();
        assertThat(json("again.json")).isEqualTo(result);
    }

    /** Each stage once, as long as it was asked for, and no request in none of them. */
    private static void assertInStages(Timed load, JsonNode result) {
        JsonNode stages = result.at("/trials/0/stages");
        if (load == Timed.REPLAY) {
            assertThat(stages.isMissingNode() || stages.isEmpty()).isTrue();
            return;
        }
        assertThat(stages).hasSize(3);
        assertThat(StreamSupport.stream(stages.spliterator(), false)
                        .mapToInt(stage -> stage.at("/requests/total").asInt())
                        .sum())
                .isEqualTo(result.at("/trials/0/summary/requests/total").asInt());
        assertThat(stages)
                .allSatisfy(
                        stage -> assertThat(stage.at("/requests/total").asInt()).isPositive());
        assertThat(result.at("/trials/0/stages/1/timeMs").asDouble()).isEqualTo(2000);
    }

    @ParameterizedTest
    @EnumSource
    void forksOfItAreGoneOnWithToo(Timed load) throws Exception {
        Process killed = jar.start(load.with("-f", "3", "--journal", "k.jsonl"));
        await(killed, 1, EARLY);
        killed.destroyForcibly().waitFor();

        Jar.Result resumed = jar.run(load.with("-f", "3", "--resume", "k.jsonl", "-rf", "json", "-rff", "k.json"));

        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.status()).isZero();
        Map<Integer, List<RequestRecord>> forks =
                requests().stream().collect(Collectors.groupingBy(RequestRecord::fork));
        assertThat(forks).containsOnlyKeys(0, 1, 2);
        assertThat(forks.values())
                .allSatisfy(records -> assertThat(indices(records))
                        .containsExactlyInAnyOrderElementsOf(
                                load.requests(records.size()).boxed().toList()));
        assertThat(json("k.json").at("/trials/0/summary/requests/succeeded").asInt())
                .isEqualTo(requests().size());
        assertInStages(load, json("k.json"));
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedLoadEndsInGoodOrder(Timed load) throws Exception {
        Process process = jar.start(load.slowWith("--journal", "k.jsonl", "-rf", "json", "-rff", "k.json"));
        await(process, 0, EARLY);

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(json("k.json").path("complete").asBoolean(true)).isFalse();
        assertThat(json("k.json").path("incompleteReason").asText()).isEqualTo("interrupted");
        List<RequestRecord> ended = requests();
        assertThat(ended).hasSizeGreaterThanOrEqualTo(EARLY).allMatch(RequestRecord::succeeded);
        assertThat(indices(ended))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, ended.size()).boxed().toList());
    }

    private void await(Process process, int fork, int wanted) throws Exception {
        long ended = 0;
        while (process.isAlive() && ended < wanted) {
            process.waitFor(50, TimeUnit.MILLISECONDS);
            ended = !Files.exists(journal) || Files.size(journal) == 0
                    ? 0
                    : requests().stream()
                            .filter(record -> record.fork() == fork)
                            .count();
        }
        assertThat(process.isAlive()).as("it ended before it was killed").isTrue();
    }

    /** Those that the journal has, in the order in which they ended. */
    private List<RequestRecord> requests() throws IOException {
        List<RequestRecord> requests = new ArrayList<>();
        JournalReader.read(journal, new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {}

            @Override
            public void request(RequestRecord record) {
                requests.add(record);
            }
        });
        return requests;
    }

    private static List<Long> indices(List<RequestRecord> records) {
        return records.stream().map(RequestRecord::index).toList();
    }

    private JsonNode json(String file) throws IOException {
        return JSON.readTree(dir.resolve(file).toFile());
    }
}
