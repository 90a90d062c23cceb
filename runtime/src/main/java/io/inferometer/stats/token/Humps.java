package io.inferometer.stats.token;

/**
 * Whether the gaps between token-bearing events are of two kinds, as they are where a filter or a proxy holds events back and
 * lets several go at once.
 *
 * @param shortGaps the share of gaps that are below a fifth of the mean, 0 to 1; NaN without a gap
 * @param longTime the share of the time that is in the others, 0 to 1; NaN without a gap, or where all are none
 */
public record Humps(double shortGaps, double longTime) {
    /** Below so much of the mean a gap is short. */
    public static final double SHORT = 0.2;

    /** Nothing is known of gaps. */
    public static final Humps UNKNOWN = new Humps(Double.NaN, Double.NaN);

    private static final double MOST_GAPS = 0.6;
    private static final double MOST_TIME = 0.8;

    /** {@return whether most gaps are short, and nearly all of the time is in the others} */
    public boolean two() {
        return shortGaps > MOST_GAPS && longTime > MOST_TIME;
    }
}
