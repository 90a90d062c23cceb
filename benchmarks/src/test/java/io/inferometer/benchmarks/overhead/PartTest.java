package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartTest {
    @Test
    void namesArePartsAndNoTwoAreTheSame() {
        assertThat(Part.all()).extracting(Part::name).doesNotHaveDuplicates().contains("streams-1000", "start");
        assertThat(Part.some()).extracting(Part::name).doesNotHaveDuplicates();
    }

    @Test
    void aJobIsTheSameAfterItsWayThroughArguments() {
        for (Part part : Part.all()) {
            if (part instanceof Part.Trip trip) {
                assertThat(Job.of(trip.job().arguments())).isEqualTo(trip.job());
            }
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
