package io.inferometer.stats.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongColumnTest {
    @Test
    void anyNumbersComeBackAsTheyWereInTheirOrderAndAscending() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int bits = random.nextInt(65);
            long[] values = made(random.nextInt(10_000), i -> bits == 0 ? 0 : random.nextLong() >> 64 - bits);

            assertThat(inOrder(values)).containsExactly(values);
            assertThat(ascending(values)).containsExactly(sorted(values));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 127, 128, 129, 4_095, 4_096, 4_097})
    void theEndsOfFramesAndBlocksAreNoEndsOfAColumn(int count) {
        Random random = new Random(count);
        long[] values = made(count, i -> random.nextInt(1 << 20));

        assertThat(inOrder(values)).containsExactly(values);
        assertThat(ascending(values)).containsExactly(sorted(values));
    }

    @Test
    void theGreatestDifferencesThereCanBeComeBack() {
        long[] values = made(9_000, i -> i % 3 == 0 ? Long.MIN_VALUE : i % 3 == 1 ? Long.MAX_VALUE : -i);

        assertThat(inOrder(values)).containsExactly(values);
        assertThat(ascending(values)).containsExactly(sorted(values));
    }

    @Test
    void timesThatGoOnTakeLittleMoreThanTheBitsOfTheirSteps() {
        Random random = new Random(5);
        LongColumn column = new LongColumn();
        long time = 0;
        for (int i = 0; i < 1_000_000; i++) {
            column.add(time += random.nextInt(1 << 20));
        }

        assertThat(column.bytes() / 1e6).isLessThan(20 / 8.0 + 0.3);
    }

    @Test
    void whatIsTheSameForAllTakesNearlyNothing() {
        LongColumn column = new LongColumn();
        for (int i = 0; i < 1_000_000; i++) {
            column.add(3);
        }

        assertThat(column.bytes() / 1e6).isLessThan(0.25);
    }

    private static long[] made(int count, LongUnaryOperator number) {
        long[] values = new long[count];
        Arrays.setAll(values, number::applyAsLong);
        return values;
    }

    private static LongColumn column(long... values) {
        LongColumn column = new LongColumn();
        for (long value : values) {
            column.add(value);
        }
        assertThat(column.count()).isEqualTo(values.length);
        return column;
    }

    private static long[] inOrder(long... values) {
        LongColumn column = column(values);
        long[] all = new long[values.length];
        long[] some = new long[LongColumn.BLOCK];
        int filled = 0;
        for (int block = 0; block < column.blocks(); block++) {
            int count = column.read(block, some);
            System.arraycopy(some, 0, all, filled, count);
            filled += count;
        }
        assertThat(filled).isEqualTo(values.length);
        return all;
    }

    private static long[] ascending(long... values) {
        Ascending ascending = column(values).ascending();
        long[] all = new long[values.length];
        for (int i = 0; i < all.length; i++) {
            assertThat(ascending.next()).isTrue();
            all[i] = ascending.value();
        }
        assertThat(ascending.next()).isFalse();
        return all;
    }

    private static long[] sorted(long... values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
