package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.Inferometer;
import io.inferometer.RunResult;
import io.inferometer.harness.RunOutcome;
import io.inferometer.plan.Options;
import io.inferometer.stats.Metric;
import org.junit.jupiter.api.Test;

/** How a test of your own holds an endpoint to its latencies. */
class SampleGateTest {
    @Test
    void theFirstTokenComesInTime() throws InterruptedException {
        RunResult result = Inferometer.run(Options.of("Sample01").noJournal().build());

        assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
        assertThat(result.trial().millis(Metric.TTFT, 99)).isBetween(40.0, 2_000.0);
    }
}
