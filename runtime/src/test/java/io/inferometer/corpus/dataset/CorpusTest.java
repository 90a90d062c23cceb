package io.inferometer.corpus.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.CorpusSpec;
import io.inferometer.corpus.PrefixedPrompts;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
    private static final CorpusSpec SPEC =
            CorpusSpec.DEFAULT.count(200).tokens(512).overlap(0.3).tokenizer("gpt-3.5-turbo");

    @TempDir
    Path directory;

    @Test
    void writesTheCorpusAndSaysWhatItIs() throws IOException {
        List<Long> progress = new ArrayList<>();

        Corpus corpus = Corpus.generate(SPEC, directory.resolve("data"), false, progress::add);

        assertThat(corpus.file())
                .isEqualTo(directory.resolve(
                        "data/requests_count-200_tokens-512_prefix-0p30_tokenizer-gpt-3.5-turbo.jsonl"));
        assertThat(corpus.prompts()).isEqualTo(200);
        assertThat(corpus.tokens()).isEqualTo(200 * 512);
        assertThat(corpus.shortest()).isEqualTo(512);
        assertThat(corpus.longest()).isEqualTo(512);
        assertThat(corpus.meanTokens()).isEqualTo(512);
        assertThat(corpus.smallestOverlap()).isEqualTo(154 / 512.0);
        assertThat(corpus.largestOverlap()).isEqualTo(154 / 512.0);
        assertThat(progress).hasSize(200).startsWith(1L, 2L).endsWith(199L, 200L);
        assertThat(PromptFile.read(corpus.file()).size()).isEqualTo(200);
        assertThat(PromptFile.read(corpus.file()).get(7))
                .isEqualTo(PrefixedPrompts.of(SPEC).get(7));
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        Path one = Corpus.generate(SPEC, directory.resolve("one"), false, done -> {})
                .file();
        Path two = Corpus.generate(SPEC, directory.resolve("two"), false, done -> {})
                .file();
        Path other = Corpus.generate(SPEC.seed(1), directory.resolve("other"), false, done -> {})
                .file();

        assertThat(two).hasSameBinaryContentAs(one);
        assertThat(Files.mismatch(one, other)).isNotNegative();
    }

    /** Seals the words, the grammar and the draws: a corpus that somebody cites can be made again. */
    @Test
    void theBytesStayWhatTheyWereInEarlierVersions() throws Exception {
        Path file = Corpus.generate(SPEC, directory, false, done -> {}).file();

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("6a0d0d4af939f11d86f68a5a3c26b503c5f664981f91dbbf55333d79583aaa56");
    }

    @Test
    void refusesAnExistingFileBeforeAnythingIsLoaded() throws IOException {
        CorpusSpec unloadable = SPEC.tokenizer("no-such-tokenizer");
        Path file = Files.writeString(directory.resolve(unloadable.fileName()), "mine");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> Corpus.generate(unloadable, directory, false, done -> {}))
                .withMessage(file + ": it exists already and is not replaced unless forced");

        assertThat(file).hasContent("mine");
    }

    @Test
    void makesNoDirectoryForACorpusThatCannotBe() {
        Path data = directory.resolve("data");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corpus.generate(SPEC.tokenizer("no-such-tokenizer"), data, false, done -> {}));

        assertThat(data).doesNotExist();
    }
}
