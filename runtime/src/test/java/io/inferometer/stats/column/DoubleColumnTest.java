package io.inferometer.stats.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DoubleColumnTest {
    @Test
    void latenciesTakeAQuarterOfADoubleAndEachIsFoundByItsRank() {
        Random random = new Random(9);
        DoubleColumn column = new DoubleColumn();
        double[] values = new double[300_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.rint(4e7 + 2e7 * Math.exp(random.nextGaussian() / 2));
            column.add(values[i]);
        }
        Arrays.sort(values);

        assertThat(column.bytes() / (double) values.length).isLessThan(2.8);
        for (int rank : new int[] {0, 1, 17, 149_999, 299_000, 299_999}) {
            assertThat(column.at(rank)).isEqualTo(values[rank]);
        }
    }

    @Test
    void sharesTakeFewerBytesThanADoubleAndComeBackBitForBit() {
        Random random = new Random(9);
        DoubleColumn column = new DoubleColumn();
        double[] values = new double[100_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (1e7 + random.nextInt(1_000_000)) / (3 + random.nextInt(500));
            column.add(values[i]);
        }
        Arrays.sort(values);

        assertThat(column.bytes() / (double) values.length).isLessThan(8.1);
        double[] all = new double[values.length];
        int[] filled = {0};
        column.ascending(value -> all[filled[0]++] = value);
        assertThat(all).containsExactly(values);
    }
}
