package io.inferometer.workload;

/**
 * A fixed number of slots, each sending its next request the moment its last one ends.
 *
 * @param concurrency how many slots, at least 1
 */
public record ClosedLoop(int concurrency) implements Load {
    public ClosedLoop {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
        }
    }
}
