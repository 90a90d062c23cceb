package io.inferometer.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.report.ARun;
import io.inferometer.report.Scenarios;
import io.inferometer.report.TrialReport;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CurveTest {
    @Test
    void itsPointsAreMarkedWhereTheyShouldBeReadWithCare() throws IOException {
        assertThat(marks(Scenarios.overloaded())).isEqualTo("overloaded");
        assertThat(marks(Scenarios.suspectClient())).isEqualTo("client suspect");
        assertThat(marks(Scenarios.sweep())).isEqualTo("; 5.0 % failed; ");
        assertThat(marks(Scenarios.closedLoop())).isEmpty();
    }

    @Test
    void aPointWhoseLengthsAreNotThoseOfTheOthersIsMarked() throws IOException {
        ARun run = new ARun();
        for (int trial = 0; trial < 3; trial++) {
            run.with(ARun.trial().load(new Load.Closed(trial + 1)))
                    .with(ARequest.metronome(trial * 1_000, 50, 10, trial == 1 ? 30 : 20)
                            .of(trial, false, 0)
                            .record());
        }

        assertThat(marks(run)).isEqualTo("; lengths unlike; ");
    }

    @Test
    void itsThroughputIsThatOfTheSteadyLoadWhereThereIsOne() throws IOException {
        TrialReport steady = Scenarios.closedLoop().report().trials().get(0);
        TrialReport never = Scenarios.overloaded().report().trials().get(0);

        assertThat(Curve.steady(steady)).isTrue();
        assertThat(Curve.outputPerSecond(steady))
                .isEqualTo(steady.summary().throughput().steadyOutputTokensPerSecond());
        assertThat(Curve.steady(never)).isFalse();
        assertThat(Curve.outputPerSecond(never))
                .isEqualTo(never.summary().throughput().outputTokensPerSecond());
        assertThat(Curve.interactivity(never)).isCloseTo(100, within(1e-9));
    }

    private static String marks(ARun run) throws IOException {
        Curve curve = Curve.of("", run.report()).get(0);
        return String.join(
                "; ",
                curve.trials().stream()
                        .map(trial -> String.join(", ", curve.marks(trial)))
                        .toList());
    }
}
