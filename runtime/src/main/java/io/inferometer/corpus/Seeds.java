package io.inferometer.corpus;

/** Seeds made from seeds, so that each thing that is drawn has a generator of its own. */
public final class Seeds {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    /**
     * {@return a seed that looks unrelated to {@code seed}, and to those of other streams and numbers}
     *
     * @param seed the one that all others of a run come from
     * @param stream what is drawn from it: a number of its own for each use
     * @param number of the one that is wanted within the stream
     */
    public static long derive(long seed, long stream, long number) {
        return mix(mix(mix(seed + GOLDEN) + stream) + number);
    }

    /**
     * {@return the 32 bits that seed a Mersenne Twister: a seed of numpy's range as it is, any other mixed}
     *
     * @param seed any
     */
    public static int bits32(long seed) {
        return seed >>> Integer.SIZE == 0 ? (int) seed : (int) mix(seed);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long bits) {
        long z = bits;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
