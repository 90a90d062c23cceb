package io.inferometer.harness.fork;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {
    private final Silence silence = new Silence();

    @Test
    void whoHasNotBegunOrHasEndedIsNotSilent() {
        assertThat(tooLongWithin(1_000)).isFalse();

        silence.heard();
        silence.ended();

        assertThat(tooLongWithin(1_000)).isFalse();
    }

    @Test
    void whoIsHeardNowAndThenIsNotSilent() {
        for (int i = 0; i < 10; i++) {
            silence.heard();
            assertThat(tooLongWithin(Silence.MOST_TICKS - 1)).isFalse();
        }
    }

    @Test
    void whoIsNotHeardForTooLongIsSilentAndThatIsToldOnce() {
        silence.heard();

        assertThat(tooLongWithin(Silence.MOST_TICKS)).isTrue();
        assertThat(tooLongWithin(1_000)).isFalse();
    }

    @Test
    void whoHasNotSaidYetThatItWorksHasLongerForIt() {
        silence.starts();
        assertThat(tooLongWithin(Silence.MOST_TICKS_AT_FIRST - 1)).isFalse();
        silence.starts();
        assertThat(silence.everHeard()).isFalse();
        assertThat(tooLongWithin(Silence.MOST_TICKS_AT_FIRST)).isTrue();
        assertThat(tooLongWithin(10_000)).isFalse();
    }

    private boolean tooLongWithin(int ticks) {
        boolean tooLong = false;
        for (int i = 0; i < ticks; i++) {
            tooLong |= silence.tick();
        }
        return tooLong;
    }
}
