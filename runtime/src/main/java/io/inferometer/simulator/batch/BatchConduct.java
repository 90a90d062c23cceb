package io.inferometer.simulator.batch;

import java.util.SplittableRandom;

/**
 * How jobs are conducted. Immutable.
 *
 * @param running how many lines run at once
 * @param queueNanos how long a job waits at least before its first line runs
 * @param finalizingNanos how long it takes from its last line to its end
 * @param windowNanos after which time a job expires, 0 for the time that it asks for
 * @param failingShare the share of lines, 0 to 1, that fail with status 500
 * @param seed what those are drawn from
 */
public record BatchConduct(
        int running, long queueNanos, long finalizingNanos, long windowNanos, double failingShare, long seed) {
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    /** Whether the {@code n}-th line of a job fails. */
    boolean fails(long n) {
        return new SplittableRandom(seed + n * STRIDE).nextDouble() < failingShare;
    }
}
