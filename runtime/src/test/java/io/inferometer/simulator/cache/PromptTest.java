package io.inferometer.simulator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.simulator.engine.TokenCounter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptTest {
    @Test
    void promptsHaveTheBlocksInCommonThatAreTheSameFromTheStart() {
        int[] one = IntStream.range(0, 100).toArray();
        int[] other = one.clone();
        other[50]++;

        assertThat(common(one, one)).isEqualTo(6);
        assertThat(common(one, other)).isEqualTo(3);
        assertThat(common(one, Arrays.copyOf(one, 40))).isEqualTo(2);
        assertThat(common(one, Arrays.copyOfRange(one, 16, 100))).isZero();
    }

    @Test
    void aTemplateStandsBeforeThePrompt() {
        TokenChain with = Prompt.of(new int[] {1, 2, 3}, 3 + 16, 0, 0).chain();
        TokenChain other =
                Prompt.of(IntStream.range(0, 40).toArray(), 40 + 16, 0, 0).chain();

        assertThat(with.blocks()).isEqualTo(1);
        assertThat(common(with, other)).isEqualTo(1);
        assertThat(common(with, chain(1, 2, 3))).isZero();
    }

    @Test
    void aPromptThatHoldsAnAnswerGoesOnFromItsBlocks() {
        Prompt first = Prompt.of(IntStream.range(0, 30).toArray(), 30, 0, 0);
        for (int i = 0; i < 40; i++) {
            first.answer();
        }

        int[] next = IntStream.concat(
                        IntStream.range(0, 30),
                        IntStream.generate(() -> Prompt.ANSWER).limit(40))
                .toArray();

        assertThat(common(first.chain(), chain(next))).isEqualTo(4);
    }

    @Test
    void noPromptRepeatsReasoning() {
        Prompt first = Prompt.of(IntStream.range(0, 30).toArray(), 30, 0, 3);
        for (int i = 0; i < 40; i++) {
            first.answer();
        }

        int[] next = IntStream.concat(
                        IntStream.range(0, 30),
                        IntStream.generate(() -> Prompt.ANSWER).limit(37))
                .toArray();

        assertThat(common(first.chain(), chain(next))).isEqualTo(1);
    }

    @Test
    void whatWasFoundCountsTheFirstTime() {
        Prompt prompt = Prompt.ofLength(100, 7);

        assertThat(prompt.cachedTokens()).isEqualTo(7);
        prompt.found(32);
        prompt.found(64);

        assertThat(prompt.cachedTokens()).isEqualTo(32);
        prompt.answer();
        assertThat(prompt.chain()).isNull();
    }

    @Test
    void answersAreReadAsTheyWereWritten() {
        try (TokenCounter counter = new TokenCounter()) {
            assertThat(counter.encode(List.of(" tick", " tick tick tick")))
                    .containsExactly(Prompt.ANSWER, Prompt.ANSWER, Prompt.ANSWER, Prompt.ANSWER);
            assertThat(counter.encode(List.of(" tick".repeat(999))))
                    .hasSize(999)
                    .containsOnly(Prompt.ANSWER);
        }
    }

    @Test
    void differentBlocksHaveDifferentHashes() {
        Random random = new Random(1);
        Set<List<Integer>> blocks = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            int[] ids = random.ints(16, 0, 2).toArray();
            blocks.add(Arrays.stream(ids).boxed().toList());
            hashes.add(chain(ids).hash(0));
        }

        assertThat(hashes).hasSameSizeAs(blocks);
    }

    private static TokenChain chain(int... ids) {
        return Prompt.of(ids, ids.length, 0, 0).chain();
    }

    private static int common(int[] one, int[] other) {
        return common(chain(one), chain(other));
    }

    private static int common(TokenChain one, TokenChain other) {
        int blocks = Math.min(one.blocks(), other.blocks());
        int common = 0;
        while (common < blocks && one.hash(common) == other.hash(common)) {
            common++;
        }
        return common;
    }
}
