package io.inferometer.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void beginsAtZeroUnlessAllValuesAreFarFromIt() {
        assertThat(Axis.of(1_502, 11_126).ticks())
                .containsExactly(0.0, 2_000.0, 4_000.0, 6_000.0, 8_000.0, 10_000.0, 12_000.0);
        assertThat(Axis.of(190, 409).ticks()).containsExactly(150.0, 200.0, 250.0, 300.0, 350.0, 400.0, 450.0);
    }

    @Test
    void writesTheDecimalsThatItsStepNeeds() {
        Axis quarters = Axis.of(0, 1.4);

        assertThat(labels(quarters)).containsExactly("0.00", "0.25", "0.50", "0.75", "1.00", "1.25", "1.50");
        assertThat(labels(Axis.of(0, 12))).containsExactly("0.0", "2.5", "5.0", "7.5", "10.0", "12.5");
        assertThat(labels(Axis.of(0, 11_126))).contains("2,000", "12,000");
    }

    @Test
    void aSingleValueHasAnAxisToo() {
        assertThat(Axis.of(50, 50).share(50)).isBetween(0.5, 1.0);
        assertThat(Axis.of(0, 0).ticks()).hasSizeGreaterThan(1);
    }

    @Test
    void holdsAllValuesBetweenItsEndsWithAFewTicks() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            double greatest = Math.pow(10, 8 * random.nextDouble() - 2);
            double least = greatest * random.nextDouble();

            Axis axis = Axis.of(least, greatest);

            assertThat(axis.share(least)).isBetween(0.0, 1.0);
            assertThat(axis.share(greatest)).isBetween(0.4, 1.0);
            assertThat(axis.ticks()).hasSizeBetween(3, 9);
        }
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(axis::label).toList();
    }
}
