package io.inferometer.corpus.length;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.corpus.Prompt;
import io.inferometer.corpus.RandomPrompts;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthsTest {
    @TempDir
    Path directory;

    /** Percentiles of what is drawn, beside those of the law by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        512                         | 512 | 512 | 512
        fixed:7                     | 7   | 7   | 7
        uniform:100..1099           | 200 | 600 | 1000
        normal:512,128              | 348 | 512 | 676
        normal:512,128,500..2048    | 517 | 591 | 718
        lognormal:512,0.8           | 184 | 512 | 1427
        lognormal:512,0.8,1..512    | 137 | 299 | 463
        zipf:1.2,1000               | 1   | 7   | 227
        """)
    void whatIsDrawnHasThePercentilesThatTheLawDeclares(String text, int p10, int p50, int p90) {
        int[] drawn = drawn(Lengths.parse(text), 200_000);
        Arrays.sort(drawn);

        assertThat(drawn[20_000]).isCloseTo(p10, within(Math.max(1, p10 / 50)));
        assertThat(drawn[100_000]).isCloseTo(p50, within(Math.max(1, p50 / 50)));
        assertThat(drawn[180_000]).isCloseTo(p90, within(Math.max(1, p90 / 25)));
        assertThat(drawn[0]).isPositive();
    }

    @Test
    void boundsHoldAndASeedGivesTheSameLengths() {
        Lengths law = Lengths.parse("lognormal:512,2,16..2048");

        assertThat(IntStream.of(drawn(law, 10_000)).allMatch(length -> length >= 16 && length <= 2_048))
                .isTrue();
        assertThat(drawn(law, 100)).isEqualTo(drawn(law, 100));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        normal:512              | 'normal:512' is no law of lengths; write 512, uniform:100..1000, normal:512,128, lognormal:512,0.8, zipf:1.2,4096, vllm:1024,0.5 or bench-serving-2025:1024,0.5, and bounds behind normal and lognormal, as in normal:512,128,16..2048
        gauss:1,2               | 'gauss:1,2' is no law of lengths; write 512, uniform:100..1000, normal:512,128, lognormal:512,0.8, zipf:1.2,4096, vllm:1024,0.5 or bench-serving-2025:1024,0.5, and bounds behind normal and lognormal, as in normal:512,128,16..2048
        uniform:9..3            | lengths from 9 to 3 can't be drawn; they go from 1 to 100000000, the shortest first
        0                       | lengths from 0 to 0 can't be drawn; they go from 1 to 100000000, the shortest first
        normal:512,0            | the deviation of lengths is 0.0; it must be above 0.0
        lognormal:5,0.1,900..950 | no length of such a law is from 900 to 950
        """)
    void whatIsNoLawIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lengths.parse(text))
                .withMessage(message);
    }

    @Test
    void pairsOfAFileAreDrawnTogether() throws Exception {
        Path file = directory.resolve("lengths.csv");
        Files.writeString(file, "input,output\n10,1\n\n2000\t300\n30; 40; chat\n");
        LengthPairs law = LengthPairs.read(file);
        SplittableRandom random = new SplittableRandom(1);
        Set<LengthPairs.Pair> seen = new HashSet<>();

        IntStream.range(0, 200).forEach(i -> seen.add(law.draw(random)));

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        new LengthPairs.Pair(10, 1), new LengthPairs.Pair(2_000, 300), new LengthPairs.Pair(30, 40));
    }

    @Test
    void aLineWithoutAPairIsNamed() throws Exception {
        Path file = directory.resolve("lengths.csv");
        Files.writeString(file, "10,1\n10\n");
        Path none = Files.writeString(directory.resolve("none.csv"), "a,b\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthPairs.read(file))
                .withMessage(file + ", line 2: no pair of lengths above 0, such as 1024,128");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthPairs.read(none))
                .withMessage(none + " has no pair of lengths, such as 1024,128");
    }

    @Test
    void promptsAreDeliveredAtTheLengthsThatWereDrawn() {
        RandomPrompts prompts = RandomPrompts.of("gpt-oss")
                .lengths(Lengths.parse("lognormal:60,0.7,4..400"), Lengths.parse("zipf:1.3,500"))
                .count(300)
                .seed(3)
                .build();
        int[] declared = new int[300];
        int[] delivered = new int[300];
        for (int i = 0; i < 300; i++) {
            Prompt prompt = prompts.get(i);
            declared[i] = prompt.tokens();
            delivered[i] = Tokenizers.of("gpt-oss").count(prompt.text());
            assertThat(prompt.outputTokens()).isBetween(1, 500);
            assertThat(prompts.warmup().get(i).text()).isNotEqualTo(prompt.text());
        }

        assertThat(delivered).isEqualTo(declared);
        Arrays.sort(delivered);
        assertThat(delivered[150]).isCloseTo(60, within(8));
        assertThat(delivered[270]).isCloseTo(147, within(30));
    }

    private static int[] drawn(Lengths law, int count) {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, count).map(i -> law.draw(random)).toArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vllm:1023,0.5               | 511 | 1535",
                "vllm:1000,0                 | 1000 | 1000",
                "bench-serving-2025:10,0.5   | 5 | 10",
                "bench-serving-2025:10,0.1   | 1 | 10"
            })
    void theTwoMeaningsOfARangeRatioDrawFromEndToEnd(String law, int shortest, int longest) {
        Lengths lengths = Lengths.parse(law);
        SplittableRandom random = new SplittableRandom(7);

        int[] drawn = IntStream.range(0, 20_000).map(i -> lengths.draw(random)).toArray();

        assertThat(IntStream.of(drawn).min().getAsInt()).isEqualTo(shortest);
        assertThat(IntStream.of(drawn).max().getAsInt()).isEqualTo(longest);
        assertThat(IntStream.of(drawn).average().getAsDouble())
                .isCloseTo((shortest + longest) / 2.0, within(Math.max(0.1, (longest - shortest) / 100.0)));
    }

    @Test
    void aRangeRatioIsThatOfItsLaw() {
        Lengths fromNothing = Lengths.parse("bench-serving-2025:3,0");
        SplittableRandom random = new SplittableRandom(7);
        assertThat(IntStream.range(0, 100).map(i -> fromNothing.draw(random)).boxed())
                .containsOnly(1, 2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lengths.parse("vllm:1024,1"))
                .withMessage(
                        "the range ratio is 1.0; VLLM draws from floor(L·(1−ratio)) to ceil(L·(1+ratio)), so it must"
                                + " be at least 0 and below 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Lengths.parse("vllm:1024"));
        assertThatIllegalArgumentException().isThrownBy(() -> Lengths.parse("vllm:1024,0.5,1..2"));
    }
}
