package io.inferometer.corpus;

import java.util.Arrays;

/**
 * The Mersenne Twister of Matsumoto and Nishimura (1998) with the seeding of 2002 ({@code init_genrand}), and bounded
 * draws by masked rejection: word for word what numpy's {@code RandomState(seed)} and {@code randint} yield.
 *
 * <p>Not thread-safe.
 */
public final class Mt19937 {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;
    private static final int MATRIX = 0x9908b0df;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7fffffff;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    /**
     * Begins the sequence of a seed.
     *
     * @param seed taken as unsigned
     */
    public Mt19937(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** {@return the next 32 random bits} */
    public int nextInt() {
        if (next == SIZE) {
            twist();
        }
        int word = state[next++];
        word ^= word >>> 11;
        word ^= (word << 7) & 0x9d2c5680;
        word ^= (word << 15) & 0xefc60000;
        return word ^ (word >>> 18);
    }

    /**
     * {@return a number, uniform from {@code low} to {@code high}, both included} Draws nothing where they are the
     * same.
     *
     * @param low the smallest
     * @param high the largest, not below {@code low}
     */
    public int nextInt(int low, int high) {
        int range = high - low;
        if (range == 0) {
            return low;
        }
        int mask = -1 >>> Integer.numberOfLeadingZeros(range);
        int drawn = nextInt() & mask;
        while (drawn > range) {
            drawn = nextInt() & mask;
        }
        return low + drawn;
    }

    /** As many draws of {@link #nextInt(int, int)}. */
    int[] ints(int count, int low, int high) {
        int[] drawn = new int[count];
        Arrays.setAll(drawn, i -> nextInt(low, high));
        return drawn;
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & LOWER);
            state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : MATRIX);
        }
        next = 0;
    }
}
