package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final long GAP = 10_000_000;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void streamsWhoseReadsComeWithinATenthOfAGapShareSteps() {
        Steps steps = new Steps();
        for (int stream = 0; stream < 20; stream++) {
            steps.add(stream * 3 * GAP, reads(50, 500_000, 0), 50);
        }

        assertThat(steps.shared()).isTrue();
    }

    @Test
    void streamsThatBeginAtAnyTimeDoNot() {
        Steps steps = new Steps();
        for (int stream = 0; stream < 20; stream++) {
            steps.add(stream * 3 * GAP, reads(50, 500_000, random.nextLong(GAP)), 50);
        }

        assertThat(steps.shared()).isFalse();
    }

    @Test
    void aStreamSharesNoneWithItselfAndFewNeighboursTellNothing() {
        Steps alone = new Steps();
        for (int stream = 0; stream < 20; stream++) {
            alone.add(stream * 60 * GAP, reads(50, 0, 0), 50);
        }
        Steps short2 = new Steps();
        short2.add(0, reads(3, 0, 0), 3);
        short2.add(0, reads(3, 0, 0), 3);

        assertThat(alone.shared()).isFalse();
        assertThat(short2.shared()).isFalse();
        assertThat(new Steps().shared()).isFalse();
    }

    private long[] reads(int count, long jitter, long phase) {
        long[] reads = new long[count];
        for (int i = 0; i < count; i++) {
            reads[i] = phase + i * GAP + (jitter == 0 ? 0 : random.nextLong(jitter));
        }
        return reads;
    }
}
