package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void tellsWhatIsLeftByWhatTheStepsTookThatAreDone() {
        Estimate estimate = new Estimate(List.of(60.0, 60.0, 120.0));

        assertThat(estimate.words()).isEqualTo("about 4 min left");
        estimate.ended(60, 120);
        assertThat(estimate.words()).isEqualTo("about 6 min left");
        estimate.ended(60, 30);
        assertThat(estimate.secondsLeft()).isEqualTo(150);
        estimate.ended(120, 100);
        assertThat(estimate.words()).isEqualTo("about 0 s left");
    }

    @Test
    void tellsAShortTimeInSeconds() {
        assertThat(new Estimate(List.of(41.0)).words()).isEqualTo("about 50 s left");
    }
}
