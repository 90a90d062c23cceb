package io.inferometer.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordsTest {
    private static final Path SHELL = Path.of("/bin/sh");

    /** The words stand between bars. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "--transport nio ~ --transport|nio",
                "a   b ~ a|b",
                "a' b 'c ~ a b c",
                "'' \"\" ~ |",
                "a\\ b ~ a b",
                "\"a b\" ~ a b",
                "'a\\b' ~ a\\b",
                "\"a\\b\" ~ a\\b",
                "\"a\\\"b\" ~ a\"b",
                "\"a\\\\b\\$c\\`d\" ~ a\\b$c`d",
                "$HOME `ls` $(ls) * ? ~ $HOME|`ls`|$(ls)|*|?",
                "--header 'X-Team: a \"b\"' ~ --header|X-Team: a \"b\"",
                "--extra-body '{\"top_k\": 1}' ~ --extra-body|{\"top_k\": 1}",
                "a#b #c ~ a#b|#c",
            })
    void splitsAsAShellDoesAndExpandsNothing(String text, String words) {
        assertThat(String.join("|", ShellWords.of("--a", text))).isEqualTo(words);
    }

    @Test
    void blanksAreNoWordAndEmptyQuotesAreOne() {
        assertThat(ShellWords.of("--a", " \t\n ")).isEmpty();
        assertThat(ShellWords.of("--a", "''")).containsExactly("");
        assertThat(ShellWords.of("--a", "a\\\nb \"c\\\nd\" 'e\nf'")).containsExactly("ab", "cd", "e\nf");
    }

    @Test
    void aQuoteThatIsNotClosedIsOneClearLine() {
        assertThatThrownBy(() -> ShellWords.of("--a", "--model 'x"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--a: a quote ' is not closed in --model 'x");
        assertThatThrownBy(() -> ShellWords.of("--b", "\"x\\\""))
                .isInstanceOf(UsageException.class)
                .hasMessage("--b: a quote \" is not closed in \"x\\\"");
        assertThatThrownBy(() -> ShellWords.of("--b", "x\\"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--b: nothing follows the backslash at its end");
    }

    /** Texts of letters that a shell would neither expand nor take for an operator. */
    @Test
    void aShellSplitsTheSame() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(SHELL), "there is no " + SHELL);
        Random random = new Random(7);
        StringBuilder script = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String text = text(random);
            try {
                ShellWords.of("--a", text).forEach(word -> expected.add("<" + word + ">"));
            } catch (UsageException e) {
                continue;
            }
            expected.add(".");
            script.append("p ").append(text).append("\n");
        }

        Process shell = new ProcessBuilder(
                        SHELL.toString(),
                        "-c",
                        "p() { [ $# -eq 0 ] || printf '<%s>\\n' \"$@\"; printf '.\\n'; }\n" + script)
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();

        assertThat(Arrays.asList(said.split("\n"))).isEqualTo(expected);
    }

    private static String text(Random random) {
        String letters = "ab  '\"\\\\";
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
