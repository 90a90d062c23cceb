package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmLineTest {
    private final List<String> rang = new ArrayList<>();
    private final List<Long> looks = new ArrayList<>();
    private long now = 1_000;
    private final AlarmLine line = new AlarmLine(100, () -> now, looks::add);

    @Test
    void runsWhatIsDueInTheOrderInWhichItWasAskedFor() {
        line.add(() -> rang.add("a"));
        now = 1_030;
        line.add(() -> rang.add("b"));
        line.add(() -> rang.add("c"));

        now = 1_100;
        line.look();

        assertThat(rang).containsExactly("a");
        assertThat(looks).containsExactly(100L, 30L);

        now = 1_130;
        line.look();

        assertThat(rang).containsExactly("a", "b", "c");
    }

    @Test
    void looksOnceForAllThatAreCancelledAndNotAtAllWhereNobodyWaits() {
        for (int i = 0; i < 1_000; i++) {
            line.add(() -> rang.add("late")).cancel();
        }

        assertThat(looks).containsExactly(100L);

        now = 1_100;
        line.look();

        assertThat(rang).isEmpty();
        assertThat(looks).containsExactly(100L);
    }

    @Test
    void whatIsCancelledHoldsUpNothingBehindIt() {
        Watchdog.Alarm first = line.add(() -> rang.add("a"));
        now = 1_010;
        line.add(() -> rang.add("b"));
        first.cancel();

        now = 1_105;
        line.look();
        now = 1_110;
        line.look();

        assertThat(rang).containsExactly("b");
        assertThat(looks).containsExactly(100L, 5L);
    }

    @Test
    void looksAgainForWhatComesBehindALookThatFoundNothing() {
        line.add(() -> rang.add("a")).cancel();
        now = 1_100;
        line.look();
        line.add(() -> rang.add("b"));

        assertThat(looks).containsExactly(100L, 100L);

        now = 1_200;
        line.look();

        assertThat(rang).containsExactly("b");
    }
}
