package io.inferometer.corpus.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.CorpusPrompt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes in which people keep prompts. */
class PromptFormatsTest {
    private static final String SHARE_GPT = """
            {"id": "0"},
            {"id": "a", "conversations": [{"from": "human", "value": "How far is the moon?"},
              {"from": "gpt", "value": "Far."}, {"from": "human", "value": "And the sun?"}]},
            {"id": "b", "conversations": []},
            {"id": "c", "conversations": [{"from": "system", "value": "Be kind."}, {"from": "user", "value": "Hello?"}]},
            {"id": "d", "conversations": [{"from": "human", "value": ""}, {"from": "gpt", "value": "What?"}]},
            {"id": "e", "conversations": [{"from": "human"}, {"from": "bing", "value": "Hi."}]},
            {"id": "f", "conversations": null},
            {"id": "g", "conversations": [{"from": "gpt", "value": "Nobody asked."}]},
            {"id": "h"}
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"array", "pretty array with a mark and CRLF", "objects one after the other"})
    void readsWhatUsersAskFirstInShareGptFiles(String shape) throws IOException {
        String text = switch (shape) {
            case "array" -> "[" + SHARE_GPT.replace("\n", " ") + "]";
            case "objects one after the other" -> SHARE_GPT.replace("},\n{", "}\n{");
            default -> "\ufeff\r\n[\r\n" + SHARE_GPT.replace("\n", "\r\n") + "]\r\n";
        };

        PromptFile file = read("sharegpt.json", text);

        assertThat(file.prompts()).extracting(CorpusPrompt::text).containsExactly("How far is the moon?", "Hello?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.require(3))
                .withMessage(
                        directory.resolve("sharegpt.json") + " holds 2 prompts, too few for 3 requests, each of which"
                                + " needs its own: ask for fewer requests, or generate more prompts; in 7 more entries no user asks"
                                + " anything");
    }

    @Test
    void readsMessagesAndTheBodiesOfBatches() throws IOException {
        PromptFile file = read("requests.jsonl", """
                {"messages": [{"role": "user", "content": "One?"}], "max_tokens": 16}
                {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": [{"type": "text", "text": "Two?"}]}]}
                {"custom_id": "3", "url": "/v1/chat/completions", "body": {"messages": [{"role": "User", "content": "Three?"}], "max_completion_tokens": 9}}
                {"custom_id": "4", "url": "/v1/completions", "body": {"prompt": "Four?", "max_tokens": null}}
                {"payload": {"prompt": [{"role": "user", "content": "Five?"}]}}
                """);

        assertThat(file.prompts())
                .containsExactly(
                        prompt("One?", OptionalInt.of(16)),
                        prompt("Two?", OptionalInt.empty()),
                        prompt("Three?", OptionalInt.of(9)),
                        prompt("Four?", OptionalInt.empty()),
                        prompt("Five?", OptionalInt.empty()));
    }

    @Test
    void readsAnArrayOfTexts() throws IOException {
        assertThat(texts("texts.json", "[\n \"One?\",\n \"Two?\"\n]")).containsExactly("One?", "Two?");
    }

    @Test
    void readsTheColumnOfATableThatHasThePrompts() throws IOException {
        PromptFile file = read("prompts.csv", """
                \ufeffId,Prompt,output_tokens\r
                1,"A question
                of two lines",20\r
                2,"He said ""why"", and left",\r
                3,plain, 7
                """);

        assertThat(file.prompts())
                .containsExactly(
                        prompt("A question\nof two lines", OptionalInt.of(20)),
                        prompt("He said \"why\", and left", OptionalInt.empty()),
                        prompt("plain", OptionalInt.of(7)));
        assertThat(texts("semicolons.csv", "a;question\n1;So, or so?\n")).containsExactly("So, or so?");
        assertThat(texts("tabs.tsv", "a\ttext\n1\tSo?\n")).containsExactly("So?");
    }

    @Test
    void refusesATableWithoutSuchAColumn() {
        refuses(
                "nameless.csv",
                "Why is it dark?,20\nWhere am I?,20\n",
                ": none of its columns is named prompt, text, instruction, question, input: give one that title in the first"
                        + " line, or give the prompts in a .jsonl file, or one a line in a .txt file");
        refuses("empty.csv", "", " holds no prompts");
        refuses("hole.csv", "prompt,n\na,1\n,2\n", ", line 3: its prompt is empty");
        refuses(
                "word.csv",
                "prompt,max_tokens\na,many\n",
                ", line 2: its number of output tokens is many, not a whole" + " number from 1");
    }

    @Test
    void saysWhereAFileEndsTooEarly() {
        refuses(
                "cut.json",
                "[\n {\"prompt\": \"a\"},\n {\"prompt\": \"b",
                ", line 3: it is not whole JSON: the file ends within it");
        refuses("cut.json", "[\n {\"prompt\": \"a\"},\n", ", line 3: it is not whole JSON: the file ends within it");
    }

    @Test
    void saysSoWhereNobodyAsksAnything() {
        refuses("none.json", "[]", " holds no prompts");
        refuses(
                "answers.json",
                "[{\"conversations\": []}, {\"messages\": [{\"role\": \"assistant\", \"content\": \"Yes.\"}]}]",
                " holds no prompts: in none of its 2 entries a user asks");
    }

    @Test
    void refusesWhatIsNoTextByItsFirstBytes() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"prompt\": \"a\"}".getBytes(StandardCharsets.UTF_8));
        }

        refuses("prompts.jsonl.gz", packed.toByteArray(), " is compressed (gzip): unpack it first");
        refuses("prompts.jsonl", packed.toByteArray(), " is compressed (gzip): unpack it first");
        refuses(
                "prompts.parquet",
                "PAR1....".getBytes(StandardCharsets.UTF_8),
                " is a Parquet file: convert it to JSON lines or CSV");
        refuses("wide.csv", "\ufeffprompt\n".getBytes(StandardCharsets.UTF_16LE), " is UTF-16: convert it to UTF-8");
        refuses("latin.csv", "prompt\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1), ": it is not UTF-8");
        refuses(
                "latin.jsonl",
                "{\"prompt\": \"caf\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1),
                ", line 1: it is not UTF-8");
    }

    private static CorpusPrompt prompt(String text, OptionalInt outputTokens) {
        return new CorpusPrompt(text, OptionalInt.empty(), OptionalInt.empty(), outputTokens);
    }

    private PromptFile read(String name, String content) throws IOException {
        return PromptFile.read(Files.writeString(directory.resolve(name), content));
    }

    private List<String> texts(String name, String content) throws IOException {
        return read(name, content).prompts().stream().map(CorpusPrompt::text).toList();
    }

    private void refuses(String name, String content, String message) {
        refuses(name, content.getBytes(StandardCharsets.UTF_8), message);
    }

    private void refuses(String name, byte[] content, String message) {
        Path file = directory.resolve(name);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptFile.read(Files.write(file, content)))
                .withMessage(file + message);
    }
}
