package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class GapsTest {
    @Test
    void gapsShortAndLongAreExactUpToTheLimit() {
        long[] nanos = someGaps(1_000, 3);
        Gaps gaps = new Gaps(1_000);

        Arrays.stream(nanos).forEach(gaps::add);

        assertThat(gaps.distribution(Percentiles.STANDARD).exact()).isTrue();
        assertSame(gaps.distribution(Percentiles.STANDARD), nanos);
    }

    @Test
    void beyondTheLimitPercentilesAreAHistogramsToThreeDigitsAndTheRestIsExact() {
        long[] nanos = someGaps(5_000, 4);
        Gaps gaps = new Gaps(1_000);

        Arrays.stream(nanos).forEach(gaps::add);

        Distribution exact =
                Distribution.of(Arrays.stream(nanos).asDoubleStream().toArray());
        Distribution histogram = gaps.distribution(Percentiles.STANDARD);
        assertThat(histogram.exact()).isFalse();
        assertThat(histogram.count()).isEqualTo(5_000);
        assertThat(histogram.mean()).isCloseTo(exact.mean(), within(1e-3));
        assertThat(histogram.std()).isCloseTo(exact.std(), within(1e-1));
        assertThat(histogram.min()).isEqualTo(exact.min());
        assertThat(histogram.max()).isEqualTo(exact.max());
        // Between two values far apart the histogram has one of them, exact interpolation a mean.
        for (double p : new double[] {5, 10, 25, 50, 75, 90}) {
            assertThat(histogram.percentile(p)).isCloseTo(exact.percentile(p), Percentage.withPercentage(0.5));
        }
    }

    @Test
    void aGapOfDaysIsNotClamped() {
        Gaps gaps = new Gaps(1);
        long days = 3L * 24 * 3_600 * 1_000_000_000;

        gaps.add(1);
        gaps.add(days);

        assertThat(gaps.distribution(Percentiles.STANDARD).max()).isEqualTo(days);
        assertThat(gaps.distribution(Percentiles.STANDARD).percentile(99.9)).isEqualTo(days);
    }

    @Test
    void whatKindsThereAreIsTheSameInWhateverOrderTheyCome() {
        for (int seed = 0; seed < 50; seed++) {
            long[] nanos = someGaps(997, seed);
            Gaps forwards = new Gaps();
            Gaps[] parts = {new Gaps(), new Gaps(), new Gaps()};
            for (int i = 0; i < nanos.length; i++) {
                forwards.add(nanos[i]);
                parts[i % 3].add(nanos[i]);
            }
            Gaps merged = new Gaps();
            merged.merge(parts[2]);
            merged.merge(parts[0]);
            merged.merge(parts[1]);

            assertThat(merged.humps()).isEqualTo(forwards.humps());
        }
    }

    @Test
    void mergedGapsAreThoseOfAllWhicheverSideIsAHistogram() {
        for (int firstCount : new int[] {0, 400, 1_500}) {
            for (int secondCount : new int[] {0, 400, 1_500}) {
                long[] first = someGaps(firstCount, 5);
                long[] second = someGaps(secondCount, 6);
                Gaps merged = new Gaps(1_000);
                Gaps other = new Gaps(1_000);
                Arrays.stream(first).forEach(merged::add);
                Arrays.stream(second).forEach(other::add);

                merged.merge(other);

                long[] all = Arrays.copyOf(first, firstCount + secondCount);
                System.arraycopy(second, 0, all, firstCount, secondCount);
                Distribution distribution = merged.distribution(Percentiles.STANDARD);
                assertThat(distribution.count()).isEqualTo(all.length);
                assertThat(distribution.exact()).isEqualTo(all.length <= 1_000);
                if (distribution.exact()) {
                    assertSame(distribution, all);
                } else {
                    assertThat(distribution.mean())
                            .isCloseTo(Arrays.stream(all).average().orElseThrow(), Percentage.withPercentage(1e-9));
                }
            }
        }
    }

    private static long[] someGaps(int count, long seed) {
        Random random = new Random(seed);
        return random.longs(count, 0, 10_000_000)
                .map(gap -> gap % 50 == 0 ? gap + 3_000_000_000L : gap)
                .toArray();
    }

    private static void assertSame(Distribution actual, long[] nanos) {
        Distribution expected =
                Distribution.of(Arrays.stream(nanos).asDoubleStream().toArray());
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.percentiles()).isEqualTo(expected.percentiles());
        if (nanos.length > 0) {
            assertThat(actual.min()).isEqualTo(expected.min());
            assertThat(actual.max()).isEqualTo(expected.max());
            assertThat(actual.mean()).isCloseTo(expected.mean(), Percentage.withPercentage(1e-9));
            assertThat(actual.std()).isCloseTo(expected.std(), Percentage.withPercentage(1e-9));
        }
    }
}
