package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.length.LengthLaw;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomPromptsTest {
    @Test
    void drawsTheLengthsOfBenchServing() throws IOException {
        JsonNode expected = Vectors.cases("random_lengths.json").get(0);
        RandomPrompts prompts = RandomPrompts.of("openai/gpt-oss-120b")
                .inputTokens(1024)
                .outputTokens(1024)
                .rangeRatio(LengthLaw.BENCH_SERVING_2025, 0.0)
                .count(40)
                .seed(0)
                .build();

        for (int i = 0; i < 40; i++) {
            Prompt prompt = prompts.get(i);
            assertThat(prompt.tokens())
                    .isEqualTo(expected.get("inputLens").get(i).intValue());
            assertThat(prompt.outputTokens())
                    .isEqualTo(expected.get("outputLens").get(i).intValue());
            int start = (expected.get("offsets").get(i).intValue() + i) % 200019;
            assertThat(prompt.text()).startsWith(Tokenizers.of("gpt-oss").decode(start, start + 1, start + 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-3.5-turbo", "gpt-4o", "gpt-oss", "test:letters"})
    void everyPromptIsReadBackAtItsExactLength(String name) {
        Tokenizer tokenizer = Tokenizers.of(name);
        RandomPrompts prompts = RandomPrompts.of(tokenizer)
                .inputTokens(150)
                .outputTokens(50)
                .rangeRatio(LengthLaw.BENCH_SERVING_2025, 0)
                .count(400)
                .seed(11)
                .build();

        for (int i = 0; i < 1200; i++) {
            assertExact(tokenizer, prompts.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-4", "gpt-oss"})
    void lengthsFromOneToAHundredThousandAreExact(String name) {
        Tokenizer tokenizer = Tokenizers.of(name);

        for (int tokens : new int[] {1, 2, 3, 5, 8, 13, 1024, 8192, 100_000}) {
            RandomPrompts prompts = RandomPrompts.of(tokenizer)
                    .inputTokens(tokens)
                    .outputTokens(1)
                    .count(3)
                    .seed(tokens)
                    .build();
            for (int i = 0; i < 3; i++) {
                assertExact(tokenizer, prompts.get(i));
                assertThat(prompts.get(i).tokens()).isEqualTo(tokens);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-4", "gpt-oss", "test:letters"})
    void aRoundSharesItsPrefixTokenForToken(String name) {
        Tokenizer tokenizer = Tokenizers.of(name);
        for (int prefixTokens : new int[] {1, 2, 7, 64}) {
            RandomPrompts prompts = RandomPrompts.of(tokenizer)
                    .inputTokens(20)
                    .outputTokens(5)
                    .prefixTokens(prefixTokens)
                    .rangeRatio(LengthLaw.VLLM, 0.9)
                    .count(50)
                    .seed(prefixTokens)
                    .build();

            int[] shared = firstTokens(tokenizer, prompts.get(0), prefixTokens);
            for (int i = 0; i < 50; i++) {
                assertExact(tokenizer, prompts.get(i));
                assertThat(prompts.get(i).prefixTokens()).isEqualTo(prefixTokens);
                assertThat(firstTokens(tokenizer, prompts.get(i), prefixTokens)).isEqualTo(shared);
            }
        }
    }

    @Test
    void aFurtherRoundKeepsLengthsAndBeginsElsewhere() {
        RandomPrompts prompts = spread().build();

        for (int i = 0; i < 40; i++) {
            Prompt first = prompts.get(i);
            Prompt second = prompts.get(40 + i);
            assertThat(second.tokens()).isEqualTo(first.tokens());
            assertThat(second.outputTokens()).isEqualTo(first.outputTokens());
            assertThat(second.text()).isNotEqualTo(first.text());
        }
    }

    @Test
    void anotherSeedOfTheTextsKeepsTheLengthsOfAllRounds() {
        RandomPrompts first = spread().build();
        RandomPrompts second = spread().textSeed(7).build();

        for (int i = 0; i < 80; i++) {
            assertThat(second.get(i).tokens()).isEqualTo(first.get(i).tokens());
            assertThat(second.get(i).outputTokens()).isEqualTo(first.get(i).outputTokens());
            assertThat(second.warmup().get(i).tokens())
                    .isEqualTo(first.warmup().get(i).tokens());
        }
    }

    @Test
    void theSeedItselfAsThatOfTheTextsChangesNothing() {
        RandomPrompts explicit = spread().seed(5).textSeed(5).build();

        assertThat(explicit.get(3)).isEqualTo(spread().seed(5).build().get(3));
    }

    @Test
    void noTwoPromptsOfManySeedsRoundsAndWarmupsBeginAlike() {
        Set<String> begun = new HashSet<>();

        for (int textSeed = 0; textSeed < 10; textSeed++) {
            RandomPrompts measured = RandomPrompts.of("gpt-oss")
                    .inputTokens(16)
                    .outputTokens(1)
                    .count(500)
                    .textSeed(textSeed)
                    .build();
            RandomPrompts warmup = measured.warmup();
            for (int i = 0; i < 1000; i++) {
                begun.add(measured.get(i).text());
                begun.add(warmup.get(i).text());
            }
        }

        assertThat(begun).hasSize(20_000);
    }

    @Test
    void anyOrderGivesTheSamePrompts() {
        RandomPrompts forwards = spread().build();
        RandomPrompts backwards = spread().build();

        List<Prompt> expected = LongStream.range(0, 120).mapToObj(forwards::get).toList();
        for (int i = 119; i >= 0; i--) {
            assertThat(backwards.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void warmupAndMeasuredRoundsBeginWithDifferentTokens() {
        Tokenizer tokenizer = Tokenizers.of("gpt2");
        RandomPrompts measured = RandomPrompts.of(tokenizer)
                .inputTokens(8)
                .outputTokens(8)
                .count(2000)
                .build();
        RandomPrompts warmup = measured.warmup();

        Set<String> begun = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            begun.add(measured.get(i).text());
        }
        begun.removeIf(text -> text.startsWith("\ufffd"));
        assertThat(begun).hasSizeGreaterThan(1900);
        for (int i = 0; i < 2000; i++) {
            assertThat(warmup.get(i).text()).isNotIn(begun);
            assertThat(measured.get(2000 + i).text()).isNotIn(begun);
        }
    }

    @Test
    void seedsBeyondNumpysRangeDiffer() {
        Set<Integer> seen = new HashSet<>();

        for (long seed : new long[] {0, 1L << 32, 1L << 33, -1, Long.MIN_VALUE}) {
            seen.add(spread().seed(seed).build().get(0).text().hashCode());
        }

        assertThat(seen).hasSize(5);
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomPrompts.of("gpt2").outputTokens(5).build())
                .withMessage("inputTokens is 0; it must be from 1 to 100000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomPrompts.of("gpt2").count(0))
                .withMessage("count is 0; it must be from 1 to 10000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spread().build().get(-1))
                .withMessage("no prompt has the index -1; they count from 0");
    }

    private static RandomPrompts.Builder spread() {
        return RandomPrompts.of("gpt-oss")
                .inputTokens(64)
                .outputTokens(64)
                .rangeRatio(LengthLaw.BENCH_SERVING_2025, 0.5)
                .count(40)
                .seed(0);
    }

    private static void assertExact(Tokenizer tokenizer, Prompt prompt) {
        int[] ids = tokenizer.encode(prompt.text());
        assertThat(ids).as(prompt.text()).hasSize(prompt.tokens());
        assertThat(IntStream.of(ids)).allMatch(tokenizer::ordinary);
    }

    private static int[] firstTokens(Tokenizer tokenizer, Prompt prompt, int count) {
        return IntStream.of(tokenizer.encode(prompt.text())).limit(count).toArray();
    }
}
