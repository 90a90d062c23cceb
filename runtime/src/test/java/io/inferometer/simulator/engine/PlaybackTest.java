package io.inferometer.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaybackTest {
    private static final Score BURSTS = new Score(new long[] {50_000, 51_000, 61_000}, new int[] {1, 3, 2});
    private static final Score ONE = new Score(new long[] {9_000}, new int[] {1});

    private final List<String> delivered = new ArrayList<>();

    @Test
    void eachMomentOfAScoreIsAWriteOfItsOwnAtItsOwnTime() {
        TokenSchedule playback = new Playback(List.of(ONE, BURSTS), 1);
        playback.submit(generation(1, 6), 1_000_000);

        assertThat(playback.nextNanos()).isEqualTo(1_050_000);
        play(playback, 1_051_000);
        assertThat(delivered).containsExactly("1 of 1", "3 of 3");
        assertThat(playback.nextNanos()).isEqualTo(1_061_000);
        play(playback, 1_061_000);
        assertThat(delivered).containsExactly("1 of 1", "3 of 3", "2 of 2 last");
        assertThat(playback.running()).isZero();
        assertThat(playback.nextNanos()).isEqualTo(TokenSchedule.NEVER);
    }

    @Test
    void momentsThatAreLateStayWritesOfTheirOwnEarlierOnesFirst() {
        TokenSchedule playback = new Playback(List.of(BURSTS), 1);
        playback.submit(generation(0, 6), 5_000);
        playback.submit(generation(0, 6), 0);

        play(playback, 1_000_000);

        assertThat(delivered).containsExactly("1 of 1", "3 of 3", "1 of 1", "3 of 3", "2 of 2 last", "2 of 2 last");
    }

    @Test
    void eventsHaveAsManyTokensAsTheyAreGivenAndTheLastOneTheRest() {
        TokenSchedule playback = new Playback(List.of(BURSTS), 4);
        playback.submit(generation(0, 23), 0);

        play(playback, 1_000_000);

        assertThat(delivered).containsExactly("1 of 4", "3 of 12", "2 of 7 last");
    }

    @Test
    void anAnswerOfFewerTokensEndsSoonerAndOneOfMoreHasThemAtTheLastMoment() {
        TokenSchedule playback = new Playback(List.of(BURSTS, ONE), 1);
        playback.submit(generation(0, 2), 0);
        playback.submit(generation(1, 100), 1_000_000);

        play(playback, 2_000_000);

        assertThat(delivered).containsExactly("1 of 1", "1 of 1 last", "100 of 100 last");
    }

    @Test
    void aCancelledAnswerIsForgotten() {
        TokenSchedule playback = new Playback(List.of(BURSTS), 1);
        Generation cancelled = generation(0, 6);
        playback.submit(cancelled, 0);

        playback.cancel(cancelled);

        assertThat(playback.nextNanos()).isEqualTo(TokenSchedule.NEVER);
    }

    @Test
    void aScoreComesBackFromItsText() {
        assertThat(BURSTS.toString()).isEqualTo("50,1x3,10x2");
        assertThat(Playback.scores("50,1x3,10x2;9")).containsExactly(BURSTS, ONE);
        assertThat(BURSTS.eventCount()).isEqualTo(6);
        assertThat(BURSTS.spanNanos()).isEqualTo(11_000);
    }

    @Test
    void whatIsNoScoreIsRefused() {
        for (String text : List.of("", "x", "5,-6", "5x0", "5x", "1.5")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Playback.scores(text))
                    .withMessage(
                            "a score is microseconds from moment to moment, as in 50000,10000x4, not '" + text + "'");
        }
    }

    private void play(TokenSchedule playback, long now) {
        for (Generation due = playback.poll(now); due != null; due = playback.poll(now)) {
            due.deliver();
        }
    }

    private Generation generation(int score, int tokens) {
        return new Generation(
                        1, tokens, (events, due, last) -> delivered.add(events + " of " + due + (last ? " last" : "")))
                .playing(score);
    }
}
