package io.inferometer.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetronomeTest {
    private static final long TTFT = 50;
    private static final long ITL = 10;

    private final TokenSchedule metronome = new Metronome(TTFT, ITL);
    private final List<String> delivered = new ArrayList<>();

    @Test
    void nothingIsDueWhenThereIsNothingToAnswer() {
        assertThat(metronome.nextNanos()).isEqualTo(TokenSchedule.NEVER);
        assertThat(metronome.poll(Long.MAX_VALUE - 1)).isNull();
        assertThat(metronome.running()).isZero();
    }

    @Test
    void theFirstTokenIsDueAfterTtftAndTheOthersItlApart() {
        metronome.submit(generation("a", 3), 1_000);

        assertThat(metronome.nextNanos()).isEqualTo(1_050);
        playUntil(1_049);
        assertThat(delivered).isEmpty();
        playUntil(1_050);
        assertThat(metronome.nextNanos()).isEqualTo(1_060);
        playUntil(1_060);
        assertThat(metronome.nextNanos()).isEqualTo(1_070);
        playUntil(1_070);
        assertThat(metronome.nextNanos()).isEqualTo(TokenSchedule.NEVER);
        assertThat(delivered).containsExactly("a 1", "a 1", "a 1 last");
    }

    @Test
    void lateDeliveryDoesNotShiftTheSchedule() {
        metronome.submit(generation("a", 5), 0);

        playUntil(57);
        assertThat(metronome.nextNanos()).isEqualTo(60);
        playUntil(84);

        assertThat(delivered).containsExactly("a 1", "a 3");
        assertThat(metronome.nextNanos()).isEqualTo(90);
    }

    @Test
    void earlierEventsOfOtherAnswersGoFirst() {
        metronome.submit(generation("a", 2), 4);
        metronome.submit(generation("b", 2), 0);
        metronome.submit(generation("c", 2), 4);

        for (long now = 0; now <= 64; now++) {
            playUntil(now);
        }

        assertThat(delivered).containsExactly("b 1", "a 1", "c 1", "b 1 last", "a 1 last", "c 1 last");
    }

    @Test
    void anAnswerThatIsFarBehindTakesTurnsWithTheOthers() {
        TokenSchedule flood = new Metronome(0, 0);
        flood.submit(generation("a", 40), 0);
        flood.submit(generation("b", 20), 0);

        for (Generation due = flood.poll(0); due != null; due = flood.poll(0)) {
            due.deliver();
        }

        assertThat(delivered).containsExactly("a 16", "b 16", "a 16", "b 4 last", "a 8 last");
    }

    @Test
    void aCancelledAnswerIsForgottenAtOnce() {
        Generation cancelled = generation("a", 3);
        metronome.submit(cancelled, 0);
        metronome.submit(generation("b", 1), 5);
        playUntil(50);

        metronome.cancel(cancelled);

        assertThat(metronome.running()).isEqualTo(1);
        assertThat(metronome.nextNanos()).isEqualTo(55);
        playUntil(1_000);
        assertThat(delivered).containsExactly("a 1", "b 1 last");
    }

    @Test
    void cancellingWhatIsNotRunningDoesNothing() {
        metronome.submit(generation("a", 1), 0);

        metronome.cancel(generation("b", 1));

        assertThat(metronome.running()).isEqualTo(1);
    }

    @Test
    void thousandsThatAreCancelledAreForgottenAndTheOthersComeInOrder() {
        Random random = new Random(1);
        List<Generation> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(generation("" + i, 1));
            metronome.submit(all.get(i), random.nextInt(100));
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (random.nextInt(100) == 0) {
                kept.add(i);
            } else {
                metronome.cancel(all.get(i));
                metronome.cancel(all.get(i));
            }
        }

        assertThat(metronome.running()).isEqualTo(kept.size());
        playUntil(1_000);

        assertThat(metronome.running()).isZero();
        assertThat(metronome.nextNanos()).isEqualTo(TokenSchedule.NEVER);
        assertThat(delivered)
                .containsExactlyInAnyOrderElementsOf(
                        kept.stream().map(i -> i + " 1 last").toList());
    }

    @Test
    void everyTokenIsDeliveredOnceAndNeverBeforeItIsDueHoweverTheClockIsRead() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            long ttft = random.nextInt(100);
            long itl = random.nextInt(20);
            long start = random.nextInt(1_000);
            int tokens = 1 + random.nextInt(60);
            TokenSchedule model = new Metronome(ttft, itl);
            int[] seen = {0};
            long[] now = {start};
            model.submit(
                    new Generation(1, tokens, (events, count, last) -> {
                        seen[0] += count;
                        assertThat(start + ttft + (seen[0] - 1) * itl).isLessThanOrEqualTo(now[0]);
                        assertThat(last).isEqualTo(seen[0] == tokens);
                    }),
                    start);

            while (model.running() > 0) {
                now[0] += random.nextInt(40);
                for (Generation due = model.poll(now[0]); due != null; due = model.poll(now[0])) {
                    due.deliver();
                }
                assertThat(model.nextNanos()).isGreaterThan(now[0]);
            }

            assertThat(seen[0]).isEqualTo(tokens);
        }
    }

    private void playUntil(long now) {
        for (Generation due = metronome.poll(now); due != null; due = metronome.poll(now)) {
            due.deliver();
        }
    }

    private Generation generation(String name, int tokens) {
        return new Generation(
                1, tokens, (events, count, last) -> delivered.add(name + " " + count + (last ? " last" : "")));
    }
}
