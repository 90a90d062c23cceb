package io.inferometer.corpus.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TraceFileTest {
    @TempDir
    Path directory;

    @Test
    void readsMooncakesLinesWithTimesInMilliseconds() throws IOException {
        List<TracedRequest> read = read(TraceFormat.MOONCAKE, """
                {"timestamp": 0, "input_length": 600, "output_length": 52, "hash_ids": [0, 1]}

                {"timestamp": 2500.5, "input_length": 1024, "output_length": 1, "hash_ids": [0]}
                """);

        assertThat(read)
                .containsExactly(
                        new TracedRequest(1, at(0), blocks(600, 512, 0, 1), OptionalInt.of(52), Map.of()),
                        new TracedRequest(3, at(2500.5), blocks(1024, 512, 0), OptionalInt.of(1), Map.of()));
    }

    @Test
    void takesAUnitThatIsDeclaredInPlaceOfTheFormatsOwn() throws IOException {
        Path file = write("t.jsonl", "{\"timestamp\": 2.5, \"input_length\": 6, \"output_length\": 5}");
        TraceSettings seconds = new TraceSettings(TraceFormat.MOONCAKE, Optional.of(TimeUnit.SECONDS), 0, false);

        try (TraceFile trace = TraceFile.open(file, seconds)) {
            assertThat(trace.next().orElseThrow().at()).contains(Duration.ofMillis(2500));
        }
    }

    @Test
    void readsAiperfsPromptsInEachOfTheirForms() throws IOException {
        List<TracedRequest> read = read(TraceFormat.AIPERF, """
                {"timestamp": 0, "input_length": 600, "hash_ids": [0, 1], "session_id": "a"}
                {"timestamp": 10, "text_input": "Hello", "output_length": 7, "extra": {"top_k": 1, "n": null}}
                {"timestamp": 10, "messages": [{"role": "user", "content": "Hi"}], "tools": [{"type": "function"}]}
                {"timestamp": 30, "payload": {"model": "m", "messages": []}, "message_mode": "history"}
                """);

        assertThat(read).extracting(TracedRequest::at).containsExactly(at(0), at(10), at(10), at(30));
        assertThat(read)
                .extracting(TracedRequest::asked)
                .containsExactly(
                        blocks(600, 512, 0, 1),
                        new Asked.Text("Hello", List.of()),
                        new Asked.Messages("[{\"role\":\"user\",\"content\":\"Hi\"}]"),
                        new Asked.Payload("{\"model\":\"m\",\"messages\":[]}"));
        assertThat(read.get(1).fields()).isEqualTo(Map.of("top_k", "1", "n", "null"));
        assertThat(read.get(2).fields()).isEqualTo(Map.of("tools", "[{\"type\":\"function\"}]"));
    }

    @Test
    void readsBailiansChatsInBlocksOfSixteen() throws IOException {
        List<TracedRequest> read = read(TraceFormat.BAILIAN, """
                {"chat_id": 7, "parent_chat_id": -1, "timestamp": 61.114, "input_length": 20, "output_length": 5, "type": "text", "turn": 1, "hash_ids": [3, 4]}
                {"chat_id": 9, "parent_chat_id": 7, "timestamp": 62, "input_length": 30, "output_length": 5, "type": "text", "turn": 2, "hash_ids": [3, 5]}
                """);

        assertThat(read)
                .containsExactly(
                        new TracedRequest(1, at(61_114), blocks(20, 16, 3, 4), OptionalInt.of(5), Map.of()),
                        new TracedRequest(2, at(62_000), blocks(30, 16, 3, 5), OptionalInt.of(5), Map.of()));
    }

    @Test
    void readsAzuresRowsFromTheFirstOneOn() throws IOException {
        String rows = """
                TIMESTAMP,ContextTokens,GeneratedTokens
                2023-11-16 18:15:46.6805900,374,44
                2023-11-16 18:15:50.9951690,396,109
                """;

        assertThat(read(TraceFormat.AZURE, rows))
                .containsExactly(
                        new TracedRequest(2, at(0), blocks(374, 374), OptionalInt.of(44), Map.of()),
                        new TracedRequest(3, at(4314.579), blocks(396, 396), OptionalInt.of(109), Map.of()));
        assertThat(read(TraceFormat.AZURE, rows.replace("00,", "00+00:00,").replace("90,", "90+00:00,")))
                .extracting(TracedRequest::at)
                .containsExactly(at(0), at(4314.579));
    }

    @Test
    void readsBurstGptsRowsInSeconds() throws IOException {
        assertThat(read(TraceFormat.BURSTGPT, """
                Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
                5,ChatGPT,472,18,490,Conversation log
                45.5,GPT-4,1087,230,1317,API log
                """))
                .containsExactly(
                        new TracedRequest(2, at(5000), blocks(472, 472), OptionalInt.of(18), Map.of()),
                        new TracedRequest(3, at(45_500), blocks(1087, 1087), OptionalInt.of(230), Map.of()));
    }

    @Test
    void readsAiperfsSingleTurns() throws IOException {
        List<TracedRequest> read = read(TraceFormat.SINGLE_TURN, """
                {"text": "Hello", "timestamp": 5, "output_length": 7, "session_id": "s", "role": "user"}
                {"texts": ["One", "two"], "images": ["https://a/b.png"], "timestamp": 9, "extra": {"top_k": 1}}
                """);

        assertThat(read)
                .containsExactly(
                        new TracedRequest(1, at(5), new Asked.Text("Hello", List.of()), OptionalInt.of(7), Map.of()),
                        new TracedRequest(
                                2,
                                at(9),
                                new Asked.Text("One\ntwo", List.of("https://a/b.png")),
                                OptionalInt.empty(),
                                Map.of("top_k", "1")));
    }

    @Test
    void readsDataSetsInNoTime() throws IOException {
        assertThat(read(TraceFormat.CUSTOM, """
                {"prompt": "Hello", "output_tokens": 7}
                {"prompt": "Hi"}
                """))
                .containsExactly(
                        untimed(1, new Asked.Text("Hello", List.of()), OptionalInt.of(7)),
                        untimed(2, new Asked.Text("Hi", List.of()), OptionalInt.empty()));
        assertThat(read(TraceFormat.OPENAI_BATCH, """
                {"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "m"}}
                """))
                .containsExactly(untimed(1, new Asked.Payload("{\"model\":\"m\"}"), OptionalInt.empty()));
        assertThat(read(TraceFormat.RAW_PAYLOAD, """
                {"model": "m", "top_k": 1}
                {"payload": {"model": "n"}}
                """))
                .containsExactly(
                        untimed(1, new Asked.Payload("{\"model\":\"m\",\"top_k\":1}"), OptionalInt.empty()),
                        untimed(2, new Asked.Payload("{\"model\":\"n\"}"), OptionalInt.empty()));
    }

    @Test
    void readsGuideLlmsColumnsByTheirOtherNames() throws IOException {
        assertThat(read(TraceFormat.GUIDELLM, """
                {"question": "Why?", "system": "Be brief.", "output_tokens_count": 7, "more": [1]}
                {"messages": [{"role": "user", "content": "Hi"}]}
                """))
                .containsExactly(
                        untimed(1, new Asked.Text("Be brief.\nWhy?", List.of()), OptionalInt.of(7)),
                        untimed(
                                2,
                                new Asked.Messages("[{\"role\":\"user\",\"content\":\"Hi\"}]"),
                                OptionalInt.empty()));
        Path table = write("g.csv", "id,instruction,output_tokens_count\n1,\"Say, please\",7\n2,Hi,\n");
        assertThat(read(table, TraceSettings.of(TraceFormat.GUIDELLM)))
                .containsExactly(
                        untimed(2, new Asked.Text("Say, please", List.of()), OptionalInt.of(7)),
                        untimed(3, new Asked.Text("Hi", List.of()), OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            MOONCAKE | {"timestamp": 0, "input_length": 6, "output": 5} | 'output' is no key of this format; there are hash_ids, input_length, output_length, timestamp; it is read as format=mooncake
            MOONCAKE | {"input_length": 6, "output_length": 5} | it has no 'timestamp'
            MOONCAKE | {"timestamp": "0", "input_length": 6} | 'timestamp' is "0", not a number
            MOONCAKE | {"timestamp": -1, "input_length": 6} | 'timestamp' is -1, not a time from 0 on
            MOONCAKE | {"timestamp": 1e99, "input_length": 6} | 'timestamp' is 1E+99, not a time from 0 on
            MOONCAKE | {"timestamp": 0, "input_length": 6.5} | 'input_length' is 6.5, not a whole number from 1
            MOONCAKE | {"timestamp": 0, "input_length": 6, "output_length": 0} | 'output_length' is 0, not a whole number from 1
            MOONCAKE | {"timestamp": 0, "input_length": 6, "hash_ids": 7} | 'hash_ids' is 7, not a list
            MOONCAKE | {"timestamp": 0, "input_length": 6, "hash_ids": ["a"]} | 'hash_ids' holds "a", not a whole number
            MOONCAKE | {"timestamp": 0, "input_length": 6, "hash_ids": [1, 2]} | 'hash_ids' doesn't fit 'input_length': 6 tokens are 1 block of 512, and there are 2 ids
            MOONCAKE | {"timestamp": 0, "input_length": 6 | the file ends within it: it is not whole JSON
            MOONCAKE | [1] | it is not a JSON object
            MOONCAKE | {"timestamp": 0, "timestamp": 1, "input_length": 6} | it is not JSON: Duplicate field 'timestamp'
            AIPERF | {"timestamp": 0} | it has none of input_length, text_input, messages, payload
            AIPERF | {"timestamp": 0, "input_length": 6, "text_input": "a"} | it has both 'input_length' and 'text_input', and can mean one alone
            AIPERF | {"timestamp": 0, "text_input": "a", "hash_ids": [1]} | 'hash_ids' describe a prompt of which 'input_length' is known, and it has 'text_input'
            AIPERF | {"timestamp": 0, "payload": {}, "extra": {"a": 1}} | 'payload' is sent as it is, and it has 'extra' beside it
            AIPERF | {"timestamp": 0, "messages": [{"content": "a"}]} | 'messages' holds {"content":"a"}, not an object with a role
            AIPERF | {"delay": 5, "text_input": "a"} | 'delay' waits for the answer before it, so it is a turn of a session: give every line a 'timestamp', or write sessions as multi-turn for Conversations
            AIPERF | {"timestamp": 0, "text_input": "a", "message_mode": "delta"} | 'message_mode' is "delta", so its messages go on with earlier ones: write sessions as multi-turn for Conversations
            BAILIAN | {"chat_id": 1, "parent_chat_id": 5, "timestamp": 0, "input_length": 6} | it goes on with chat 5, which doesn't stand before it
            BAILIAN | {"chat_id": "a", "timestamp": 0, "input_length": 6} | 'chat_id' is "a", not a whole number
            SINGLE_TURN | {"text": "a", "timestamp": 0, "delay": 5} | it has both 'timestamp' and 'delay', and can mean one alone
            SINGLE_TURN | {"text": ""} | 'text' is empty
            SINGLE_TURN | {"timestamp": 0} | it has no 'text'
            SINGLE_TURN | {"texts": ["a", 1]} | 'texts' holds 1, not a text
            SINGLE_TURN | {"text": "a", "role": "system"} | 'role' is "system", and a single turn is a user's
            CUSTOM | {"output_tokens": 6} | it has no 'prompt'
            CUSTOM | {"prompt": 6} | 'prompt' is 6, not a string
            GUIDELLM | {"promt": "a"} | it has none of prompt, instruction, question, input, context, content, text, messages
            OPENAI_BATCH | {"custom_id": "1", "method": "GET", "url": "/v1/x", "body": {}} | 'method' is "GET", and only POST asks for an answer
            OPENAI_BATCH | {"custom_id": "1", "url": "/v1/x"} | it has no 'body'
            RAW_PAYLOAD | {"payload": {"a": 1}, "model": "m"} | beside 'payload' it has other keys, which would not be sent
            """)
    void namesTheLineAndWhatIsWrongWithIt(TraceFormat format, String line, String reason) throws IOException {
        Path file = write("bad.jsonl", line);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(file, TraceSettings.of(format)))
                .withMessage(file + ", line 1: " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AZURE | TIMESTAMP,ContextTokens | line 1: it has no column 'GeneratedTokens'; it has 'TIMESTAMP', 'ContextTokens'
            AZURE | TIMESTAMP,ContextTokens,GeneratedTokens,x | line 1: 'x' is no column of this format; there are 'TIMESTAMP', 'ContextTokens', 'GeneratedTokens'
            AZURE | TIMESTAMP,ContextTokens,GeneratedTokens;now,1,2 | line 2: 'TIMESTAMP' is now, not a date and time such as 2023-11-16 18:15:46.6805900
            AZURE | TIMESTAMP,ContextTokens,GeneratedTokens;2023-11-16 18:15:46,1 | line 2: it has 2 fields under 3 titles
            AZURE | TIMESTAMP,ContextTokens,GeneratedTokens;2023-11-16 18:15:46,1,2;2023-11-16 18:15:45,1,2 | line 3: its time, 2023-11-16 18:15:45, is before that of the first row
            BURSTGPT | Timestamp,Request tokens,Response tokens;5,1,0 | line 2: 'Response tokens' is 0, so there is nothing to ask for; --skip-bad-lines leaves such rows out
            BURSTGPT | Timestamp,Request tokens,Response tokens;-5,1,1 | line 2: 'Timestamp' is -5, not a time from 0 on
            BURSTGPT | Timestamp,Request tokens,Response tokens;5,1.5,1 | line 2: 'Request tokens' is 1.5, not a whole number from 1
            BURSTGPT | Timestamp,Request tokens,Response tokens;5,1,1;4,1,1 | line 3: its time, 4 s, is before that of the line before it, 5 s; sort the file by time
            """)
    void namesTheRowAndWhatIsWrongWithIt(TraceFormat format, String rows, String problem) throws IOException {
        Path file = write("bad.csv", rows.replace(';', '\n'));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(file, TraceSettings.of(format)))
                .withMessage(file + ", " + problem);
    }

    @Test
    void refusesTimesThatGoBackAndChatsAndPathsThatDoNotFit() throws IOException {
        Path back = write("back.jsonl", """
                {"timestamp": 7, "input_length": 6}
                {"timestamp": 6, "input_length": 6}
                """);
        Path twice = write("twice.jsonl", """
                {"chat_id": 7, "timestamp": 7, "input_length": 6}
                {"chat_id": 7, "timestamp": 8, "input_length": 6}
                """);
        Path paths = write("paths.jsonl", """
                {"custom_id": "1", "method": "POST", "url": "/v1/a", "body": {}}
                {"custom_id": "2", "method": "POST", "url": "/v1/b", "body": {}}
                """);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(back, TraceSettings.of(TraceFormat.MOONCAKE)))
                .withMessage(back + ", line 2: its time, 0.006 s, is before that of the line before it, 0.007 s; sort"
                        + " the file by time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(twice, TraceSettings.of(TraceFormat.BAILIAN)))
                .withMessage(twice + ", line 2: chat 7 stands there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(paths, TraceSettings.of(TraceFormat.OPENAI_BATCH)))
                .withMessage(
                        paths + ", line 2: 'url' is \"/v1/b\", and those before it go to /v1/a; a run asks one path");
    }

    @Test
    void passesOverBadLinesAndCountsThemWhereItIsAsked() throws IOException {
        Path file = write("some.jsonl", """
                {"timestamp": 5, "input_length": 6}
                nonsense
                {"timestamp": 4, "input_length": 6}
                {"timestamp": 6, "input_length": 7}
                """);
        TraceSettings skip = new TraceSettings(TraceFormat.MOONCAKE, Optional.empty(), 0, true);

        try (TraceFile trace = TraceFile.open(file, skip)) {
            assertThat(trace.next().orElseThrow().line()).isEqualTo(1);
            assertThat(trace.skipped()).isEmpty();
            assertThat(trace.next().orElseThrow().line()).isEqualTo(4);
            assertThat(trace.next()).isEmpty();
            assertThat(trace.skipped())
                    .startsWith("2 lines of " + file + " can't be read and were passed over: " + file
                            + ", line 2: it is not JSON: Unrecognized token 'nonsense'");
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AZURE", "BURSTGPT"})
    void refusesAFileWithoutRequests(TraceFormat format) throws IOException {
        Path file = write("empty.jsonl", "\n\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(file, TraceSettings.of(format)))
                .withMessage(file + " holds no requests");
    }

    @Test
    void refusesAUnitAndBlocksWhereThereAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TraceSettings(TraceFormat.AZURE, Optional.of(TimeUnit.SECONDS), 0, false))
                .withMessage("the times of azure are dates, which have no unit; leave out --time-unit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TraceSettings(TraceFormat.BURSTGPT, Optional.empty(), 16, false))
                .withMessage("burstgpt has no blocks of tokens; leave out block");
    }

    @Test
    void namesTheFormatsThatThereAre() {
        assertThat(TraceFormat.of("openai-batch", TraceFormat.UNTIMED)).isEqualTo(TraceFormat.OPENAI_BATCH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceFormat.of("moon", TraceFormat.TIMED))
                .withMessage(
                        "format=moon is none; -p format= takes mooncake, aiperf, azure, burstgpt, bailian, single-turn");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceFormat.of("custom", TraceFormat.TIMED))
                .withMessage(
                        "format=custom is not for this workload; -p format= takes mooncake, aiperf, azure, burstgpt,"
                                + " bailian, single-turn");
    }

    @Test
    void readsBehindAMarkAndAcrossLineEndsOfEveryKindAndKeepsEqualTimesInOrder() throws IOException {
        String line = "{\"timestamp\": 5, \"input_length\": 6, \"output_length\": 5}";

        List<TracedRequest> read = read(TraceFormat.MOONCAKE, "\uFEFF" + line + "\r\n" + line + "\r\n\r\n" + line);

        assertThat(read).extracting(TracedRequest::line).containsExactly(1L, 2L, 4L);
        assertThat(read).extracting(TracedRequest::at).containsOnly(at(5));
    }

    @Test
    void passesOverALineThatIsTooLong() throws IOException {
        String line = "{\"prompt\": \"Hello\"}\n";
        Path file = write("long.jsonl", line + "{\"prompt\": \"" + "x".repeat(64 << 20) + "\"}\n" + line);

        try (TraceFile trace = TraceFile.open(file, new TraceSettings(TraceFormat.CUSTOM, Optional.empty(), 0, true))) {
            assertThat(trace.next().orElseThrow().line()).isEqualTo(1);
            assertThat(trace.next().orElseThrow().line()).isEqualTo(3);
            assertThat(trace.next()).isEmpty();
            assertThat(trace.skipped())
                    .isEqualTo("1 line of " + file + " can't be read and was passed over: " + file
                            + ", line 2: it is longer than 64 MiB; a file of JSON lines has an object a line");
        }
    }

    private List<TracedRequest> read(TraceFormat format, String text) throws IOException {
        return read(write("trace.jsonl", text), TraceSettings.of(format));
    }

    private static List<TracedRequest> read(Path file, TraceSettings settings) throws IOException {
        List<TracedRequest> all = new ArrayList<>();
        try (TraceFile trace = TraceFile.open(file, settings)) {
            for (Optional<TracedRequest> next = trace.next(); next.isPresent(); next = trace.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static TracedRequest untimed(long line, Asked asked, OptionalInt outputTokens) {
        return new TracedRequest(line, Optional.empty(), asked, outputTokens, Map.of());
    }

    private static Optional<Duration> at(double millis) {
        return Optional.of(Duration.ofNanos(Math.round(millis * 1e6)));
    }

    private static Asked blocks(int tokens, int block, long... ids) {
        return new Asked.Blocks(
                new HashBlocks(tokens, LongStream.of(ids).boxed().toList(), block));
    }
}
