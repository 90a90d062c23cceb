package io.inferometer.stats;

/**
 * Mean, deviation and extremes of a stream of values. The sums are kept about the running mean (Welford, Technometrics 4
 * (1962)), and two of these are merged as Chan, Golub and LeVeque do (1979): the relative error stays near the
 * machine's precision where the plain sum of squares loses all digits.
 */
final class Moments {
    private long count;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double value) {
        count++;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void merge(Moments other) {
        if (other.count == 0) {
            return;
        }
        long total = count + other.count;
        double distance = other.mean - mean;
        squares += other.squares + distance * distance * ((double) count * other.count / total);
        mean += distance * other.count / total;
        count = total;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    long count() {
        return count;
    }

    double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** The deviation as of a whole population. */
    double std() {
        return count == 0 ? Double.NaN : Math.sqrt(squares / count);
    }

    double sum() {
        return mean * count;
    }

    double min() {
        return count == 0 ? Double.NaN : min;
    }

    double max() {
        return count == 0 ? Double.NaN : max;
    }
}
