package io.inferometer.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void letsAsManyThroughAtOnceAsInASecond() {
        RateLimit limit = new RateLimit(2);

        assertThat(limit.admit(-5 * SECOND)).isZero();
        assertThat(limit.admit(-5 * SECOND)).isZero();
        assertThat(limit.admit(-5 * SECOND)).isEqualTo(1);
        assertThat(limit.admit(-5 * SECOND + SECOND / 2)).isZero();
        assertThat(limit.admit(-5 * SECOND + SECOND / 2)).isEqualTo(1);
    }

    @Test
    void tellsWhenTheNextOneMayCome() {
        RateLimit limit = new RateLimit(0.1);

        assertThat(limit.admit(0)).isZero();
        assertThat(limit.admit(0)).isEqualTo(10);
        assertThat(limit.admit(7 * SECOND)).isEqualTo(3);
        assertThat(limit.admit(10 * SECOND)).isZero();
    }

    @Test
    void savesNothingUpBeyondASecond() {
        RateLimit limit = new RateLimit(3);
        limit.admit(0);

        for (int i = 0; i < 3; i++) {
            assertThat(limit.admit(1_000 * SECOND)).isZero();
        }
        assertThat(limit.admit(1_000 * SECOND)).isEqualTo(1);
    }

    @Test
    void noRateIsNoLimit() {
        RateLimit limit = new RateLimit(0);

        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.admit(0)).isZero();
        }
    }
}
