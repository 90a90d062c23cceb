package io.inferometer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceTokenizersTest {
    /** Reads a letter, a digit or a mark as one token, and begins each text with a special one where it may. */
    private static final Path LETTERS = Path.of("src/test/resources/io/inferometer/huggingface/tokenizer.json")
            .toAbsolutePath();

    @TempDir
    Path dir;

    @Test
    void readsATokenizerByItsPathAndByItsDirectory() {
        Tokenizer byPath = Tokenizers.of(LETTERS.toString());
        Tokenizer byDirectory = Tokenizers.of(LETTERS.getParent().toString());

        assertThat(byPath.name()).isEqualTo(LETTERS.toString());
        assertThat(byPath.encode("a b")).containsExactly(1, 27, 2);
        assertThat(byDirectory.encode("a b")).containsExactly(1, 27, 2);
        assertThat(byPath.decode(1, 27, 2)).isEqualTo("a b");
        assertThat(byPath.vocabularySize()).isEqualTo(28);
        assertThat(byPath.ordinary(1)).isTrue();
        assertThat(byPath.ordinary(0)).as("special").isFalse();
        assertThat(byPath.ordinary(28)).isFalse();
    }

    @Test
    void neverCutsATextOrFillsItUp() {
        assertThat(Tokenizers.of(LETTERS.toString()).count("ab".repeat(5_000))).isEqualTo(10_000);
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        Path broken = Files.writeString(dir.resolve("broken.json"), "{}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizers.of(dir.toString()))
                .withMessage("there is no " + dir.resolve("tokenizer.json"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizers.of(broken.toString()))
                .withMessageStartingWith(broken + " is no tokenizer: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizers.of("nobody"))
                .withMessage("no tokenizer is named 'nobody'; there are: gpt2, gpt-3.5-turbo, gpt-4, gpt-4o, gpt-oss,"
                        + " the path of a tokenizer.json or of its directory, OWNER/MODEL on the Hugging Face hub");
    }
}
