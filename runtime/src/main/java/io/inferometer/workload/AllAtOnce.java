package io.inferometer.workload;

/**
 * Every request of an iteration released at the same instant, unless slots or their rate hold some back: then as one ends
 * the next is sent, until none is left.
 *
 * @param slots how many requests are in flight at most, at least 1
 * @param slotsPerSecond how many slots a second begin, above 0; infinite for all at one instant
 */
public record AllAtOnce(int slots, double slotsPerSecond) implements Load {
    /** As many slots as there are requests. */
    public static final int ALL = Integer.MAX_VALUE;

    /** All slots at one instant. */
    public static final double INSTANT = Double.POSITIVE_INFINITY;

    public AllAtOnce {
        if (slots < 1) {
            throw new IllegalArgumentException("slots must be at least 1, not " + slots);
        }
        if (!(slotsPerSecond > 0)) {
            throw new IllegalArgumentException("slots per second must be above 0, not " + slotsPerSecond);
        }
    }

    /** Every request at the same instant. */
    public AllAtOnce() {
        this(ALL, INSTANT);
    }
}
