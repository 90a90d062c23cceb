package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void moreRequestsThanAColumnHoldsAreCountedAsFewAre() {
        int count = 100_003;
        Random random = new Random(8);
        long[] starts = new long[count];
        long[] ends = new long[count];
        InFlight inFlight = new InFlight();
        for (int i = 0; i < count; i++) {
            starts[i] = random.nextLong(1_000_000_000);
            ends[i] = starts[i] + random.nextLong(1_000_000);
            inFlight.add(starts[i], ends[i]);
        }
        long area = 0;
        for (int i = 0; i < count; i++) {
            area += ends[i] - starts[i];
        }

        assertThat(inFlight.count()).isEqualTo(count);
        assertThat(inFlight.mean(0, 2e9)).isCloseTo(area / 2e9, within(1e-6));
        Arrays.sort(starts);
        Arrays.sort(ends);
        assertThat(inFlight.starts()).containsExactly(starts);
        int peak = 0;
        for (int started = 0, ended = 0; started < count; started++) {
            while (ends[ended] <= starts[started]) {
                ended++;
            }
            peak = Math.max(peak, started + 1 - ended);
        }
        assertThat(inFlight.peak()).isEqualTo(peak);
    }
}
