package io.inferometer.benchmarks.overhead.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobTest {
    @Test
    void aJobIsTheSameAfterItsWayThroughArguments() {
        for (Job job : List.of(Job.streams(256, 100, 3), Job.slowStreams(5_000), Job.wholeAnswers(64, 10_000, 2))) {
            assertThat(Job.of(job.arguments())).isEqualTo(job);
        }
    }

    @Test
    void aWarmUpHasAtLeastTheStreamsThatCompileTheCode() {
        assertThat(Job.streams(1, 100, 5).warmup().slots()).isEqualTo(500);
        assertThat(Job.streams(1_000, 100, 5).warmup()).isEqualTo(new Job(50, 10, 1_000, 1_000, 20, true, 0, 0));
        assertThat(Job.wholeAnswers(64, 5_000, 1).warmup().requests()).isEqualTo(5_000);
    }

    @Test
    void aJobKnowsAboutHowLongItTakes() {
        assertThat(new Job(50, 10, 256, 256, 100, true, 8, 2).seconds())
                .isCloseTo(1.5 + 8 * 0.25 + 2 * 1.05, within(1e-9));
        assertThat(new Job(0, 0, 64, 10_000, 8, false, 5, 2).seconds()).isCloseTo(1.5 + 7 * 0.5, within(1e-9));
    }
}
