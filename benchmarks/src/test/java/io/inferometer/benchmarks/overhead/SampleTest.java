package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theIntervalOfFiveIsAllOfThem() {
        Sample five = Sample.of(List.of(3.0, 9.0, 1.0, 4.0, 2.0));

        assertThat(five.median()).isEqualTo(3);
        assertThat(five.interval()).hasValue(new Sample.Interval(1, 9, 0.9375));
    }

    @Test
    void moreForksLeaveOutTheOutermost() {
        assertThat(sample(7).interval().orElseThrow().level()).isCloseTo(1 - 2 / 128.0, within(1e-12));
        assertThat(sample(8).interval()).hasValue(new Sample.Interval(1, 6, 1 - 2 * 9 / 256.0));
        assertThat(sample(11).interval()).hasValue(new Sample.Interval(2, 8, 1 - 2 * 67 / 2048.0));
    }

    @Test
    void fewerThanFiveHaveNone() {
        assertThat(sample(4).interval()).isEmpty();
        assertThat(Sample.of(List.of()).interval()).isEmpty();
        assertThat(Sample.of(List.of()).median()).isNaN();
    }

    @Test
    void theLevelIsKeptOfSkewedValues() {
        Random random = new Random(5);
        double truth = 1;
        for (int n : new int[] {5, 6, 8, 11}) {
            int held = 0;
            int runs = 20_000;
            double level = 0;
            for (int run = 0; run < runs; run++) {
                List<Double> values = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    values.add(Math.exp(random.nextGaussian()));
                }
                Sample.Interval interval = Sample.of(values).interval().orElseThrow();
                held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
                level = interval.level();
            }
            assertThat((double) held / runs).as("n = %d", n).isCloseTo(level, within(0.006));
        }
    }

    private static Sample sample(int count) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add((double) i);
        }
        return Sample.of(values);
    }
}
