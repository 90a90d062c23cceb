package io.inferometer.judge;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far B is from A, each measured in several forks: a difference of means with what it is uncertain by. Positive is worse;
 * of what is compared by ratio the values are logarithms.
 *
 * <p>The unit of replication is the fork, for requests of one run depend on each other. On two runs of one thing a test over
 * requests would raise 35 to 45 % of false alarms, one over iterations 12 to 18 %.
 *
 * @param difference mean of B less mean of A
 * @param error the standard error of that
 * @param freedom the degrees of freedom of Student's t
 * @param forks how many there are on a side
 * @param paired whether neighbouring forks were compared with each other
 */
public record Contrast(double difference, double error, double freedom, double forks, boolean paired) {
    /** With fewer forks on a side nothing is judged. */
    public static final int FEWEST_FORKS = 3;

    /** How many forks are asked for at most. */
    public static final int MOST_FORKS = 1_000;

    private static final double CONFIDENCE = 0.95;
    private static final double POWER = 0.8;

    /**
     * {@return the contrast of forks that ran at different times, so that drift between these times is in the difference}
     *
     * <p>Source: Welch, "The Generalization of 'Student's' Problem when Several Different Population Variances are
     * Involved", Biometrika 34 (1947); his degrees of freedom.
     *
     * @param a a value for each fork of A, two at least
     * @param b a value for each fork of B, two at least
     */
    public static Contrast welch(double[] a, double[] b) {
        check(a);
        check(b);
        double ofA = variance(a) / a.length;
        double ofB = variance(b) / b.length;
        double both = ofA + ofB;
        double freedom = both == 0
                ? a.length + b.length - 2
                : both * both / (ofA * ofA / (a.length - 1) + ofB * ofB / (b.length - 1));
        double forks = 2.0 * a.length * b.length / (a.length + b.length);
        return new Contrast(mean(b) - mean(a), Math.sqrt(both), freedom, forks, false);
    }

    /**
     * {@return the contrast of forks that ran beside each other in pairs, so that drift fell on both: {@code a[i]} beside
     * {@code b[i]}}
     *
     * @param a a value for each fork of A, two at least
     * @param b as many of B
     */
    public static Contrast paired(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(a.length + " forks and " + b.length + " are no pairs");
        }
        check(a);
        double[] differences = new double[a.length];
        Arrays.setAll(differences, i -> b[i] - a[i]);
        double error = Math.sqrt(variance(differences) / a.length);
        return new Contrast(mean(differences), error, a.length - 1, a.length, true);
    }

    /**
     * {@return the same with an error of at least that: forks that happen to agree prove less than they seem to}
     *
     * @param least a standard error, in the unit of the values
     */
    public Contrast withErrorOfAtLeast(double least) {
        return new Contrast(difference, Math.max(error, least), freedom, forks, paired);
    }

    /** {@return what the difference is at least; one-sided} */
    public double low() {
        return difference - quantile(CONFIDENCE, freedom) * error;
    }

    /** {@return what the difference is at most; one-sided} */
    public double high() {
        return difference + quantile(CONFIDENCE, freedom) * error;
    }

    /** {@return half of the width of its two-sided interval} */
    public double halfWidth() {
        return quantile((1 + CONFIDENCE) / 2, freedom) * error;
    }

    /** How probable so great a difference, or a greater one, is where B is no worse than A; one-sided. */
    double chanceOfWorse() {
        return chance(difference);
    }

    /** How probable so small a difference, or a smaller one, is where B is no better than A; one-sided. */
    double chanceOfBetter() {
        return chance(-difference);
    }

    private double chance(double difference) {
        if (error == 0) {
            return difference > 0 ? 0 : 1;
        }
        return TDistribution.of(freedom).survivalProbability(difference / error);
    }

    /**
     * How many forks on a side it would take to tell, with {@value #POWER} of a chance, on which side of something the
     * difference lies: F = ((t(0.95) + t(0.80)) · s / distance)², by degrees of freedom of F forks.
     *
     * @param distance from the difference that was seen
     * @return at most {@value #MOST_FORKS}, which stands for more too
     */
    int forksToTell(double distance) {
        double spread = error * Math.sqrt(forks);
        for (int needed = FEWEST_FORKS; needed < MOST_FORKS; needed++) {
            double degrees = paired ? needed - 1 : 2.0 * (needed - 1);
            double sum = quantile(CONFIDENCE, degrees) + quantile(POWER, degrees);
            double root = sum * spread / distance;
            if (needed > forks && root * root <= needed) {
                return needed;
            }
        }
        return MOST_FORKS;
    }

    private static double quantile(double probability, double freedom) {
        return TDistribution.of(freedom).inverseCumulativeProbability(probability);
    }

    private static void check(double... forks) {
        if (forks.length < FEWEST_FORKS) {
            throw new IllegalArgumentException("a side needs " + FEWEST_FORKS + " forks, not " + forks.length);
        }
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double... values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }
}
