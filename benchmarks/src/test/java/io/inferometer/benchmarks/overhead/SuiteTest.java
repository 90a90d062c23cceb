package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.benchmarks.overhead.trip.Job;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuiteTest {
    @Test
    void theClientsTakeTurnsWhichAreReversedEachTime() {
        Part part = new Part.Trip("streams-8", Job.streams(8, 100, 2), Set.of());

        assertThat(Suite.steps(part, 3))
                .extracting(Suite.Step::toString)
                .containsExactly(
                        "streams-8, bare, fork 1",
                        "streams-8, jdk, fork 1",
                        "streams-8, nio, fork 1",
                        "streams-8, nio, fork 2",
                        "streams-8, jdk, fork 2",
                        "streams-8, bare, fork 2",
                        "streams-8, bare, fork 3",
                        "streams-8, jdk, fork 3",
                        "streams-8, nio, fork 3");
    }

    @Test
    void whatJmhMeasuresHasNoClient() {
        assertThat(Suite.steps(Part.some().get(0), 2))
                .extracting(Suite.Step::toString)
                .containsExactly("DecodeBenchmark, by JMH, fork 1", "DecodeBenchmark, by JMH, fork 2");
    }
}
