package io.inferometer.corpus.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeUpTraceTest {
    private static final MadeUpTrace TRACE = new MadeUpTrace(5_000, Duration.ofMinutes(5), 0.4, 3000, 100, 7);

    @TempDir
    Path directory;

    @Test
    void isWhatItIsDescribedAs() {
        List<TracedRequest> all = TRACE.all();
        SeenBlocks seen = new SeenBlocks();
        long tokens = 0;
        long shared = 0;
        for (TracedRequest request : all) {
            HashBlocks blocks = ((Asked.Blocks) request.asked()).blocks();
            tokens += blocks.tokens();
            shared += seen.shared(blocks);
            assertThat(blocks.unknownTokens()).isZero();
        }

        assertThat((double) shared / tokens).isCloseTo(0.4, within(0.01));
        assertThat((double) tokens / all.size()).isCloseTo(3000, within(60.0));
        assertThat(all.get(all.size() - 1).at().orElseThrow().toSeconds()).isBetween(280L, 320L);
    }

    @Test
    void isReadAgainAsItWasWritten() throws IOException {
        Path file = directory.resolve("trace.jsonl");
        TRACE.write(file);

        List<TracedRequest> read = new ArrayList<>();
        try (TraceFile trace = TraceFile.open(file, TraceSettings.of(TraceFormat.MOONCAKE))) {
            for (Optional<TracedRequest> next = trace.next(); next.isPresent(); next = trace.next()) {
                read.add(next.get());
            }
        }

        assertThat(read).isEqualTo(TRACE.all());
    }

    @Test
    void makesPromptsOfAPoemNoLongerThanAsked() throws IOException {
        Path poem =
                Files.writeString(directory.resolve("poem.txt"), "Shall I wait\n\nuntil the river\nturns to stone\n");
        SonnetPrompts prompts = new SonnetPrompts(poem, "gpt-4o", 60, 20, 1);

        assertThat(prompts.get(3)).isEqualTo(prompts.get(3)).isNotEqualTo(prompts.get(4));
        assertThat(prompts.get(3)).startsWith("Pick as many lines as you can from these poem lines:\nShall I wait\n");
        for (int i = 0; i < 50; i++) {
            assertThat(prompts.count(prompts.get(i))).isBetween(40, 60);
        }
    }
}
