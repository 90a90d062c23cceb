package io.inferometer.stats.interval;

import io.inferometer.stats.Summary;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How far the statistics of a trial would be from these if it were measured again: an {@link Interval} for each.
 *
 * <p>A statistic, be it a mean or a p99, is computed for each measured iteration by itself. What these scatter about, its
 * expectation for an iteration of this many requests, is what the interval is of. Two things follow:
 *
 * <ul>
 *   <li>The center is the mean of the iterations' statistics, which is not the statistic of all requests pooled.
 *   <li>A percentile of few values is biased: the p99 of 40 requests is nearly their greatest, and is expected to lie below
 *       the p99 of all requests there could be. The interval covers the former, whatever the number of iterations.
 * </ul>
 *
 * <p>With two forks or more it is Student's t over the forks' means (forks − 1 degrees of freedom): it holds what varies
 * from one client JVM to the next, and from its time to the next. With one fork and three iterations or more it is t over
 * the iterations, and tells of this JVM only. Otherwise there is none. Requests are never taken for independent: those of
 * one iteration depend on each other through the server's batch. From {@value Batches#FEWEST} iterations on it is seen how far
 * these depend on each other, and the interval is made with that: {@link Batches}.
 *
 * <p>Percentiles are averaged on the scale of their logarithms, and so is what the interval is of.
 *
 * @param basis what the intervals stand on
 * @param forks for each fork, the summaries of its measured iterations; none is empty
 */
public record Intervals(Basis basis, List<List<Summary>> forks) {
    /** With fewer iterations of one fork there is no interval. */
    public static final int FEWEST_ITERATIONS = 3;

    /** What intervals stand on. */
    public enum Basis {
        /** The means of several forks, each in a JVM of its own. */
        FORKS("forks"),
        /** The iterations of one JVM. */
        ITERATIONS("iterations");

        private final String label;

        Basis(String label) {
            this.label = label;
        }

        /** {@return the name in reports} */
        public String label() {
            return label;
        }
    }

    /**
     * Copies its lists.
     *
     * @param basis as of the record
     * @param forks copied
     */
    public Intervals {
        forks = forks.stream().map(List::copyOf).toList();
    }

    /**
     * The intervals of a trial.
     *
     * @param forks for each fork, the summaries of its whole measured iterations; may be empty
     * @return empty where there can be none
     */
    public static Optional<Intervals> of(Collection<List<Summary>> forks) {
        List<List<Summary>> measured =
                forks.stream().filter(iterations -> !iterations.isEmpty()).toList();
        if (measured.size() > 1) {
            return Optional.of(new Intervals(Basis.FORKS, measured));
        }
        return measured.stream()
                .filter(iterations -> iterations.size() >= FEWEST_ITERATIONS)
                .map(iterations -> new Intervals(Basis.ITERATIONS, measured))
                .findFirst();
    }

    /** {@return how many forks, or iterations, they stand on} */
    public int count() {
        return basis == Basis.FORKS ? forks.size() : forks.get(0).size();
    }

    /**
     * The interval of a statistic.
     *
     * @param scale on which scale it is made; {@link Interval.Scale#LOG} where all values are above 0 alone
     * @param statistic gives it for an iteration; NaN where the iteration has none
     * @return empty where too few forks or iterations have it
     */
    public Optional<Interval> of(Interval.Scale scale, ToDoubleFunction<Summary> statistic) {
        List<double[]> values = forks.stream()
                .map(iterations -> iterations.stream()
                        .mapToDouble(statistic)
                        .filter(value -> !Double.isNaN(value))
                        .toArray())
                .toList();
        boolean logs = scale == Interval.Scale.LOG
                && values.stream().flatMapToDouble(Arrays::stream).allMatch(value -> value > 0);
        return logs
                ? over(values.stream()
                                .map(fork -> Arrays.stream(fork).map(Math::log).toArray())
                                .toList())
                        .map(Interval::ofLogarithms)
                : over(values);
    }

    private Optional<Interval> over(List<double[]> values) {
        return basis == Basis.FORKS ? overForks(values) : overIterations(values.get(0));
    }

    /** Over the means of forks; one without a value is none. */
    static Optional<Interval> overForks(List<double[]> forks) {
        double[] means = forks.stream()
                .filter(iterations -> iterations.length > 0)
                .mapToDouble(iterations -> Arrays.stream(iterations).average().orElseThrow())
                .toArray();
        return means.length < 2 ? Optional.empty() : Optional.of(Interval.of(means));
    }

    /** Over the iterations of one fork. */
    static Optional<Interval> overIterations(double... iterations) {
        if (iterations.length < FEWEST_ITERATIONS) {
            return Optional.empty();
        }
        if (iterations.length < Batches.FEWEST) {
            return Optional.of(Interval.of(iterations));
        }
        Batches batches = new Batches(iterations);
        return Optional.of(Interval.of(batches.means(), batches.wider()));
    }
}
