package io.inferometer.stats.server;

/**
 * By how much a counter has grown in a time.
 *
 * @param amount how much; NaN where that is not known
 * @param slack by how much that may be wrong, as readings were not made at the very edges of the time: what the counter grew
 *     between the readings around an edge; infinite where there was none on one side of it
 */
public record Growth(double amount, double slack) {
    /** Of which nothing is known. */
    public static final Growth UNKNOWN = new Growth(Double.NaN, Double.POSITIVE_INFINITY);

    /** Both together; where one is not known, at least the other. */
    Growth plus(Growth other) {
        if (Double.isNaN(amount) || Double.isNaN(other.amount)) {
            double known = Double.isNaN(amount) ? other.amount : amount;
            return new Growth(known, Double.POSITIVE_INFINITY);
        }
        return new Growth(amount + other.amount, slack + other.slack);
    }
}
