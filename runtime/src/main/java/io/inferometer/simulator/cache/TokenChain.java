package io.inferometer.simulator.cache;

import java.util.Arrays;

/**
 * The tokens of a context in blocks of 16, of which each is known by a hash of itself and all before it, as in vLLM: two
 * contexts have as many hashes in common, from the first one on, as they have whole blocks in common.
 *
 * <p>A hash has 64 bits: among a million blocks two that differ have the same one with a probability of 3e-8.
 */
public final class TokenChain {
    public static final int BLOCK_TOKENS = 16;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long[] hashes;
    private long hash;
    private int tokens;

    /** An empty one with room for so many tokens. */
    public TokenChain(int room) {
        this.hashes = new long[room / BLOCK_TOKENS + 1];
    }

    /** How many blocks so many tokens take. */
    public static long blocks(long tokens) {
        return (tokens + BLOCK_TOKENS - 1) / BLOCK_TOKENS;
    }

    /** One more token. */
    public void append(int token) {
        hash = mixed(hash + GOLDEN ^ token * GOLDEN);
        tokens++;
        if (tokens % BLOCK_TOKENS == 0) {
            int block = tokens / BLOCK_TOKENS - 1;
            if (block == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * hashes.length);
            }
            hashes[block] = hash;
        }
    }

    /** How many whole blocks there are. */
    public int blocks() {
        return tokens / BLOCK_TOKENS;
    }

    /** The hash of a whole block and all before it. */
    public long hash(int block) {
        return hashes[block];
    }

    /** David Stafford's thirteenth mix of 64 bits, as in {@link java.util.SplittableRandom}. */
    private static long mixed(long bits) {
        long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
