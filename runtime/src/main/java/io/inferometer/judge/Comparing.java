package io.inferometer.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Judges several figures of B beside A together.
 *
 * <p>Worse is a difference of the margin or more that is not by chance: of all figures together no more than 5 % of false
 * alarms, by Holm's step-down procedure. Not worse is one whose upper bound is below the margin: it takes no correction, as
 * every figure has to be so for all to be. Same is one whose lower bound is above the margin's other end too.
 *
 * <p>Sources: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6 (1979);
 * Schuirmann, "A Comparison of the Two One-Sided Tests Procedure and the Power Approach", Journal of Pharmacokinetics and
 * Biopharmaceutics 15 (1987). {@code ComparingTest} holds false alarms and power by simulation.
 */
public final class Comparing {
    private static final double ALARMS = 0.05;

    private Comparing() {}

    /**
     * One figure.
     *
     * @param contrast how far B is from A
     * @param margin how far it may be, in the unit of the contrast: ln(1.05) for 5 % of a ratio
     */
    public record Compared(Contrast contrast, double margin) {
        /**
         * Checks that its margin can be one.
         *
         * @param contrast as of the record
         * @param margin as of the record
         */
        public Compared {
            if (!(margin > 0)) {
                throw new IllegalArgumentException("a margin is above 0, not " + margin);
            }
        }
    }

    /**
     * {@return what is found of each, in their order}
     *
     * @param figures a figure of two sides each
     */
    public static List<Finding> judge(List<Compared> figures) {
        boolean[] worse = significant(figures, Contrast::chanceOfWorse);
        boolean[] better = significant(figures, Contrast::chanceOfBetter);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            findings.add(finding(figures.get(i), worse[i], better[i]));
        }
        return findings;
    }

    private static Finding finding(Compared figure, boolean worse, boolean better) {
        Contrast contrast = figure.contrast();
        double margin = figure.margin();
        if (worse && contrast.difference() >= margin) {
            return new Finding.Worse();
        }
        if (better && contrast.difference() <= -margin) {
            return new Finding.Better();
        }
        if (contrast.high() < margin) {
            return contrast.low() > -margin ? new Finding.Same() : new Finding.NotWorse();
        }
        double difference = contrast.difference();
        return new Finding.Unclear(contrast.forksToTell(difference < margin ? margin - difference : difference));
    }

    /** Which are so improbable that no more than 5 % of false alarms come of all of them. */
    private static boolean[] significant(List<Compared> figures, ToDoubleFunction<Contrast> chance) {
        double[] chances = figures.stream()
                .mapToDouble(figure -> chance.applyAsDouble(figure.contrast()))
                .toArray();
        boolean[] significant = new boolean[chances.length];
        int[] ascending = IntStream.range(0, chances.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> chances[i]))
                .mapToInt(i -> i)
                .toArray();
        int left = chances.length;
        for (int i : ascending) {
            if (chances[i] * left >= ALARMS) {
                break;
            }
            significant[i] = true;
            left--;
        }
        return significant;
    }
}
