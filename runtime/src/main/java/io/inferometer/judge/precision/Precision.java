package io.inferometer.judge.precision;

import io.inferometer.judge.Figure;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Batches;
import io.inferometer.stats.interval.Interval;
import java.util.List;
import java.util.Optional;

/**
 * How narrow a figure is known by the iterations of one JVM.
 *
 * @param goal what is wanted
 * @param iterations how many there are
 * @param interval its 95 % interval; empty where there is none
 * @param width the half width of that, in the unit of {@link Goal#within}; NaN where there is none
 * @param lacking why it can't be told, in a few words; empty where it can
 */
public record Precision(Goal goal, int iterations, Optional<Interval> interval, double width, String lacking) {
    /**
     * {@return how narrow the goal's figure is known by these iterations, in their order}
     *
     * @param goal the figure and how narrow it is to be
     * @param iterations those that have been
     */
    public static Precision of(Goal goal, List<Summary> iterations) {
        Figure figure = goal.figure();
        List<List<Summary>> fork = iterations.isEmpty() ? List.of() : List.of(iterations);
        Optional<Interval> interval = figure.interval(fork);
        double width = interval.map(of -> width(figure, of)).orElse(Double.NaN);
        return new Precision(
                goal,
                iterations.size(),
                interval,
                width,
                figure.lacking(fork).orElseGet(() -> tooFew(iterations.size(), interval)));
    }

    /** Relative to the figure, but for a share; above 0 where the logarithm's interval was made, so that it is the greater side. */
    private static double width(Figure figure, Interval interval) {
        double width =
                figure.unit().share() ? interval.halfWidth() : interval.halfWidth() / Math.abs(interval.center());
        return Double.isFinite(width) ? width : Double.NaN;
    }

    private static String tooFew(int iterations, Optional<Interval> interval) {
        if (iterations < Batches.FEWEST) {
            return "it takes " + Batches.FEWEST + " iterations, and there are " + iterations;
        }
        int batches = interval.map(Interval::count).orElse(0);
        return batches < Batches.FEWEST
                ? "iterations depend on each other, and joined until they do not they are " + batches + ", of "
                        + Batches.FEWEST + " that it takes"
                : "";
    }

    /** {@return whether it is as narrow as is wanted} */
    public boolean reached() {
        return lacking.isEmpty() && width <= goal.within();
    }
}
