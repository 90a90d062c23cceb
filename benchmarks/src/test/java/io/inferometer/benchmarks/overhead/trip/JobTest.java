package io.inferometer.benchmarks.overhead.trip;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(Job.streams(1_000, 100, 5).warmup())
                .isEqualTo(new Job("metronome?ttft=50&itl=10", 1_000, 1_000, 20, true, 0, 0));
        assertThat(Job.wholeAnswers(64, 5_000, 1).warmup().requests()).isEqualTo(5_000);
    }
}
