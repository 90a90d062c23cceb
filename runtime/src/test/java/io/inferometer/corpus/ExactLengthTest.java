package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExactLengthTest {
    static Stream<Tokenizer> tokenizers() {
        return Stream.of("gpt2", "gpt-4", "gpt-4o", "gpt-oss", "test:letters").map(Tokenizers::of);
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void cutsAnyTextToAnyLength(Tokenizer tokenizer) {
        ExactLength exact = new ExactLength(tokenizer);
        Random random = new Random(5);

        for (int i = 0; i < 400; i++) {
            String text = anyText(random);
            int tokens = 1 + random.nextInt(300);

            assertThat(tokenizer.encode(exact.cut(text, tokens))).as(text).hasSize(tokens);
            assertThat(tokenizer.encode(exact.cutAtWord(text, tokens))).as(text).hasSize(tokens);
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void leavesTheTokensOfAPrefixAsTheyAre(Tokenizer tokenizer) {
        ExactLength exact = new ExactLength(tokenizer);
        Random random = new Random(6);

        for (int i = 0; i < 400; i++) {
            int tokens = 1 + random.nextInt(40);
            String prefix = exact.cutAtWord(anyText(random), tokens);
            String whole = exact.cut(prefix + ' ' + anyText(random), tokens + 1 + random.nextInt(40));

            assertThat(tokenizer.encode(whole)).as(whole).startsWith(tokenizer.encode(prefix));
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void cutsRunsOfSingleBytesAndOfTheLastIds(Tokenizer tokenizer) {
        ExactLength exact = new ExactLength(tokenizer);
        int vocabulary = tokenizer.vocabularySize();

        for (int start = vocabulary - 60; start < vocabulary + 256; start++) {
            int[] ids = IntStream.range(start, start + 60)
                    .map(id -> id % vocabulary)
                    .filter(tokenizer::ordinary)
                    .toArray();
            for (int tokens : new int[] {1, 2, 30, 60}) {
                String text = exact.cut(tokenizer.decode(ids), tokens);
                assertThat(tokenizer.encode(text)).as(text).hasSize(tokens);
            }
        }
    }

    @Test
    void keepsAsMuchOfTheTextAsItCan() {
        ExactLength exact = new ExactLength(Tokenizers.of("gpt-4o"));

        assertThat(exact.cut("One two three four five", 3)).isEqualTo("One two three");
        assertThat(exact.cut("One two", 4)).isEqualTo("One two the the");
        assertThat(exact.cut("", 2)).isEqualTo(" the the");
    }

    @Test
    void dropsACharacterThatTheCutWouldBreak() {
        Tokenizer tokenizer = Tokenizers.of("gpt2");
        String text = "\ud83e\udd9c\ud83e\udd9c";
        assertThat(tokenizer.encode(text)).hasSizeGreaterThan(4);

        String cut = new ExactLength(tokenizer).cut(text, 4);

        assertThat(cut).doesNotContain("\ufffd");
        assertThat(tokenizer.count(cut)).isEqualTo(4);
    }

    @Test
    void saysSoWhenATokenizerCannotReadThatManyTokens() {
        Tokenizer twice = new TwiceTokenizer();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExactLength(twice).cut("abc", 3))
                .withMessage("the tokenizer twice reads no text as exactly 3 tokens");
    }

    /** Decoded from ids of all kinds: broken characters, white space of every sort, scripts without spaces. */
    private static String anyText(Random random) {
        Tokenizer tokenizer = Tokenizers.of("gpt-4o");
        int[] ids = new int[random.nextInt(200)];
        int start = random.nextInt(190_000);
        for (int i = 0; i < ids.length; i++) {
            ids[i] = random.nextInt(8) == 0 ? random.nextInt(300) : start + (random.nextBoolean() ? i : 0);
        }
        return tokenizer.decode(ids);
    }

    /** Reads every character as two tokens. */
    private static final class TwiceTokenizer implements Tokenizer {
        @Override
        public String name() {
            return "twice";
        }

        @Override
        public int vocabularySize() {
            return 128;
        }

        @Override
        public boolean ordinary(int id) {
            return true;
        }

        @Override
        public int[] encode(String text) {
            return text.chars().flatMap(c -> IntStream.of(c, c)).toArray();
        }

        @Override
        public String decode(int... ids) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i + 1 < ids.length; i += 2) {
                text.append((char) ids[i]);
            }
            return text.toString();
        }
    }
}
