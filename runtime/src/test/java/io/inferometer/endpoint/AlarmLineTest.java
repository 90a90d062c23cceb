package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmLineTest {
    private final List<String> rang = new ArrayList<>();
    private final List<Long> looks = new ArrayList<>();
    private long now = 1_000;
    private final AlarmLine line = new AlarmLine(100, () -> now, (look, nanos) -> looks.add(nanos));

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

    @Test
    void forgetsWithinASecondWhatIsCancelledBehindWhatGoesOn() throws Exception {
        AlarmLine minute = new AlarmLine(60_000_000_000L, () -> now, (look, nanos) -> looks.add(nanos));
        minute.add(() -> rang.add("a"));
        WeakReference<Object> held = cancelled(minute);

        now += 1_000_000_000L;
        minute.look();

        for (int i = 0; i < 100 && held.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(held.get()).isNull();
        assertThat(looks).containsExactly(1_000_000_000L, 1_000_000_000L);

        now = 60_000_001_000L;
        minute.look();

        assertThat(rang).containsExactly("a");
    }

    /** A wake-up itself, which holds its action no more once it is cancelled, and its place in the line. */
    private static WeakReference<Object> cancelled(AlarmLine line) {
        Watchdog.Alarm alarm = line.add(() -> {});
        alarm.cancel();
        return new WeakReference<>(alarm);
    }

    @Test
    void isOnTimeThoughALookIsASecondAwayAtMost() {
        AlarmLine some = new AlarmLine(1_500_000_000L, () -> now, (look, nanos) -> looks.add(nanos));
        some.add(() -> rang.add("a"));
        now += 1_000_000_000L;
        some.look();

        assertThat(looks).containsExactly(1_000_000_000L, 500_000_000L);
        assertThat(rang).isEmpty();

        now += 500_000_000L;
        some.look();

        assertThat(rang).containsExactly("a");
    }
}
