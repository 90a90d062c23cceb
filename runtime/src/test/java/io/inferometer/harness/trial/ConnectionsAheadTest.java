package io.inferometer.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.workload.Load;
import org.junit.jupiter.api.Test;

class ConnectionsAheadTest {
    @Test
    void aClosedLoopNeedsOneForEachSlot() {
        assertThat(ConnectionsAhead.needed(new Load.Closed(16), 1_000, 99)).isEqualTo(16);
    }

    @Test
    void anOpenLoopNeedsMoreThanItHadInFlightSoFar() {
        Load open = new Load.Open(10, Arrivals.POISSON);

        assertThat(ConnectionsAhead.needed(open, 1_000, 25)).isEqualTo(45);
        assertThat(ConnectionsAhead.needed(open, 1_000, 0)).isEqualTo(38);
        assertThat(ConnectionsAhead.needed(open, 1_000, 1)).isEqualTo(38);
        assertThat(ConnectionsAhead.needed(open, 30, 25)).isEqualTo(30);
        assertThat(ConnectionsAhead.needed(open, 100_000, 50_000)).isEqualTo(1_024);
    }
}
