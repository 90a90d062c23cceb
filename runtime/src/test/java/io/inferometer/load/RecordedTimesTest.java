package io.inferometer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RecordedTimesTest {
    @Test
    void timesCountFromThatOfTheFirstRequest() {
        assertThat(due(new Load.Replay(1), 3600, 3600, 3600.5, 3602)).containsExactly(0, 0, 0.5, 2);
    }

    @Test
    void timesAreDividedByTheSpeed() {
        assertThat(due(new Load.Replay(10), 0, 1, 25)).containsExactly(0, 0.1, 2.5);
        assertThat(due(new Load.Replay(0.5), 0, 1, 25)).containsExactly(0, 2, 50);
    }

    @Test
    void gapsAreCutInRecordedTimeAndTheOthersKept() {
        assertThat(due(new Load.Replay(2, Duration.ofSeconds(10)), 0, 4, 104, 114, 125, 126))
                .containsExactly(0, 2, 7, 12, 17, 17.5);
    }

    @Test
    void aRequestWithoutATimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordedTimes(new Load.Replay(1)).dueNanos(7, Optional.empty()))
                .withMessage(
                        "request 7 has no time, and a replay sends each at its own: give it at(...), or keep the order"
                                + " alone with --concurrency N or --rate N");
    }

    @Test
    void aTimeThatGoesBackIsRefused() {
        RecordedTimes times = new RecordedTimes(new Load.Replay(1));
        times.dueNanos(0, Optional.of(Duration.ofMillis(2500)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> times.dueNanos(1, Optional.of(Duration.ofSeconds(2))))
                .withMessage("request 1 is at 2 s, before the one before it, at 2.5 s; a replay's times never go back");
    }

    private static double[] due(Load.Replay replay, double... seconds) {
        RecordedTimes times = new RecordedTimes(replay);
        return DoubleStream.of(seconds)
                .map(at -> times.dueNanos(0, Optional.of(Duration.ofNanos(Math.round(at * 1e9)))) / 1e9)
                .toArray();
    }
}
