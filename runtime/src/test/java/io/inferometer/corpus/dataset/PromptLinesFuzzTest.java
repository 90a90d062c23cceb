package io.inferometer.corpus.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;

/** Any bytes are prompts, or a line that is named. */
class PromptLinesFuzzTest {
    @FuzzTest
    void readsPromptsOrNamesTheLine(byte[] bytes) {
        readsOrNames(bytes, true);
        readsOrNames(bytes, false);
    }

    private static void readsOrNames(byte[] bytes, boolean json) {
        PromptLines lines = new PromptLines(new ByteArrayInputStream(bytes), "prompts.jsonl", json);
        try {
            while (lines.hasNext()) {
                assertThat(lines.next().text()).isNotEmpty();
            }
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("prompts.jsonl, line ");
        }
    }
}
