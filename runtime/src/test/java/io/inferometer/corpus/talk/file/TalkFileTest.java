package io.inferometer.corpus.talk.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.talk.Branch;
import io.inferometer.corpus.talk.Delay;
import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.trace.HashBlocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TalkFileTest {
    @TempDir
    Path directory;

    @Test
    void readsEachQuestionOfShareGptWithTheAnswerBehindItAndPassesOverWhatIsEmpty() throws IOException {
        List<RecordedSession> sessions = read("sharegpt.json", TalkFormat.SHAREGPT);

        assertThat(sessions).extracting(RecordedSession::id).containsExactly("first", "holes");
        assertThat(sessions).extracting(RecordedSession::line).containsExactly(2L, 15L);
        assertThat(said(sessions.get(0)))
                .containsExactly(
                        "system: You are brief. | user: How many moons has Mars? > Two.",
                        "user: Name them. > Phobos and Deimos.");
        assertThat(said(sessions.get(1))).containsExactly("user: Found. > Yes.");
    }

    @Test
    void countsTheEntriesInWhichNobodyIsAskedAnything() throws IOException {
        try (TalkFile file = TalkFile.open(resource("sharegpt.json"), TalkSettings.of(TalkFormat.SHAREGPT))) {
            all(file);

            assertThat(file.silent()).isEqualTo(2);
            assertThat(file.skipped()).isEmpty();
        }
    }

    @Test
    void countsADelayOfMultiTurnFromTheAnswerAndATimestampFromTheTurnBefore() throws IOException {
        List<RecordedSession> sessions = read("multi-turn.jsonl", TalkFormat.MULTI_TURN);

        assertThat(sessions).extracting(RecordedSession::id).containsExactly("trip", "timed");
        List<RecordedTurn> trip = sessions.get(0).turns();
        assertThat(said(sessions.get(0)))
                .startsWith("system: You plan trips. | user: Where to?")
                .hasSize(3);
        assertThat(trip.get(0).outputTokens()).hasValue(20);
        assertThat(trip.get(1).delay()).isEqualTo(Delay.afterAnswer(Duration.ofNanos(1_500_500_000)));
        assertThat(trip.get(1).fields()).isEqualTo(Map.of("model", "\"small\"", "temperature", "0"));
        assertThat(messages(trip.get(1)))
                .containsExactly(new Utterance(
                        "user", List.of(new Utterance.Text("By train?"), new Utterance.Text("Or by boat?"))));
        assertThat(messages(trip.get(2)))
                .containsExactly(new Utterance(
                        "user",
                        List.of(new Utterance.Text("And this?"), new Utterance.Image("https://example.org/a.png"))));
        assertThat(sessions.get(1).at()).hasValue(Duration.ofSeconds(2));
        assertThat(sessions.get(1).turns().get(1).delay())
                .isEqualTo(new Delay(Duration.ofMillis(1500), Delay.From.TURN));
    }

    @Test
    void givesOutTheRootsOfADagWithWhatTheyStart() throws IOException {
        List<RecordedSession> sessions = read("dag.jsonl", TalkFormat.DAG);

        assertThat(sessions).extracting(RecordedSession::id).containsExactly("root", "second");
        RecordedSession root = sessions.get(0);
        assertThat(root.before()).extracting(RecordedSession::id).containsExactly("watch");
        assertThat(root.turns())
                .extracting(turn -> started(turn.branches()))
                .containsExactly(
                        List.of("spawns [look], joined at 1", "spawns [search, look2], joined at 2"),
                        List.of(),
                        List.of("forks [left]", "forks [right]"));
        RecordedTurn second = root.turns().get(1);
        assertThat(second.delay()).isEqualTo(Delay.afterAnswer(Duration.ofMillis(250)));
        assertThat(second.fields())
                .isEqualTo(Map.of(
                        "model",
                        "\"small\"",
                        "tools",
                        "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
                        "seed",
                        "7"));
        assertThat(root.turns().get(0).outputTokens()).hasValue(12);
        RecordedSession look2 = root.turns().get(0).branches().get(1).children().get(1);
        assertThat(started(look2.turns().get(0).branches())).containsExactly("spawns [look]");
        assertThat(look2.turns().get(0).branches().get(0).children().get(0))
                .isSameAs(root.turns().get(0).branches().get(0).children().get(0));
    }

    @Test
    void readsAgentsOfWekaWithSubagentsWhereTheyStandAndTimesBetweenThem() throws IOException {
        RecordedSession agent = read("weka.json", TalkFormat.WEKA).get(0);

        assertThat(agent.at()).hasValue(Duration.ofMillis(500));
        assertThat(agent.turns())
                .extracting(turn -> started(turn.branches()))
                .containsExactly(
                        List.of("spawns [agent-1/a1], joined at 1", "spawns [agent-1/a2]"), List.of(), List.of());
        // The subagent ended at 7 s, the request at 2.5 s.
        assertThat(agent.turns())
                .extracting(turn -> turn.delay().time())
                .containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(750));
        assertThat(agent.turns())
                .extracting(RecordedTurn::streamed)
                .containsExactly(Optional.of(true), Optional.of(true), Optional.of(false));
        assertThat(agent.turns())
                .extracting(RecordedTurn::outputTokens)
                .containsExactly(OptionalInt.of(40), OptionalInt.of(16), OptionalInt.empty());
        RecordedSession first =
                agent.turns().get(0).branches().get(0).children().get(0);
        // It began half a second after the answer, its first request a quarter later.
        assertThat(first.turns())
                .extracting(turn -> turn.delay().time())
                .containsExactly(Duration.ofMillis(750), Duration.ofMillis(500));
        RecordedSession beside =
                agent.turns().get(0).branches().get(1).children().get(0);
        assertThat(beside.turns().get(0).delay().time()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void partsTheBlocksOfTracesWhoseIdsAreTheirOwnAndNotThoseOfOneFile() throws IOException {
        String trace = "{\"id\": \"a\", \"block_size\": 64, \"hash_id_scope\": \"SCOPE\", \"requests\":"
                + " [{\"t\": 0, \"type\": \"n\", \"in\": 64, \"hash_ids\": [5]}]}\n";
        Path local =
                Files.writeString(directory.resolve("local"), trace.repeat(2).replace("SCOPE", "local"));
        Path global =
                Files.writeString(directory.resolve("global"), trace.repeat(2).replace("SCOPE", "global"));

        assertThat(firstIds(local)).doesNotHaveDuplicates();
        assertThat(firstIds(global)).containsExactly(5L, 5L);
    }

    private static List<Long> firstIds(Path file) throws IOException {
        try (TalkFile talks = TalkFile.open(file, TalkSettings.of(TalkFormat.WEKA))) {
            return all(talks).stream()
                    .map(session -> blocks(session.turns().get(0)).ids().get(0))
                    .toList();
        }
    }

    private static HashBlocks blocks(RecordedTurn turn) {
        return ((Given.Blocks) turn.given()).blocks();
    }

    @Test
    void readsSpansInTheOrderInWhichTheyBegan() throws IOException {
        List<RecordedSession> sessions = read("otel.jsonl", TalkFormat.OTEL);

        assertThat(sessions).extracting(RecordedSession::id).containsExactly("t0", "t1");
        assertThat(sessions)
                .extracting(RecordedSession::at)
                .containsExactly(Optional.of(Duration.ZERO), Optional.of(Duration.ofSeconds(2)));
        assertThat(said(sessions.get(0))).containsExactly("system: Be brief. | user: Hi");
        List<RecordedTurn> turns = sessions.get(1).turns();
        assertThat(turns)
                .extracting(turn -> turn.delay().time())
                .containsExactly(Duration.ZERO, Duration.ofMillis(1500));
        assertThat(turns).extracting(RecordedTurn::promptTokens).containsExactly(OptionalInt.of(9), OptionalInt.of(30));
        assertThat(turns).extracting(RecordedTurn::outputTokens).containsExactly(OptionalInt.of(5), OptionalInt.of(3));
        assertThat(messages(turns.get(1)))
                .containsExactly(
                        Utterance.of("user", "Weather?"),
                        new Utterance("assistant", List.of(new Utterance.Call("c1", "weather", "{\"city\":\"Rome\"}"))),
                        new Utterance("tool", List.of(new Utterance.Result("c1", "sunny"))));
        assertThat(turns.get(1).answer().orElseThrow().text()).isEqualTo("Sunny.");
    }

    @Test
    void takesFromASpanWhatItAddsWhereItGoesOnWithTheOneBefore() throws IOException {
        String span =
                "{\"span_id\": \"a\", \"trace_id\": \"t\", \"start_time\": \"2026-01-01T00:00:0%dZ\", \"end_time\":"
                        + " \"2026-01-01T00:00:09Z\", \"attributes\": {\"gen_ai.input.messages\": [%s], \"gen_ai.output.messages\":"
                        + " [{\"role\": \"assistant\", \"content\": \"b\"}]}}\n";
        String asked = "{\"role\": \"user\", \"content\": \"a\"}";
        String goesOn =
                asked + ", {\"role\": \"assistant\", \"content\": \"b\"}, {\"role\": \"user\", \"content\": \"c\"}";
        Path file = Files.writeString(
                directory.resolve("spans"),
                span.formatted(1, asked) + span.formatted(2, goesOn) + span.formatted(3, asked));

        try (TalkFile talks = TalkFile.open(file, TalkSettings.of(TalkFormat.OTEL))) {
            assertThat(all(talks).get(0).turns())
                    .extracting(RecordedTurn::given)
                    .containsExactly(
                            new Given.Appended(List.of(Utterance.of("user", "a"))),
                            new Given.Appended(List.of(Utterance.of("user", "c"))),
                            new Given.Whole(List.of(Utterance.of("user", "a"))));
        }
    }

    @Test
    void takesTheAssistantsMessageAheadOfWhatATurnOfSglangAddsForTheRecordedAnswer() throws IOException {
        List<RecordedSession> sessions = read("sglang.json", TalkFormat.SGLANG);

        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).line()).isEqualTo(4);
        List<RecordedTurn> turns = sessions.get(0).turns();
        assertThat(turns.get(0).answer().orElseThrow().parts()).containsExactly(new Utterance.Call("c1", "ls", "{}"));
        assertThat(messages(turns.get(1)))
                .containsExactly(new Utterance("tool", List.of(new Utterance.Result("c1", "a.c"))));
        assertThat(turns)
                .extracting(RecordedTurn::promptTokens)
                .containsExactly(OptionalInt.of(14), OptionalInt.of(40));
    }

    @Test
    void putsTheRowsOfMlcommonsTogether() throws IOException {
        List<RecordedSession> sessions = read("mlcommons.jsonl", TalkFormat.MLCOMMONS);

        assertThat(sessions).extracting(RecordedSession::id).containsExactly("c1", "c2");
        List<RecordedTurn> turns = sessions.get(0).turns();
        assertThat(turns)
                .extracting(turn -> turn.delay().time())
                .containsExactly(Duration.ZERO, Duration.ofMillis(1500), Duration.ofMillis(250));
        assertThat(messages(turns.get(0))).extracting(Utterance::role).containsExactly("system", "user");
        assertThat(messages(turns.get(1)))
                .containsExactly(new Utterance("tool", List.of(new Utterance.Result("k1", "a.c"))));
        assertThat(turns.get(0).answer().orElseThrow().parts()).containsExactly(new Utterance.Call("k1", "ls", "{}"));
        assertThat(turns.get(0).fields().get("tools")).contains("\"ls\"");
        assertThat(turns.get(2).answer()).isEmpty();
    }

    @Test
    void takesBodiesOfInputsJsonAsTheyAre() throws IOException {
        List<RecordedSession> sessions = read("inputs.json", TalkFormat.INPUTS_JSON);

        assertThat(sessions).extracting(RecordedSession::id).containsExactly("s1", "s2");
        assertThat(sessions)
                .extracting(session -> session.turns().stream()
                        .map(turn -> ((Given.Body) turn.given()).json())
                        .toList())
                .containsExactly(
                        List.of(
                                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"One\"}],\"stream\":true,"
                                        + "\"max_completion_tokens\":5}",
                                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Two\"}]}"),
                        List.of("{\"model\":\"m\",\"messages\":[],\"odd\":1.50}"));
        assertThat(sessions.get(0).turns())
                .extracting(RecordedTurn::streamed)
                .containsExactly(Optional.of(true), Optional.of(false));
    }

    @Test
    void makesUpConversationsOfTheLengthsThatVllmsFileAsksFor() throws IOException {
        List<RecordedSession> sessions = read("vllm-multi-turn.json", TalkFormat.VLLM_MULTI_TURN);

        assertThat(sessions).hasSize(200);
        assertThat(sessions.get(0))
                .isEqualTo(
                        read("vllm-multi-turn.json", TalkFormat.VLLM_MULTI_TURN).get(0));
        assertThat(sessions).extracting(session -> session.turns().size()).allMatch(turns -> turns >= 1 && turns <= 4);
        assertThat(sessions).allSatisfy(session -> {
            HashBlocks first = blocks(session.turns().get(0));
            assertThat(first.ids()).containsExactly(0L);
            assertThat(first.blockTokens()).isEqualTo(50);
            assertThat(first.tokens()).isBetween(50 + 1 + 30, 300 + 30);
            assertThat(session.turns().stream().skip(1))
                    .allMatch(turn -> blocks(turn).ids().isEmpty());
            assertThat(session.turns()).allMatch(turn -> turn.outputTokens().getAsInt() <= 400);
        });
    }

    @Test
    void keepsWhatItDoesNotKnowOfAMessageAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("odd.jsonl"), """
                {"session_id": "s", "turns": [{"messages": [{"role": "user", "name": "Ada", "content": [{"type": \
                "input_audio", "input_audio": {"data": "x"}}]}]}]}
                """);

        try (TalkFile talks = TalkFile.open(file, TalkSettings.of(TalkFormat.DAG))) {
            assertThat(messages(all(talks).get(0).turns().get(0)).get(0).parts())
                    .containsExactly(
                            new Utterance.Field("name", "\"Ada\""),
                            new Utterance.Field(
                                    "content", "[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"x\"}}]"));
        }
    }

    @Test
    void saysWhichFormatsThereAre() {
        assertThat(TalkFormat.of("inputs.json")).isEqualTo(TalkFormat.INPUTS_JSON);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TalkFormat.of("shareGPT"))
                .withMessage("format=shareGPT is none; -p format= takes sharegpt, multi-turn, dag, weka, otel, sglang,"
                        + " mlcommons, inputs.json, vllm-multi-turn");
    }

    @Test
    void refusesAUnitWhereTheFormatHasOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TalkSettings(TalkFormat.WEKA, Optional.of(TimeUnit.SECONDS), false, 0))
                .withMessage("the times of weka have their unit by the format's own word; leave out --time-unit");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TalkFile.open(directory.resolve("x"), TalkSettings.of(TalkFormat.DAG)))
                .withMessage(directory.resolve("x") + ": there is no such file");
    }

    @Test
    void refusesAFileWithoutConversations() throws IOException {
        Path file = Files.writeString(directory.resolve("none.json"), "[{\"id\": 1, \"conversations\": []}]");

        try (TalkFile talks = TalkFile.open(file, TalkSettings.of(TalkFormat.SHAREGPT))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(talks::next)
                    .withMessage(file + " holds no conversations: in none of its 1 entries anybody is asked anything");
        }
    }

    private static List<String> started(List<Branch> branches) {
        return branches.stream()
                .map(branch -> (branch.inherits() ? "forks " : "spawns ")
                        + branch.children().stream().map(RecordedSession::id).toList()
                        + (branch.joinAt().isPresent()
                                ? ", joined at " + branch.joinAt().getAsInt()
                                : ""))
                .toList();
    }

    private static List<Utterance> messages(RecordedTurn turn) {
        return turn.given() instanceof Given.Appended appended
                ? appended.messages()
                : ((Given.Whole) turn.given()).messages();
    }

    private static List<String> said(RecordedSession session) {
        return session.turns().stream()
                .map(turn -> String.join(
                                " | ",
                                messages(turn).stream()
                                        .map(message -> message.role() + ": " + message.text())
                                        .toList())
                        + turn.answer().map(answer -> " > " + answer.text()).orElse(""))
                .toList();
    }

    private static List<RecordedSession> read(String name, TalkFormat format) throws IOException {
        try (TalkFile file = TalkFile.open(resource(name), TalkSettings.of(format))) {
            return all(file);
        }
    }

    private static List<RecordedSession> all(TalkFile file) throws IOException {
        List<RecordedSession> sessions = new ArrayList<>();
        for (Optional<RecordedSession> next = file.next(); next.isPresent(); next = file.next()) {
            sessions.add(next.get());
        }
        return sessions;
    }

    private static Path resource(String name) {
        try {
            return Path.of(TalkFileTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
