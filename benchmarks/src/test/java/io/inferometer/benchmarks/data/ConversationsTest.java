package io.inferometer.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.Inferometer;
import io.inferometer.RunResult;
import io.inferometer.harness.RunOutcome;
import io.inferometer.plan.Options;
import io.inferometer.plan.Trial;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.stats.Sessions;
import io.inferometer.workload.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationsTest {
    private static final String DAG = """
            {"session_id": "root", "pre_session_spawns": ["watch"], "turns": [\
            {"messages": [{"role": "system", "content": "Plan."}, {"role": "user", "content": "Go."}], \
            "spawns": ["look", {"children": ["search"], "join_at": 2}]}, \
            {"messages": [{"role": "user", "content": "And?"}], "delay": 20, "model": "small", "extra_body": {"seed": 7}}, \
            {"messages": [{"role": "user", "content": "End."}], "forks": ["left"]}]}
            {"session_id": "look", "turns": [{"messages": [{"role": "user", "content": "Look."}], "delay": 10}]}
            {"session_id": "search", "turns": [{"messages": [{"role": "user", "content": "Search."}]}, \
            {"messages": [{"role": "user", "content": "More."}], "delay": 50}]}
            {"session_id": "watch", "turns": [{"messages": [{"role": "user", "content": "Watch."}]}]}
            {"session_id": "left", "turns": [{"messages": [{"role": "user", "content": "Left."}]}]}
            {"session_id": "alone", "turns": [{"messages": [{"role": "user", "content": "Alone."}], "max_tokens": 3}]}
            """;

    private static final String SHARE_GPT = """
            [{"id": "moons", "conversations": [
              {"from": "human", "value": "How many moons has Mars?"}, {"from": "gpt", "value": "Two."},
              {"from": "human", "value": "Name them."}, {"from": "gpt", "value": "Phobos and Deimos."}]}]
            """;

    @TempDir
    Path directory;

    private TalkServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TalkServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksTheSameOfADagEachTimeItIsRun() throws IOException, InterruptedException {
        Path file = file(DAG);

        run(options(file, "dag"));
        List<String> first = new ArrayList<>(server.bodies());
        server.forget();
        run(options(file, "dag"));

        assertThat(first).hasSize(9);
        assertThat(server.bodies()).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void asksATurnOfADagWhenAllHaveEndedThatItWaitsFor() throws IOException, InterruptedException {
        run(options(file(DAG), "dag"));

        assertThat(server.events()).containsSubsequence("-Go.", "+Look.", "-Look.", "+And?", "-And?", "+End.");
        assertThat(server.events()).containsSubsequence("-Go.", "+Search.", "-Search.", "+More.", "-More.", "+End.");
        assertThat(server.events()).containsSubsequence("-End.", "+Left.");
        assertThat(server.events()).contains("+Watch.", "+Alone.");
    }

    @Test
    void putsTheEndpointsOwnAnswersIntoTheHistoryAndGivesThemToTheChildOfAFork()
            throws IOException, InterruptedException {
        run(options(file(DAG), "dag"));

        assertThat(said(server.asked("Left.")))
                .containsExactly(
                        "system: Plan.",
                        "user: Go.",
                        "assistant: you said Go.",
                        "user: And?",
                        "assistant: you said And?",
                        "user: End.",
                        "assistant: you said End.",
                        "user: Left.");
        assertThat(said(server.asked("More.")))
                .containsExactly("user: Search.", "assistant: you said Search.", "user: More.");
        assertThat(server.asked("And?").path("seed").asInt()).isEqualTo(7);
        assertThat(server.asked("And?").path("model").asText()).isEqualTo("small");
        assertThat(server.asked("End.").path("model").asText()).isEqualTo("hello");
        assertThat(server.asked("Alone.").path("max_completion_tokens").asInt()).isEqualTo(3);
        assertThat(server.asked("Alone.").has("ignore_eos")).isFalse();
    }

    @Test
    void tellsWhatToolsFoundOfTheCallsThatTheEndpointMadeAndPutsOthersIntoWords()
            throws IOException, InterruptedException {
        String dag = """
                {"session_id": "tools", "turns": [{"messages": [{"role": "user", "content": "Use both."}]}, \
                {"messages": [{"role": "tool", "tool_call_id": "x", "content": "one"}, \
                {"role": "tool", "tool_call_id": "y", "content": "two"}]}, \
                {"messages": [{"role": "user", "content": "Use them again."}]}, \
                {"messages": [{"role": "user", "content": "End."}]}]}
                """;

        run(options(file(dag), "dag"));

        JsonNode messages = server.asked("End.").path("messages");
        assertThat(messages.get(1).path("tool_calls"))
                .extracting(
                        call -> call.path("id").asText(),
                        call -> call.path("function").path("name").asText())
                .containsExactly(tuple("a", "f"), tuple("b", "g"));
        assertThat(messages.get(2)).hasToString("{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"one\"}");
        assertThat(messages.get(3)).hasToString("{\"role\":\"tool\",\"tool_call_id\":\"b\",\"content\":\"two\"}");
        assertThat(messages.get(6)).hasToString("{\"role\":\"assistant\",\"content\":\"f{}g[]\"}");
        assertThat(messages).hasSize(8);
    }

    @Test
    void beginsEachSessionAtItsRecordedTimeWhereASpeedIsGiven() throws Exception {
        Path file = file("""
                {"session_id": "a", "turns": [{"text": "A", "timestamp": 1000}, {"text": "B", "timestamp": 1100}]}
                {"session_id": "b", "turns": [{"text": "C", "timestamp": 1040}]}
                {"session_id": "c", "turns": [{"text": "D", "timestamp": 1200}]}
                """);
        Path journal = directory.resolve("replay.jsonl");

        run(options(file, "multi-turn").speed(2).journal(journal));

        Map<String, Long> due = new TreeMap<>();
        JournalReader.read(journal, new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {}

            @Override
            public void request(RequestRecord request) {
                Place place = request.place();
                due.put(place.session() + "/" + place.turn(), request.scheduledNanos());
            }
        });
        assertThat(due.get("1/0") - due.get("0/0")).isEqualTo(20_000_000);
        assertThat(due.get("2/0") - due.get("0/0")).isEqualTo(100_000_000);
        assertThat(due.get("0/1") - due.get("0/0")).as("not faster").isGreaterThanOrEqualTo(100_000_000);
    }

    @Test
    void keepsWhatTheCommandLinePromisesOfSessionsInTheJavaApi() throws IOException, InterruptedException {
        Path file = file("""
                {"session_id": "a", "turns": [{"text": "Fail"}, {"text": "B"}, {"text": "C"}]}
                {"session_id": "b", "turns": [{"text": "D"}, {"text": "E"}, {"text": "F"}]}
                {"session_id": "c", "turns": [{"text": "G"}]}
                """);

        Options.Builder two = options(file, "multi-turn").sessions(2).maxFailures(1);
        Sessions failing = sessions(two.maxTurns(2));
        Sessions skipping = sessions(two.onFailedTurn(Trial.OnFailedTurn.SKIP).maxTurns(3));

        assertThat(failing.failed()).isEqualTo(1);
        assertThat(failing.cut()).isEqualTo(1);
        assertThat(failing.total()).isEqualTo(2);
        assertThat(skipping.completed()).isEqualTo(1);
        assertThat(skipping.failed()).isEqualTo(1);
        assertThat(skipping.failedTurns()).isEqualTo(1);
        assertThat(skipping.turns()).extracting(Sessions.OfTurn::requests).containsExactly(2L, 2L, 2L);
    }

    private static Sessions sessions(Options.Builder options) throws InterruptedException {
        return Inferometer.run(options.build()).trial().summary().sessions().orElseThrow();
    }

    @Test
    void goesOnFromTheEndpointsAnswersOrFromThoseThatWereRecorded() throws IOException, InterruptedException {
        Path file = file(SHARE_GPT);

        run(options(file, "sharegpt"));
        assertThat(said(server.asked("Name them.")))
                .contains("assistant: " + TalkServer.answerTo("How many moons has Mars?"));

        server.forget();
        run(options(file, "sharegpt").answers(Answers.RECORDED));
        assertThat(said(server.asked("Name them.")))
                .containsExactly("user: How many moons has Mars?", "assistant: Two.", "user: Name them.");
        assertThat(server.asked("Name them.").path("max_completion_tokens").asInt())
                .isBetween(4, 8);
    }

    @Test
    void sendsBodiesOfInputsJsonAsTheyAreUnlessAModelIsAskedFor() throws IOException, InterruptedException {
        String one =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"One\"}],\"model\":\"theirs\",\"stream\":true,\"odd\":1.50}";
        String two = "{\"model\":\"theirs\",\"messages\":[{\"role\":\"user\",\"content\":\"Two\"}]}";
        Path file = file("{\"data\":[{\"session_id\":\"s\",\"payloads\":[" + one + "," + two + "]}]}");

        run(options(file, "inputs.json"));
        assertThat(server.bodies()).containsExactly(one, two);

        server.forget();
        run(options(file, "inputs.json").model("ours"));
        assertThat(server.bodies()).containsExactly(one.replace("theirs", "ours"), two.replace("theirs", "ours"));
    }

    @Test
    void entersTheFirstSessionOfEachSlotBehindOneTurnOfWarmup() throws IOException, InterruptedException {
        StringBuilder traces = new StringBuilder();
        for (int trace = 0; trace < 3; trace++) {
            traces.append("{\"id\": \"agent-")
                    .append(trace)
                    .append("\", \"block_size\": 16, \"hash_id_scope\": \"local\",")
                    .append(" \"requests\": [");
            for (int turn = 0; turn < 6; turn++) {
                traces.append(turn == 0 ? "" : ", ")
                        .append("{\"t\": ")
                        .append(turn * 0.01)
                        .append(", \"type\": \"s\", \"in\": ")
                        .append(16 * (turn + 1))
                        .append(", \"out\": 4, \"hash_ids\": [");
                for (int block = 0; block <= turn; block++) {
                    traces.append(block == 0 ? "" : ", ").append(block);
                }
                traces.append("]}");
            }
            traces.append("]}\n");
        }

        RunResult result =
                run(options(file(traces.toString()), "weka").concurrency(2).steadyStart());

        // Two turns of warm-up, the rest of two sessions, and all of the third.
        List<String> prompts = new ArrayList<>();
        for (String body : server.bodies()) {
            prompts.add(body.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"));
        }
        assertThat(prompts).hasSizeBetween(2 + 6 + 2, 2 + 6 + 12);
        assertThat(prompts.subList(2, prompts.size()))
                .allMatch(prompt -> prompts.stream().filter(prompt::startsWith).count() >= 1);
        for (String warm : prompts.subList(0, 2)) {
            assertThat(prompts.subList(2, prompts.size())).anyMatch(prompt -> prompt.startsWith(warm));
        }
        assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
    }

    private static List<String> said(JsonNode body) {
        List<String> said = new ArrayList<>();
        body.path("messages")
                .forEach(message -> said.add(message.path("role").asText() + ": "
                        + message.path("content").asText()));
        return said;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("talks"), text);
    }

    private Options.Builder options(Path file, String format) {
        return Options.of("Conversations")
                .param("file", file.toString())
                .param("format", format)
                .baseUrl(server.url())
                .noPreflight()
                .noClientWarmup()
                .noJournal();
    }

    private static RunResult run(Options.Builder options) throws InterruptedException {
        RunResult result = Inferometer.run(options.build());
        assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
        return result;
    }
}
