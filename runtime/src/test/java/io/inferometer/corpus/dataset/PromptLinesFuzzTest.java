package io.inferometer.corpus.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Any bytes are prompts, or a line or a file that is named. */
class PromptLinesFuzzTest {
    @FuzzTest
    void readsPromptsOrNamesTheLine(byte[] bytes) throws IOException {
        readsOrNames(bytes, "prompts.jsonl");
        readsOrNames(bytes, "prompts.csv");
        readsOrNames(bytes, "prompts.txt");
    }

    private static void readsOrNames(byte[] bytes, String name) throws IOException {
        try {
            PromptReader lines = PromptReader.of(name, new ByteArrayInputStream(bytes));
            while (lines.hasNext()) {
                assertThat(lines.next().text()).isNotEmpty();
            }
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith(name);
        }
    }
}
