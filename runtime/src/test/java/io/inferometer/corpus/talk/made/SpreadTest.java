package io.inferometer.corpus.talk.made;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final int DRAWS = 200_000;

    private static int[] draws(Spread spread) {
        SplittableRandom random = new SplittableRandom(7);
        return IntStream.range(0, DRAWS).map(i -> spread.draw(random)).sorted().toArray();
    }

    private static double mean(int[] lengths) {
        return IntStream.of(lengths).average().orElseThrow();
    }

    private static double share(int[] lengths, int length) {
        return (double) IntStream.of(lengths).filter(each -> each == length).count() / lengths.length;
    }

    @Test
    void drawsBothEndsOfAUniformLawAsOftenAsWhatIsBetween() {
        int[] lengths = draws(new Spread.Uniform(3, 6));

        assertThat(share(lengths, 3)).isCloseTo(0.25, within(0.005));
        assertThat(share(lengths, 6)).isCloseTo(0.25, within(0.005));
    }

    @Test
    void givesALognormalLawItsAverageAndItsMedian() {
        int[] lengths = draws(Spread.Lognormal.of(1000, 0.8, OptionalInt.empty()));

        assertThat(mean(lengths)).isCloseTo(1000, within(10.0));
        assertThat(lengths[DRAWS / 2]).isCloseTo(800, within(8));
    }

    @Test
    void drawsTheShareOfOnesThatTheZetaFunctionGivesZipf() {
        int[] lengths = draws(new Spread.Zipf(2, OptionalInt.of(50)));

        // 1/ζ(2) = 6/π²
        assertThat(share(lengths, 1)).isCloseTo(6 / (Math.PI * Math.PI), within(0.005));
        assertThat(lengths[DRAWS - 1]).isEqualTo(50);
    }

    @Test
    void givesAPoissonLawItsMeanAndTheSameForItsVariance() {
        int[] lengths = draws(new Spread.Poisson(40.5, OptionalInt.empty()));
        double mean = mean(lengths);

        assertThat(mean).isCloseTo(40.5, within(0.1));
        assertThat(IntStream.of(lengths)
                        .mapToDouble(length -> (length - mean) * (length - mean))
                        .average()
                        .orElseThrow())
                .isCloseTo(40.5, within(0.5));
    }

    @Test
    void cutsOffAtTheMost() {
        assertThat(draws(new Spread.Poisson(40, OptionalInt.of(41)))[DRAWS - 1]).isEqualTo(41);
        assertThat(draws(new Spread.Constant(5))).containsOnly(5);
    }
}
