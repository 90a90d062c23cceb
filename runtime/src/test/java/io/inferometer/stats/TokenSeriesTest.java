package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenSeriesTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void anEventBelongsToItsSecondToTheNanosecond() {
        TokenSeries series = new TokenSeries();
        long origin = 400_000_123;
        for (long nanos :
                new long[] {origin, origin + SECOND - 1, origin + SECOND, origin + SECOND + 1, origin + 2 * SECOND}) {
            series.add(nanos, 1.1);
        }

        assertThat(series.peakPerSecond(origin)).isEqualTo(2.2);
        assertThat(series.sum(origin + SECOND - 1, origin + SECOND)).isEqualTo(1.1);
        assertThat(series.sum(origin, origin + 2 * SECOND)).isEqualTo(4.4);
    }

    @Test
    void laterTimesChangeNothing() {
        Random random = new Random(2);
        TokenSeries series = new TokenSeries();
        TokenSeries later = new TokenSeries();
        long shift = 12_345_678_901L;
        for (int i = 0; i < 20; i++) {
            series.next();
            later.next();
            long nanos = random.nextLong(SECOND);
            for (int k = 0; k < 50; k++) {
                nanos += random.nextLong(k == 7 ? 5 * SECOND : SECOND / 20);
                series.add(nanos, 7.0 / 3);
                later.add(nanos + shift, 7.0 / 3);
            }
        }

        assertThat(later.peakPerSecond(shift + 5)).isEqualTo(series.peakPerSecond(5));
        assertThat(later.sum(shift + SECOND, shift + 3 * SECOND)).isEqualTo(series.sum(SECOND, 3 * SECOND));
    }

    @Test
    void beyondTheLimitTheTokensOfAMillisecondAreKeptTogether() {
        TokenSeries exact = new TokenSeries();
        TokenSeries folded = new TokenSeries(1_000);
        Random random = new Random(4);
        for (int i = 0; i < 5_000; i++) {
            long nanos = random.nextLong(10 * SECOND);
            exact.add(nanos, 1);
            folded.add(nanos, 1);
        }

        assertThat(folded.sum(0, 10 * SECOND)).isEqualTo(5_000);
        assertThat(folded.peakPerSecond(0)).isEqualTo(exact.peakPerSecond(0));
        assertThat(folded.peakPerSecond(123_456)).isCloseTo(exact.peakPerSecond(123_456), within(5.0));
    }

    @Test
    void withoutATokenThereIsNoPeak() {
        assertThat(new TokenSeries().peakPerSecond(0)).isZero();
    }
}
