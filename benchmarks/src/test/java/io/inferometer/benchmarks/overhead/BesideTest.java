package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.judge.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BesideTest {
    private static final double[] DRIFTING = {10, 12, 9, 15, 11};

    @Test
    void driftThatFellOnBothIsInNoDifference() {
        Beside.Judged judged = judged(row(Row.Sense.LESS, 0.5));

        assertThat(judged.difference()).isCloseTo(-0.5, within(0.01));
        assertThat(judged.finding()).isInstanceOf(Finding.Better.class);
        assertThat(judged.interval()[0]).isLessThan(-0.5);
        assertThat(judged.interval()[1]).isBetween(-0.5, -0.45);
    }

    @Test
    void lessOfWhatShouldBeMoreIsWorse() {
        Beside.Judged judged = judged(row(Row.Sense.MORE, 0.5));

        assertThat(judged.difference()).isCloseTo(-0.5, within(0.01));
        assertThat(judged.finding()).isInstanceOf(Finding.Worse.class);
        assertThat(judged.interval()[0]).isLessThan(judged.interval()[1]);
    }

    @Test
    void aTinyDifferenceIsTheSame() {
        assertThat(judged(row(Row.Sense.LESS, 1.01)).finding()).isInstanceOf(Finding.Same.class);
    }

    @Test
    void twoPairsAreTooFewAndWhatWasSpoiledOrIsNoFigureIsLeftOut() {
        Row two = row(Row.Sense.LESS, 0.5);
        two.values().get("nio").keySet().removeIf(fork -> fork > 2);
        Row spoiled = row(Row.Sense.LESS, 0.5, Set.of("jdk"));

        assertThat(Beside.judge(List.of(two, spoiled, row(Row.Sense.NONE, 0.5), row(Row.Sense.NEITHER, 0.5))))
                .isEmpty();
        assertThat(Beside.lines(List.of(two))).isEmpty();
    }

    @Test
    void theTableSaysDifferenceIntervalAndVerdict() {
        assertThat(Beside.lines(List.of(row(Row.Sense.LESS, 0.5))))
                .element(1)
                .asString()
                .startsWith("streams-256: figure      5     -50.0 %  -50.")
                .endsWith("better");
    }

    private static Beside.Judged judged(Row row) {
        return Beside.judge(List.of(row)).get(0);
    }

    private static Row row(Row.Sense sense, double factor) {
        return row(sense, factor, Set.of());
    }

    /** nio is so many times jdk, to half a percent, while both drift together. */
    private static Row row(Row.Sense sense, double factor, Set<String> spoiled) {
        Map<Integer, Double> jdk = new TreeMap<>();
        Map<Integer, Double> nio = new TreeMap<>();
        for (int i = 0; i < DRIFTING.length; i++) {
            jdk.put(i + 1, DRIFTING[i]);
            nio.put(i + 1, DRIFTING[i] * factor * (1 + (i % 2 == 0 ? 0.005 : -0.005)));
        }
        return new Row(
                "streams-256",
                "figure",
                "ms",
                "",
                sense,
                new HashMap<>(Map.of("jdk", jdk, "nio", nio)),
                new HashMap<>(),
                spoiled);
    }
}
