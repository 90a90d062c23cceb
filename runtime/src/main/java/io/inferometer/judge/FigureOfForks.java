package io.inferometer.judge;

import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A figure in the forks of one side, a value for each: the mean over a fork's iterations, of logarithms where the figure is
 * compared by ratio, its sign turned where more is better.
 *
 * @param figure which one
 * @param values by fork; positive is worse
 * @param requests how many requests a share is of; 0 of what is none
 */
record FigureOfForks(Figure figure, double[] values, long requests) {
    /** Why a side does not have it, in words that follow its name; empty where it has. */
    static Optional<String> lacking(Figure figure, List<List<Summary>> forks) {
        List<Summary> iterations = forks.stream().flatMap(Collection::stream).toList();
        if (iterations.stream().anyMatch(summary -> Double.isNaN(figure.value().applyAsDouble(summary)))) {
            return Optional.of("not measured in every iteration");
        }
        if (!iterations.stream().allMatch(figure.carried())) {
            return Optional.of(
                    "it takes " + Percentiles.needed(figure.percentile().orElseThrow())
                            + " values in each iteration, and some have fewer");
        }
        return !figure.unit().share()
                        && iterations.stream()
                                .anyMatch(summary -> figure.value().applyAsDouble(summary) <= 0)
                ? Optional.of("0 in an iteration, so that there is no ratio")
                : Optional.empty();
    }

    static FigureOfForks of(Figure figure, List<List<Summary>> forks) {
        double sign = figure.unit().moreIsBetter() ? -1 : 1;
        double[] values = forks.stream()
                .mapToDouble(iterations -> sign
                        * iterations.stream()
                                .mapToDouble(figure.value())
                                .map(value -> figure.unit().share() ? value : Math.log(value))
                                .average()
                                .orElseThrow())
                .toArray();
        return new FigureOfForks(
                figure,
                values,
                forks.stream()
                        .flatMap(Collection::stream)
                        .mapToLong(figure::requests)
                        .sum());
    }

    /** The figure's mean over the forks, in its own unit; a geometric one of what is compared by ratio. */
    double center() {
        double mean = Arrays.stream(values).average().orElseThrow();
        double turned = figure.unit().moreIsBetter() ? -mean : mean;
        return figure.unit().share() ? turned : Math.exp(turned);
    }

    /** The variance that a share of so many requests has at least, forks that happen to agree or not: Agresti and Coull's. */
    double leastVariance() {
        if (!figure.unit().share()) {
            return 0;
        }
        double share = (center() * requests + 2) / (requests + 4);
        return share * (1 - share) / (requests + 4);
    }
}
