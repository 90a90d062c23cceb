package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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
        TokenSeries folded = new TokenSeries(1_000, TokenSeries.PAGES);
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
    void aDayTakesNoMoreThanItsPages() {
        TokenSeries series = new TokenSeries(100_000, 64);
        long origin = 77_123_456;
        long day = 86_400 * SECOND;
        long[] seconds = new long[86_400];
        Random random = new Random(6);
        series.sent(origin);
        // A fake clock: an event every 20 to 60 ms for 24 h, and one second with more than any other.
        for (long nanos = origin; nanos < origin + day; nanos += 20_000_000 + random.nextLong(40_000_000)) {
            int second = (int) ((nanos - origin) / SECOND);
            int tokens = second == 70_000 ? 3 : 1;
            series.next();
            series.add(nanos, tokens);
            seconds[second] += tokens;
        }
        long all = Arrays.stream(seconds).sum();
        long most = Arrays.stream(seconds).max().orElseThrow();

        assertThat(series.bins()).isLessThanOrEqualTo(64 * 1_024);
        assertThat(series.sum(origin, origin + day)).isEqualTo(all);
        assertThat(series.sum(origin + day / 4, origin + day / 2))
                .isCloseTo(Arrays.stream(seconds, 21_600, 43_200).sum(), within(60.0));
        assertThat(series.peakPerSecond(origin)).isNaN();

        TokenSeries wider = new TokenSeries(100_000, 128);
        wider.sent(origin);
        for (int second = 0; second < seconds.length; second++) {
            for (long token = 0; token < seconds[second]; token++) {
                wider.next();
                wider.add(origin + second * SECOND + token * SECOND / seconds[second], 1);
            }
        }
        assertThat(wider.bins()).isLessThanOrEqualTo(128 * 1_024);
        assertThat(wider.peakPerSecond(origin)).isEqualTo(most);
        assertThat(wider.perSecond(origin, origin + day))
                .containsExactly(Arrays.stream(seconds).asDoubleStream().toArray());
    }

    @Test
    void binsThatAreMadeWiderLoseNoTokenAndMoveNoneByMoreThanTheirWidth() {
        TokenSeries exact = new TokenSeries();
        TokenSeries wide = new TokenSeries(100, 3);
        Random random = new Random(5);
        exact.sent(0);
        wide.sent(0);
        for (int i = 0; i < 20_000; i++) {
            long nanos = random.nextLong(90 * SECOND);
            exact.next();
            wide.next();
            exact.add(nanos, 1);
            wide.add(nanos, 1);
        }

        assertThat(wide.bins()).isLessThanOrEqualTo(3 * 1_024);
        assertThat(wide.sum(0, 90 * SECOND)).isEqualTo(20_000);
        assertThat(wide.peakPerSecond(0)).isEqualTo(exact.peakPerSecond(0));
        assertThat(wide.perSecond(0, 90 * SECOND)).containsExactly(exact.perSecond(0, 90 * SECOND));
        assertThat(wide.sum(31 * SECOND + 7, 61 * SECOND))
                .isCloseTo(exact.sum(31 * SECOND + 7, 61 * SECOND), within(20.0));
    }

    @Test
    void withoutATokenThereIsNoPeak() {
        assertThat(new TokenSeries().peakPerSecond(0)).isZero();
    }
}
