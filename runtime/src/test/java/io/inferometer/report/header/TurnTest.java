package io.inferometer.report.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.plan.Trial;
import io.inferometer.report.ARun;
import io.inferometer.workload.Load;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TurnTest {
    @Test
    void trialsComeInTheirOrderEachWithItsForks() {
        RunHeader run =
                new ARun().with(ARun.trial().forks(2)).with(ARun.trial()).header();

        assertThat(turns(run)).isEqualTo("0/0 0/1 1/0");
    }

    @Test
    void sidesTakeTurnsSoThatEachPairOfForksAreNeighbours() {
        RunHeader run = new ARun()
                .with(ARun.trial().forks(4).side(Trial.Letter.A, "jdk"))
                .with(ARun.trial().forks(4).side(Trial.Letter.B, "nio"))
                .header();

        assertThat(turns(run)).isEqualTo("0/0 1/0 1/1 0/1 0/2 1/2 1/3 0/3");
    }

    @Test
    void eachLoadOfASweepIsMeasuredOnBothSidesBeforeTheNext() {
        ARun run = new ARun();
        for (int slots : new int[] {4, 8}) {
            for (Trial.Letter letter : Trial.Letter.values()) {
                run.with(ARun.trial().load(new Load.Closed(slots)).forks(2).side(letter, "jdk"));
            }
        }

        assertThat(turns(run.header())).isEqualTo("0/0 1/0 1/1 0/1 2/0 3/0 3/1 2/1");
    }

    private static String turns(RunHeader run) {
        return Turn.of(run).stream()
                .map(turn -> turn.trial() + "/" + turn.fork())
                .collect(Collectors.joining(" "));
    }
}
