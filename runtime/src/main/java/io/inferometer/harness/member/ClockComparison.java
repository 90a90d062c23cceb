package io.inferometer.harness.member;

/**
 * How the clock of another machine compares with this one's.
 *
 * @param offsetNanos how far it is ahead: what is taken from its times to have them on this machine's clock
 * @param boundNanos by how much that may be wrong at most: half of the shortest round trip
 */
public record ClockComparison(long offsetNanos, long boundNanos) {
    /**
     * Checks that it can be one.
     *
     * @param offsetNanos as of the record
     * @param boundNanos as of the record
     */
    public ClockComparison {
        if (boundNanos < 0) {
            throw new IllegalArgumentException("a bound must not be negative: " + boundNanos);
        }
    }
}
