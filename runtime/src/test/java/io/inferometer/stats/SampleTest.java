package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.stats.column.DoubleColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final List<Double> PERCENTILES = Percentiles.with(List.of(0.01, 33.3, 99.99));

    @Test
    void manyColumnsHaveTheFiguresOfOne() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Sample one = new Sample(new DoubleColumn(1 << 20));
            Sample many = new Sample(new DoubleColumn(16 + random.nextInt(50)));
            int count = random.nextInt(4_000);
            for (int i = 0; i < count; i++) {
                double value = value(random);
                one.add(value);
                many.add(value);
            }

            assertThat(many.distribution(PERCENTILES)).isEqualTo(one.distribution(PERCENTILES));
            assertThat(ascending(many)).isEqualTo(ascending(one)).isSorted().hasSize((int) one.count());
            assertThat(many.percentile(42)).isEqualTo(one.percentile(42));
        }
    }

    @Test
    void aTrialHasTheFiguresOfAllItsIterationsAndLeavesThemAsTheyWere() {
        Random random = new Random(3);
        Sample all = new Sample(new DoubleColumn(1 << 20));
        Sample trial = new Sample(new DoubleColumn(100));
        List<Sample> iterations = new ArrayList<>();
        List<Distribution> before = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Sample iteration = new Sample(new DoubleColumn(100));
            Sample again = new Sample(new DoubleColumn(1 << 20));
            int count = random.nextInt(400);
            for (int k = 0; k < count; k++) {
                double value = value(random);
                iteration.add(value);
                again.add(value);
            }
            iterations.add(iteration);
            before.add(iteration.distribution(PERCENTILES));
            trial.merge(iteration);
            all.merge(again);
        }

        assertThat(trial.distribution(PERCENTILES)).isEqualTo(all.distribution(PERCENTILES));
        assertThat(iterations.stream()
                        .map(iteration -> iteration.distribution(PERCENTILES))
                        .toList())
                .isEqualTo(before);
    }

    private static List<Double> ascending(Sample sample) {
        List<Double> values = new ArrayList<>();
        sample.values().ascending(values::add);
        return values;
    }

    private static double value(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> 5;
            case 1 -> 0;
            case 2 -> -1_000 * random.nextDouble();
            case 3 -> Double.NaN;
            case 6 -> -0.0;
            case 7 -> random.nextInt(1_000_000) - 500_000;
            case 4 -> 1e18 * random.nextDouble();
            default -> 1e8 * random.nextDouble();
        };
    }
}
