package io.inferometer.corpus.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPromptsTest {
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-4", "gpt-4o", "gpt-oss"})
    void hasExactlyTheTokensThatItSays(String name) {
        Tokenizer tokenizer = Tokenizers.of(name);
        BlockPrompts prompts = BlockPrompts.of(name, 7);
        Random random = new Random(3);

        for (int i = 0; i < 200; i++) {
            int tokens = 1 + random.nextInt(1200);
            int block = 1 + random.nextInt(600);
            long room = (tokens + block - 1) / block;
            List<Long> ids =
                    LongStream.range(0, random.nextInt((int) room + 1)).boxed().toList();

            String text = prompts.text(new HashBlocks(tokens, ids, block), i);

            assertThat(tokenizer.encode(text)).hasSize(tokens);
        }
    }

    @Test
    void sharesTheBlocksOfEqualLeadingIdsAndNoMore() {
        Tokenizer tokenizer = Tokenizers.of("gpt-4o");
        BlockPrompts prompts = BlockPrompts.of("gpt-4o", 0);

        int[] one = tokenizer.encode(prompts.text(blocks(1300, 5, 6, 7), 1));
        int[] other = tokenizer.encode(prompts.text(blocks(1500, 5, 6, 8), 2));

        assertThat(Arrays.mismatch(one, other)).isEqualTo(1024);
    }

    @Test
    void makesABlockOfItsIdAndItsSizeAlone() {
        Tokenizer tokenizer = Tokenizers.of("gpt-4o");
        BlockPrompts prompts = BlockPrompts.of("gpt-4o", 0);

        int[] first = tokenizer.encode(prompts.text(blocks(1000, 5, 6), 1));
        int[] otherSize = tokenizer.encode(prompts.text(blocks(900, 5, 6), 1));
        int[] second = tokenizer.encode(" " + prompts.text(blocks(1024, 9, 5), 3));

        assertThat(Arrays.mismatch(first, otherSize)).isEqualTo(512);
        assertThat(Arrays.copyOfRange(second, 512, 1024))
                .isEqualTo(Arrays.copyOf(tokenizer.encode(" " + prompts.text(blocks(512, 5), 4)), 512));
    }

    @Test
    void makesUpWhatNoIdStandsForApartInEachRequest() {
        Tokenizer tokenizer = Tokenizers.of("gpt-4o");
        BlockPrompts prompts = BlockPrompts.of("gpt-4o", 0);

        int[] one = tokenizer.encode(prompts.text(blocks(2000, 5), 1));
        int[] other = tokenizer.encode(prompts.text(blocks(2000, 5), 2));

        assertThat(Arrays.mismatch(one, other)).isEqualTo(512);
        assertThat(prompts.text(blocks(2000, 5), 1)).isEqualTo(prompts.text(blocks(2000, 5), 1));
        assertThat(blocks(2000, 5).unknownTokens()).isEqualTo(1488);
    }

    @Test
    void givesEachSeedTextsOfItsOwn() {
        assertThat(BlockPrompts.of("gpt-4o", 1).text(blocks(64, 5), 1))
                .isNotEqualTo(BlockPrompts.of("gpt-4o", 2).text(blocks(64, 5), 1));
    }

    @Test
    void refusesMoreIdsThanThereAreBlocks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> blocks(600, 1, 2, 3))
                .withMessage("600 tokens are 2 blocks of 512, and there are 3 ids");
    }

    @Test
    void refusesATokenizerThatKnowsTooFewWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlockPrompts.of(new Letters(), 0))
                .withMessage("the tokenizer letters reads only 0 words as one token each, too few for prompts made of"
                        + " blocks; name another with --tokenizer");
    }

    @Test
    void knowsWhatThePromptsBeforeHadInCommonWithOne() {
        SeenBlocks seen = new SeenBlocks();

        assertThat(seen.shared(blocks(1300, 5, 6, 7))).isZero();
        assertThat(seen.shared(blocks(1500, 5, 6, 8))).isEqualTo(1024);
        assertThat(seen.shared(blocks(1300, 5, 6, 7))).isEqualTo(1300);
        // The same block behind another one is another one, and a gap ends what is shared.
        assertThat(seen.shared(blocks(1300, 6, 6, 7))).isZero();
        assertThat(seen.shared(blocks(1300, 5, 9, 7))).isEqualTo(512);
    }

    private static HashBlocks blocks(int tokens, long... ids) {
        return new HashBlocks(tokens, LongStream.of(ids).boxed().toList(), 512);
    }

    private static final class Letters implements Tokenizer {
        @Override
        public String name() {
            return "letters";
        }

        @Override
        public int vocabularySize() {
            return 256;
        }

        @Override
        public boolean ordinary(int id) {
            return true;
        }

        @Override
        public int[] encode(String text) {
            return text.chars().toArray();
        }

        @Override
        public String decode(int... ids) {
            return new String(ids, 0, ids.length);
        }
    }
}
