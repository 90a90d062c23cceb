package io.inferometer.corpus.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.CorpusPrompt;
import io.inferometer.corpus.CorpusSpec;
import io.inferometer.corpus.PrefixedPrompts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptFileTest {
    @TempDir
    Path directory;

    @Test
    void readsTheFieldsItKnowsAndIgnoresOthers() throws IOException {
        Path file = file("p.jsonl", """
                {"text": "One\\nline", "tokens": 3, "prefix_tokens": 0}

                {"id": 7, "prompt": "Two", "output_tokens": 64, "more": {"a": [1]}}
                """);

        assertThat(PromptFile.read(file).prompts())
                .containsExactly(
                        new CorpusPrompt("One\nline", OptionalInt.of(3), OptionalInt.of(0), OptionalInt.empty()),
                        new CorpusPrompt("Two", OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(64)));
    }

    @Test
    void takesEachLineOfAnyOtherFileAsAPrompt() throws IOException {
        Path file = file("prompts.txt", "\ufeffEinz {\"text\"\r\n\r\n  zwölf \nlast");

        assertThat(PromptFile.read(file).prompts())
                .extracting(CorpusPrompt::text)
                .containsExactly("Einz {\"text\"", "  zwölf ", "last");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"text": "a"} x                | it is not JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            {"text": "a"                   | it is not JSON: Unexpected character ('{' (code 123)): was expecting comma to separate Object entries
            {"text": "a", "text": "b"}     | it is not JSON: Duplicate field 'text'
            7                              | it is not a JSON object
            [["a"]]                        | it is not a JSON object
            {"id": 1, "answer": "a"}       | it has no prompt, in 'prompt', 'text', 'messages', 'conversations' or another known field, but 'id', 'answer'
            {"messages": "a"}              | its 'messages' is not an array
            {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]} | a part of its 'messages' is no text, and only texts are read as prompts
            {"text": "a", "prompt": "b"}   | it has both 'text' and 'prompt'
            {"prompt": 5}                  | its 'prompt' is not a string
            {"text": ""}                   | its 'text' is empty
            {"text": "a", "output_tokens": 0}    | its 'output_tokens' is 0, not a whole number from 1
            {"text": "a", "output_tokens": "9"}  | its 'output_tokens' is "9", not a whole number from 1
            {"text": "a", "tokens": 1.5}         | its 'tokens' is 1.5, not a whole number from 1
            """)
    void namesABadLineAndWhatIsWrongWithIt(String line, String reason) throws IOException {
        Path file = file("bad.jsonl", "{\"text\": \"fine\"}\n\n" + line + "\n{\"text\": \"fine\"}\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptFile.read(file))
                .withMessage(file + ", line 3: " + reason);
    }

    @Test
    void namesALineThatIsNotUtf8() throws IOException {
        Path file = directory.resolve("latin1.txt");
        Files.write(file, "ok\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptFile.read(file))
                .withMessage(file + ", line 2: it is not UTF-8");
    }

    @Test
    void stopsAtALineWithoutEnd() {
        PromptLines lines = new PromptLines(new EndlessLine(), "endless.bin");

        assertThatIllegalArgumentException()
                .isThrownBy(lines::hasNext)
                .withMessage("endless.bin, line 1: it is longer than 16 MiB; a prompt file has one prompt a line");
    }

    @Test
    void saysSoWhenThereAreNoPromptsOrNoFile() throws IOException {
        Path empty = file("empty.jsonl", "\n\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptFile.read(empty))
                .withMessage(empty + " holds no prompts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptFile.read(directory.resolve("none.jsonl")))
                .withMessage(directory.resolve("none.jsonl") + ": there is no such file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PromptFile.read(directory))
                .withMessage(directory + " is a directory, not a file of prompts");
    }

    @Test
    void makesUpWhatADescriptionAsksFor() {
        CorpusSpec spec = CorpusSpec.DEFAULT.count(3).tokens(40);

        PromptFile made = PromptFile.of(spec);

        assertThat(made.size()).isEqualTo(3);
        assertThat(made.get(2)).isEqualTo(PrefixedPrompts.of(spec).get(2));
    }

    @Test
    void streamsUpToTheFirstBadLine() throws IOException {
        Path file = file("p.jsonl", "{\"text\": \"1\"}\n{\"text\": \"2\"}\nbroken\n");

        try (Stream<CorpusPrompt> prompts = PromptFile.stream(file)) {
            assertThat(prompts.limit(2).map(CorpusPrompt::text)).containsExactly("1", "2");
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = directory.resolve("written.jsonl");
        List<CorpusPrompt> prompts = List.of(
                CorpusPrompt.of("\"quoted\" \\ \u0001\u2028 \ud83e\udd9c\n"),
                new CorpusPrompt("b", OptionalInt.of(1), OptionalInt.of(0), OptionalInt.of(9)));

        PromptFile.write(file, prompts.iterator(), false);

        assertThat(PromptFile.read(file).prompts()).isEqualTo(prompts);
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(Files.readString(file))
                .endsWith("\n{\"text\":\"b\",\"tokens\":1,\"prefix_tokens\":0,\"output_tokens\":9}\n");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void replacesAFileOnlyWhenForced() throws IOException {
        Path file = file("kept.jsonl", "old");
        Iterator<CorpusPrompt> untouched = List.of(CorpusPrompt.of("new")).iterator();

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> PromptFile.write(file, untouched, false))
                .withMessage(file + ": it exists already and is not replaced unless forced");
        assertThat(untouched).hasNext();
        assertThat(file).hasContent("old");

        PromptFile.write(file, untouched, true);

        assertThat(file).hasContent("{\"text\":\"new\"}\n");
    }

    @Test
    void leavesNothingBehindWhenPromptsFail() throws IOException {
        Path file = file("kept.jsonl", "old");
        Iterator<CorpusPrompt> failing = IntStream.range(0, 3)
                .mapToObj(i -> CorpusPrompt.of("x".repeat(2 - i)))
                .iterator();

        assertThatIllegalArgumentException().isThrownBy(() -> PromptFile.write(file, failing, true));

        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shufflingHandsOutEveryPromptOnceInAnOrderOfTheSeed() throws IOException {
        PromptFile file = numbered(100);

        List<CorpusPrompt> shuffled = file.shuffled(3).prompts();

        assertThat(new HashSet<>(shuffled)).hasSize(100);
        assertThat(shuffled)
                .isNotEqualTo(file.prompts())
                .isEqualTo(file.shuffled(3).prompts())
                .isNotEqualTo(file.shuffled(4).prompts());
    }

    @Test
    void saysSoWhenThereAreFewerPromptsThanRequests() throws IOException {
        PromptFile file = numbered(3);

        assertThat(file.require(3).get(2).text()).isEqualTo("prompt 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.require(10))
                .withMessage(directory.resolve("numbered.txt")
                        + " holds 3 prompts, too few for 10 requests, each of which needs its own:"
                        + " ask for fewer requests, or generate more prompts");
        assertThatIllegalArgumentException().isThrownBy(() -> file.get(3)).withMessageContaining("too few for 4");
    }

    private PromptFile numbered(int prompts) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < prompts; i++) {
            text.append("prompt ").append(i).append('\n');
        }
        return PromptFile.read(file("numbered.txt", text.toString()));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    /** As /dev/zero would be. */
    private static final class EndlessLine extends InputStream {
        @Override
        public int read() {
            return 'x';
        }
    }
}
