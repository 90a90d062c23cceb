package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of sessions, run by the built jar. */
class SessionsIT {
    private static final String[] FAST = {
        "--base-url", "sim:metronome?ttft=5&itl=1", "--no-client-warmup", "--no-preflight", "--calibrate", "off"
    };

    @TempDir
    Path dir;

    private Jar jar;

    @BeforeEach
    void open() {
        jar = new Jar(dir);
    }

    @Test
    void aConversationIsToldByTurnAndItsPromptsGrow() throws Exception {
        Jar.Result run = run("Sample09", "-p", "turns=3", "--sessions", "6", "-rf", "json", "-rff", "c.json");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Turn  Requests")
                .contains("The sessions:")
                .contains("delay, ms");
        JsonNode summary = json("c.json").at("/trials/0/summary");
        assertThat(summary.at("/sessions/total").asInt()).isEqualTo(6);
        assertThat(summary.at("/sessions/completed").asInt()).isEqualTo(6);
        assertThat(summary.at("/sessions/failedTurns").asInt(-1)).isZero();
        assertThat(summary.path("turns"))
                .extracting(
                        turn -> turn.path("turn").asInt(),
                        turn -> turn.path("succeeded").asInt())
                .containsExactly(tuple(0, 6), tuple(1, 6), tuple(2, 6));
        double[] prompts = new double[3];
        for (int turn = 0; turn < 3; turn++) {
            prompts[turn] = summary.at("/turns/" + turn + "/promptTokens/mean").asDouble();
            assertThat(summary.at("/turns/" + turn + "/metrics/ttftMs/p50").asDouble())
                    .isPositive();
        }
        assertThat(prompts[1]).isGreaterThan(prompts[0] + 50);
        assertThat(prompts[2]).isGreaterThan(prompts[1] + 50);
        JsonNode delays = json("c.json").at("/trials/0/reproduction/delaysMs");
        assertThat(delays.path("count").asInt()).isEqualTo(12);
        assertThat(delays.at("/declared/p50").asDouble()).isPositive();
        assertThat(delays.at("/delivered/p50").asDouble())
                .isGreaterThanOrEqualTo(delays.at("/declared/p50").asDouble());
    }

    @Test
    void anAgentsToolsAreCalledAndItsChildrenJoined() throws Exception {
        Jar.Result run = run("Sample10", "--sessions", "4", "-rf", "json", "-rff", "a.json");

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode summary = json("a.json").at("/trials/0/summary");
        assertThat(summary.at("/sessions/completed").asInt()).isEqualTo(4);
        assertThat(summary.at("/sessions/children").asInt()).isEqualTo(8);
        assertThat(summary.at("/sessions/requests/mean").asDouble()).isEqualTo(6);
        assertThat(summary.path("turns")).hasSize(2);
        assertThat(summary.at("/requests/succeeded").asInt()).isEqualTo(24);
        assertThat(summary.at("/channels/tool/answers").asInt()).isEqualTo(8);
    }

    @Test
    void aRunThatWasKilledSendsItsLivingSessionsAgainAndNoOther() throws Exception {
        String[] arguments = with(
                FAST, "Sample09", "-p", "turns=4", "--sessions", "12", "--concurrency", "3", "-wi", "0", "-rf", "json");
        Process process = jar.start(with(arguments, "-rff", "k.json", "--journal", "k.jsonl"));
        Path journal = dir.resolve("k.jsonl");
        while (process.isAlive() && ended(journal).size() < 2) {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly().waitFor();
        List<Long> before = ended(journal);

        Jar.Result resumed = jar.run(with(arguments, "-rff", "r.json", "--resume", "k.jsonl"));

        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(before).hasSizeBetween(2, 11);
        assertThat(ended(journal))
                .startsWith(before.toArray(Long[]::new))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 12).boxed().toList());
        JsonNode summary = json("r.json").at("/trials/0/summary");
        assertThat(summary.at("/sessions/completed").asInt()).isEqualTo(12);
        assertThat(summary.at("/sessions/failed").asInt(-1)).isZero();
        assertThat(summary.at("/sessions/total").asInt())
                .isEqualTo(12 + summary.at("/sessions/cut").asInt());
        assertThat(summary.at("/turns/3/succeeded").asInt()).isEqualTo(12);
    }

    @Test
    void eachForkHasSessionsOfItsOwn() throws Exception {
        Jar.Result run =
                run("Sample09", "-p", "turns=2", "--sessions", "4", "-f", "2", "-rf", "json", "-rff", "f.json");

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode summary = json("f.json").at("/trials/0/summary");
        assertThat(summary.at("/sessions/completed").asInt()).isEqualTo(8);
        assertThat(summary.path("turns"))
                .hasSize(2)
                .allMatch(turn -> turn.path("succeeded").asInt() == 8);
        assertThat(json("f.json").at("/trials/0/reproduction/delaysMs/count").asInt())
                .isEqualTo(8);
    }

    private Jar.Result run(String... arguments) throws Exception {
        return jar.run(with(arguments, FAST));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** The measured sessions that the journal says were over, in its order. */
    private static List<Long> ended(Path journal) throws Exception {
        List<Long> ended = new ArrayList<>();
        if (!Files.exists(journal) || Files.size(journal) == 0) {
            return ended;
        }
        JournalReader.read(journal, new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {}

            @Override
            public void request(RequestRecord request) {}

            @Override
            public void sessionEnded(SessionRecord session) {
                if (!session.warmup()) {
                    ended.add(session.session());
                }
            }
        });
        return ended;
    }

    private JsonNode json(String name) throws Exception {
        return new ObjectMapper().readTree(Files.readString(dir.resolve(name)));
    }
}
