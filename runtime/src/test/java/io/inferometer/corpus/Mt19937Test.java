package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Mt19937Test {
    @Test
    void yieldsTheWordsThatTheCxxStandardNames() {
        Mt19937 random = new Mt19937(5489);

        assertThat(Integer.toUnsignedLong(random.nextInt())).isEqualTo(3499211612L);
        for (int i = 2; i < 10_000; i++) {
            random.nextInt();
        }
        assertThat(Integer.toUnsignedLong(random.nextInt())).isEqualTo(4123659995L);
    }

    @Test
    void drawsNothingWhereThereIsNoChoice() {
        Mt19937 drawn = new Mt19937(1);
        Mt19937 untouched = new Mt19937(1);

        assertThat(drawn.nextInt(7, 7)).isEqualTo(7);

        assertThat(drawn.nextInt()).isEqualTo(untouched.nextInt());
    }

    @Test
    void reachesBothEndsEquallyOften() {
        Mt19937 random = new Mt19937(99);
        int[] seen = new int[5];

        for (int drawn : random.ints(50_000, 3, 7)) {
            seen[drawn - 3]++;
        }

        for (int times : seen) {
            assertThat(times).isBetween(9_600, 10_400);
        }
    }
}
