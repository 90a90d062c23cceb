package io.inferometer.corpus.talk.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.talk.RecordedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a file of each format: told with file, line, key and reason, or passed over and counted. */
class TalkDefectsTest {
    private static final String USER = "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id": 1, "conversations": "a"} | conversations is not an array
            {"id": 1, "conversation": []} | conversation is not a key of this format, whose keys here are conversations, dataset, id, items, lang, model, source, title
            {"id": 1, "conversations": [{"from": "narrator", "value": "a"}]} | conversations[0].from is 'narrator', who is neither a user, an assistant nor the system
            {"id": 1, "conversations": [{"from": "human", "value": "a"}, {"from": "system", "value": "b"}]} | conversations[1].from is the system, which has its say first or not at all
            {"id": 1, "conversations": [{"from": "human", "value": 7}]} | conversations[0].value is not a string
            [1] | it is not a JSON object
            """)
    void namesWhatIsWrongWithShareGpt(String entry, String reason) throws IOException {
        Path file = file("[{\"id\": 0, \"conversations\": [{\"from\": \"human\", \"value\": \"a\"},"
                + " {\"from\": \"gpt\", \"value\": \"b\"}]},\n" + entry + "\n]");

        refuses(file, TalkFormat.SHAREGPT, 2, reason);
        skips(file, TalkFormat.SHAREGPT, 2, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"session_id": "s"} | turns is missing
            {"session_id": "s", "turns": []} | turns is empty
            {"session_id": "s", "turns": [{}]} | turns[0]: it has neither text, texts, image nor images
            {"session_id": "s", "turns": [{"text": ""}]} | turns[0].text is empty
            {"session_id": "s", "turns": [{"text": "a", "delai": 3}]} | turns[0].delai is not a key of this format, whose keys here are delay, extra, image, images, model, output_length, role, session_id, text, texts, timestamp, type
            {"session_id": "s", "turns": [{"text": "a", "delay": 3, "timestamp": 4}]} | turns[0].delay and timestamp exclude each other
            {"session_id": "s", "turns": [{"text": "a", "delay": -1}]} | turns[0].delay is -1, not a number from 0
            {"session_id": "s", "turns": [{"text": "a", "timestamp": 4}, {"text": "b", "timestamp": 3}]} | turns[1].timestamp is 3 ms, before that of the turn ahead of it
            {"session_id": "s", "turns": [{"text": "a"}, {"text": "b", "timestamp": 3}]} | turns[1].timestamp stands in a turn behind one that has none
            {"session_id": "s", "turns": [{"text": "a"}, {"role": "system", "text": "b"}]} | turns[1].role is the system, which has its say in the first turn, by text, or not at all
            {"session_id": "s", "turns": [{"role": "system", "text": "b"}]} | turns holds nothing but a system message
            {"session_id": "s", "turns": [{"text": "a", "image": "a.png"}]} | turns[0].image is 'a.png', not an http, https or data address
            {"session_id": "s", "turns": [{"text": "a", "output_length": 0}]} | turns[0].output_length is 0, not a whole number from 1
            {"session_id": "s", "turns": [{"text": "a"} | it is not whole JSON: it ends too early
            {"session_id": "s", "session_id": "t"} | it is not JSON: Duplicate field 'session_id'
            """)
    void namesWhatIsWrongWithMultiTurn(String line, String reason) throws IOException {
        Path file = file("{\"turns\": [{\"text\": \"a\"}]}\n" + line + "\n");

        refuses(file, TalkFormat.MULTI_TURN, 2, reason);
        skips(file, TalkFormat.MULTI_TURN, 2, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"turns": [U]} | session_id is missing
            {"session_id": "s", "turns": []} | turns is empty
            {"session_id": "s", "turns": [{"messages": []}]} | turns[0].messages is empty
            {"session_id": "s", "turns": [{"messages": [{"content": "a"}]}]} | turns[0].messages[0].role is missing
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "max_token": 3}]} | turns[0].max_token is not a key of this format, whose keys here are delay, extra, extra_body, forks, max_tokens, messages, model, spawns, tools
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": null}]}]} | turns[0].messages[0].content is missing
            {"session_id": "s", "turns": [U], "spawns": []} | spawns is not a key of this format, whose keys here are pre_session_spawns, session_id, turns
            {"session_id": "s", "turns": [U, {"messages": [{"role": "system", "content": "a"}]}]} | turns[1].messages has a system message, which stands in the first turn or nowhere
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "forks": ["ok"]}, U]} | turns[0].forks[0] ends the session, and more turns follow: name it by {"child": …, "background": true}, or in the last turn
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "spawns": [{"children": ["ok"], "join_at": 2}]}, U]} | turns[0].spawns[0].join_at is 2: it is above its own turn, 0, and below the number of turns, 2
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "spawns": [{"children": ["ok"], "join_at": 0}]}, U]} | turns[0].spawns[0].join_at is 0: it is above its own turn, 0, and below the number of turns, 2
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "spawns": [{"children": []}]}, U]} | turns[0].spawns[0].children names nobody, and a join needs somebody to wait for
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "spawns": ["ok", "ok"]}, U]} | turns[0]: it starts 'ok' twice
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "spawns": ["nobody"]}, U]} | it starts 'nobody', and no session has that session_id
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "spawns": ["s"]}, U]} | sessions start each other in a circle: s → s
            {"session_id": "ok", "turns": [U]} | session_id 'ok' is that of line 1 too
            {"session_id": "s", "turns": [{"messages": [{"role": "user", "content": "a"}], "delay": "1"}]} | turns[0].delay is "1", not a number from 0
            """)
    void namesWhatIsWrongWithADag(String line, String reason) throws IOException {
        Path file = file("{\"session_id\": \"ok\", \"turns\": [" + USER + "]}\n" + line.replace("U", USER) + "\n"
                + "{\"session_id\": \"other\", \"turns\": [" + USER + "]}\n");

        refuses(file, TalkFormat.DAG, 2, reason);
    }

    @Test
    void namesACircleOfSessionsAndTakesNoneOfThemForARoot() throws IOException {
        Path file = file("""
                {"session_id": "a", "turns": [{"messages": [{"role": "user", "content": "a"}], "spawns": ["b"]}]}
                {"session_id": "b", "turns": [{"messages": [{"role": "user", "content": "a"}], "spawns": ["c"]}]}
                {"session_id": "c", "turns": [{"messages": [{"role": "user", "content": "a"}], "forks": ["a"]}]}
                {"session_id": "d", "turns": [{"messages": [{"role": "user", "content": "a"}]}]}
                """);

        refuses(file, TalkFormat.DAG, 3, "sessions start each other in a circle: a → b → c → a");
        try (TalkFile talks = TalkFile.open(file, new TalkSettings(TalkFormat.DAG, Optional.empty(), true, 0))) {
            assertThat(all(talks)).extracting(RecordedSession::id).containsExactly("d");
            assertThat(talks.skipped()).startsWith("3 entries of ");
        }
    }

    @Test
    void refusesAChildThatWouldGoOnFromTwoConversations() throws IOException {
        String forks = "\"turns\": [{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}], \"forks\": [\"x\"]}]}\n";
        Path file = file("{\"session_id\": \"a\", " + forks + "{\"session_id\": \"b\", " + forks
                + "{\"session_id\": \"x\", \"turns\": [" + USER + "]}\n");

        refuses(
                file,
                TalkFormat.DAG,
                2,
                "it forks 'x', which 'a' forks too: the conversation to go on from would be two");
    }

    @Test
    void refusesASystemMessageInTheChildOfAFork() throws IOException {
        Path file = file("""
                {"session_id": "a", "turns": [{"messages": [{"role": "user", "content": "a"}], "forks": ["x"]}]}
                {"session_id": "x", "turns": [{"messages": [{"role": "system", "content": "a"}]}]}
                """);

        refuses(
                file,
                TalkFormat.DAG,
                2,
                "turns[0].messages has a system message, and 'a' forks it in the middle of a conversation");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "block_size": 64, "hash_id_scope": "local", "requests": [R] | id is missing
            "id": "a", "block_size": 0, "hash_id_scope": "local", "requests": [R] | block_size is 0, not a whole number from 1
            "id": "a", "block_size": 64, "hash_id_scope": "trace", "requests": [R] | hash_id_scope is 'trace', neither local nor global
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [] | requests is empty
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [R, {"t": 0.5, "type": "n", "in": 4}] | requests[1].t is 0.5 s, before that of the request ahead of it
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [{"type": "n", "in": 4}] | requests[0].t is missing
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [{"t": 1, "type": "x", "in": 4}] | requests[0].type is 'x', none of n, s and subagent
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [{"t": 1, "type": "n", "in": 0}] | requests[0].in is 0, not a whole number from 1
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [{"t": 1, "type": "n", "in": 4, "hash_ids": [-1]}] | requests[0].hash_ids holds -1, not a whole number from 0
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [{"t": 1, "type": "n", "in": 4, "hash_ids": [1, 2]}] | requests[0].hash_ids are too many: 4 tokens are 1 block of 64, and there are 2 ids
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [{"t": 1, "type": "n", "in": 4, "hashes": []}] | requests[0].hashes is not a key of this format, whose keys here are api_time, hash_ids, in, input_types, model, out, output_types, stop, t, think_time, ttft, type
            "id": "a", "block_size": 64, "hash_id_scope": "local", "requests": [{"t": 1, "type": "subagent", "requests": [R]}] | requests of 'a' holds nothing but subagents
            """)
    void namesWhatIsWrongWithWeka(String keys, String reason) throws IOException {
        String request = "{\"t\": 1.0, \"type\": \"n\", \"in\": 4, \"out\": 2}";
        Path file = file("{\"id\": \"ok\", \"block_size\": 64, \"hash_id_scope\": \"local\", \"requests\": [" + request
                + "]}\n{" + keys.replace("R", request) + "}\n");

        refuses(file, TalkFormat.WEKA, 2, reason);
        skips(file, TalkFormat.WEKA, 2, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "trace_id": "t", "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:00Z" | span_id is missing
            "span_id": "s", "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:00Z" | trace_id is missing
            "span_id": "s", "trace_id": "t", "start_time": "2026-01-01T00:00:01Z", "end_time": "2026-01-01T00:00:00Z" | end_time is before its start_time
            "span_id": "s", "trace_id": "t", "start_time": "yesterday", "end_time": "2026-01-01T00:00:00Z" | start_time is "yesterday", not a date and time with a zone, as 2026-01-31T12:00:00.250Z
            "span_id": "s", "trace_id": "t", "start_time": 7, "end_time": 8 | start_time is a number, and no unit is told: give one with --time-unit
            "span_id": "s", "trace_id": "t", "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:00Z", "attribs": {} | attribs is not a key of this format, whose keys here are attributes, end_time, events, flags, kind, links, name, parent_span_id, resource, scope, span_id, spans, start_time, status, trace_id, trace_state
            "span_id": "s", "trace_id": "t", "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:00Z", "attributes": {"gen_ai.input.messages": "[{"} | attributes.gen_ai.input.messages holds text that is no JSON: it is not whole JSON: it ends too early
            "span_id": "s", "trace_id": "t", "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:00Z", "attributes": {"gen_ai.input.messages": "[]"} | attributes.gen_ai.input.messages is empty
            "span_id": "s", "trace_id": "t", "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:00Z", "attributes": {"gen_ai.input.messages": [{"role": "user", "parts": [{"type": "blob"}]}]} | attributes.gen_ai.input.messages[0].parts[0].type is 'blob', none of text, reasoning, tool_call and tool_call_response
            """)
    void namesWhatIsWrongWithSpans(String keys, String reason) throws IOException {
        Path file = file("{\"span_id\": \"a\", \"trace_id\": \"ok\", \"start_time\": \"2026-01-01T00:00:00Z\","
                + " \"end_time\": \"2026-01-01T00:00:00Z\", \"attributes\": {\"gen_ai.input.messages\":"
                + " [{\"role\": \"user\", \"content\": \"a\"}]}}\n{" + keys + "}\n");

        refuses(file, TalkFormat.OTEL, 2, reason);
        skips(file, TalkFormat.OTEL, 2, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | it is not an array of turns
            [] | it has no turns
            [{"messages": []}] | [0].messages is empty
            [{"messages": [{"role": "user", "content": "a"}], "tokens": 3}] | [0].tokens is not a key of this format, whose keys here are messages, prompt_tokens
            [{"messages": [{"role": "user", "content": "a"}]}, {"messages": [{"role": "system", "content": "a"}]}] | [1].messages has a system message, which stands in the first turn or nowhere
            [{"messages": [{"role": "user", "content": "a"}]}, {"messages": [{"role": "assistant", "content": "a"}]}] | [1].messages asks nothing
            """)
    void namesWhatIsWrongWithSglang(String entry, String reason) throws IOException {
        Path file = file("{\"conversations\": [[" + USER + "],\n" + entry + "]}");

        refuses(file, TalkFormat.SGLANG, 2, reason);
        skips(file, TalkFormat.SGLANG, 2, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "turn": 0, "role": "user", "content": "a" | conversation_id is missing
            "conversation_id": "c", "role": "user", "content": "a" | turn is missing
            "conversation_id": "c", "turn": 0, "role": "user", "content": "" | content is empty
            "conversation_id": "c", "turn": 0, "role": "robot", "content": "a" | role is 'robot', none of system, user, assistant and tool
            "conversation_id": "c", "turn": 0, "role": "assistant", "content": "a" | role is the assistant, whom nobody has asked
            "conversation_id": "c", "turn": 0, "role": "tool", "content": "a" | role is a tool, and nobody has called one
            "conversation_id": "c", "turn": 0, "role": "user", "content": "a", "delay": 1 | delay is not a key of this format, whose keys here are content, conversation_id, delay_seconds, role, system, tool_calls, tool_results, tools, turn
            "conversation_id": "ok", "turn": 0, "role": "user", "content": "a" | turn is 0, and the row ahead of it has 1
            "conversation_id": "ok", "turn": 2, "role": "user", "content": "a", "system": "b" | system stands behind the first row, and a system message stands first or nowhere
            "conversation_id": "ok", "turn": 2, "role": "tool", "content": "a" | role is a tool, and the row ahead of it is no answer that calls one
            """)
    void namesWhatIsWrongWithMlcommons(String keys, String reason) throws IOException {
        refuses(
                file("{\"conversation_id\": \"ok\", \"turn\": 1, \"role\": \"user\", \"content\": \"a\"}\n{" + keys
                        + "}\n"),
                TalkFormat.MLCOMMONS,
                2,
                reason);
    }

    @Test
    void passesOverTheWholeConversationOfABadRow() throws IOException {
        Path file = file("""
                {"conversation_id": "a", "turn": 0, "role": "user", "content": "a"}
                {"conversation_id": "b", "turn": 0, "role": "user", "content": "a"}
                {"conversation_id": "b", "turn": 1, "role": "robot", "content": "a"}
                {"conversation_id": "b", "turn": 2, "role": "user", "content": "a"}
                {"conversation_id": "c", "turn": 0, "role": "user", "content": "a"}
                {"conversation_id": "a", "turn": 1, "role": "user", "content": "a"}
                """);

        try (TalkFile talks = TalkFile.open(file, new TalkSettings(TalkFormat.MLCOMMONS, Optional.empty(), true, 0))) {
            assertThat(all(talks)).extracting(RecordedSession::id).containsExactly("a", "c");
            assertThat(talks.skipped())
                    .isEqualTo("2 entries of " + file + " can't be read and were passed over: " + file
                            + ", line 3: role is 'robot', none of system, user, assistant and tool");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"payloads": [{}]} | session_id is missing
            {"session_id": "s", "payloads": []} | payloads is empty
            {"session_id": "s", "payloads": [7]} | payloads[0] is not a JSON object
            {"session_id": "s", "payload": [{}], "payloads": [{}]} | payload is not a key of this format, whose keys here are payloads, session_id
            """)
    void namesWhatIsWrongWithInputsJson(String entry, String reason) throws IOException {
        Path file = file("{\"data\": [{\"session_id\": \"ok\", \"payloads\": [{}]},\n" + entry + "]}");

        refuses(file, TalkFormat.INPUTS_JSON, 2, reason);
        skips(file, TalkFormat.INPUTS_JSON, 2, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "filetype": "x" | filetype is 'x', not generate_conversations
            "filetype": "generate_conversations" | prompt_input is missing
            "filetype": "generate_conversations", "prompt_input": {"num_turns": {}}, "prompt_output": {} | num_conversations is missing
            "filetype": "generate_conversations", "num_conversations": 1, "prompt_input": {"num_turns": {"distribution": "normal"}}, "prompt_output": {} | prompt_input.num_turns.distribution is 'normal', none of constant, uniform, lognormal, zipf and poisson
            "filetype": "generate_conversations", "num_conversations": 1, "prompt_input": {"num_turns": {"distribution": "zipf", "alpha": 1}}, "prompt_output": {} | prompt_input.num_turns: alpha is 1.0, not above 1
            "filetype": "generate_conversations", "num_conversations": 1, "prompt_input": {"num_turns": {"distribution": "uniform", "min": 4, "max": 3}}, "prompt_output": {} | prompt_input.num_turns: max is 3, below min, 4
            "filetype": "generate_conversations", "num_conversations": 1, "prompt_input": {"num_turns": {"distribution": "lognormal", "average": 4, "median_ratio": 2}}, "prompt_output": {} | prompt_input.num_turns: median_ratio is 2.0, not above 0 and up to 1
            "filetype": "generate_conversations", "num_conversations": 1, "prompt_input": {"num_turns": {"distribution": "constant", "value": 4, "max": 2}}, "prompt_output": {} | prompt_input.num_turns.max is not a key of this format, whose keys here are distribution, value
            """)
    void namesWhatIsWrongWithADescriptionOfVllm(String keys, String reason) throws IOException {
        refuses(file("{" + keys + "}"), TalkFormat.VLLM_MULTI_TURN, 1, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [] | the file is not a JSON object with the array 'data'
            {"data": 7} | data is not an array
            {"date": []} | date is not a key of this format, whose keys here are data
            {} | data is missing
            {"data": [{"session_id": "s" | it is not whole JSON: it ends too early
            """)
    void namesWhatIsWrongWithAFileAsAWhole(String text, String reason) throws IOException {
        refuses(file(text), TalkFormat.INPUTS_JSON, 1, reason);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("talks"), text);
    }

    private static void refuses(Path file, TalkFormat format, int line, String reason) throws IOException {
        try (TalkFile talks = TalkFile.open(file, TalkSettings.of(format))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> all(talks))
                    .withMessage(file + ", line " + line + ": " + reason);
        }
    }

    /** With one good entry beside the bad one. */
    private static void skips(Path file, TalkFormat format, int line, String reason) throws IOException {
        try (TalkFile talks = TalkFile.open(file, new TalkSettings(format, Optional.empty(), true, 0))) {
            assertThat(all(talks)).hasSize(1);
            assertThat(talks.skipped())
                    .isEqualTo("1 entry of " + file + " can't be read and was passed over: " + file + ", line " + line
                            + ": " + reason);
        }
    }

    private static List<RecordedSession> all(TalkFile file) throws IOException {
        List<RecordedSession> sessions = new ArrayList<>();
        for (Optional<RecordedSession> next = file.next(); next.isPresent(); next = file.next()) {
            sessions.add(next.get());
        }
        return sessions;
    }
}
