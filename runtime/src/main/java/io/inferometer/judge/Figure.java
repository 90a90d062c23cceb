package io.inferometer.judge;

import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Interval;
import io.inferometer.stats.interval.Intervals;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure that can be judged, as it is named: {@code ttft.p99}, {@code tpot.mean}, {@code outputTokensPerSecond}, {@code
 * goodput}.
 *
 * @param name its name
 * @param unit what it is in
 * @param percentile which percentile it is, if it is one
 * @param value gives it of an iteration, in its unit, a share as 0 to 1; NaN where there is none
 * @param carried whether an iteration has values enough for it to mean something
 */
public record Figure(
        String name,
        Unit unit,
        Optional<Double> percentile,
        ToDoubleFunction<Summary> value,
        Predicate<Summary> carried) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** The 97.5th percentile of a standard normal. */
    private static final double NORMAL = 1.959964;

    private static final Pattern LATENCY = Pattern.compile("([A-Za-z0-9]+)\\.(mean|p([0-9]{1,2}(?:\\.[0-9]{1,6})?))");

    private static final Map<String, ToDoubleFunction<Summary>> RATES = new TreeMap<>(Map.of(
            "requestsPerSecond", summary -> summary.throughput().requestsPerSecond(),
            "itemsPerSecond", summary -> summary.throughput().itemsPerSecond(),
            "inputTokensPerSecond", summary -> summary.throughput().inputTokensPerSecond(),
            "outputTokensPerSecond", summary -> summary.throughput().outputTokensPerSecond(),
            "steadyOutputTokensPerSecond", summary -> summary.throughput().steadyOutputTokensPerSecond()));

    /** What a figure is in, and which way is better. */
    public enum Unit {
        /** Milliseconds; less is better, and they are compared by ratio. */
        MILLIS("ms"),
        /** Per second; more is better, and they are compared by ratio. */
        PER_SECOND("perSecond"),
        /** A share of 0 to 1 that is better where it is greater; compared by difference. */
        GOOD_SHARE("share"),
        /** A share of 0 to 1 that is better where it is smaller; compared by difference. */
        BAD_SHARE("share");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        /** {@return the name in result files} */
        public String label() {
            return label;
        }

        /** {@return whether it is one of 0 to 1} */
        public boolean share() {
            return this == GOOD_SHARE || this == BAD_SHARE;
        }

        /** {@return whether more is better} */
        public boolean moreIsBetter() {
            return this == PER_SECOND || this == GOOD_SHARE;
        }
    }

    /**
     * {@return the figure of that name}
     *
     * @param name as results and options have it
     * @throws IllegalArgumentException if there is none, with what there is
     */
    public static Figure of(String name) {
        if (RATES.containsKey(name)) {
            return new Figure(name, Unit.PER_SECOND, Optional.empty(), RATES.get(name), summary -> true);
        }
        if (name.equals("goodput")) {
            return new Figure(
                    name,
                    Unit.GOOD_SHARE,
                    Optional.empty(),
                    summary -> summary.goodput().map(Summary.Goodput::share).orElse(Double.NaN),
                    summary -> true);
        }
        if (name.equals("failures")) {
            return new Figure(name, Unit.BAD_SHARE, Optional.empty(), Figure::failures, summary -> true);
        }
        Matcher parts = LATENCY.matcher(name);
        Optional<Metric> metric = parts.matches() ? metric(parts.group(1)) : Optional.empty();
        if (metric.isEmpty()) {
            throw new IllegalArgumentException((name.isEmpty() ? "an empty name" : name)
                    + " is no figure; there are ttft, ttfvt, tpot, itl, e2el, ttftFromSchedule and e2elFromSchedule with"
                    + " .mean or a percentile such as .p99, " + String.join(", ", RATES.keySet())
                    + ", goodput and failures");
        }
        return latency(name, metric.get(), Optional.ofNullable(parts.group(3)).map(Double::valueOf));
    }

    private static Figure latency(String name, Metric metric, Optional<Double> percentile) {
        if (percentile.isPresent() && percentile.get() <= 0) {
            throw new IllegalArgumentException(name + ": a percentile is above 0 and below 100");
        }
        return new Figure(
                name,
                Unit.MILLIS,
                percentile,
                summary -> {
                    Distribution distribution = summary.metric(metric);
                    return percentile.map(distribution::percentile).orElse(distribution.mean()) / NANOS_PER_MILLI;
                },
                summary -> percentile.map(summary.metric(metric)::carries).orElse(true));
    }

    private static Optional<Metric> metric(String label) {
        for (Metric metric : Metric.values()) {
            if (metric.label().equals(label) && (metric.endpointLatency() || metric == Metric.ITL)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    private static double failures(Summary summary) {
        long total = summary.outcomes().total();
        return total == 0 ? Double.NaN : (double) summary.outcomes().failed() / total;
    }

    /**
     * {@return its 95 % interval, in its unit; empty where there is none} That of a share is no narrower than Agresti and
     * Coull's: iterations that all agree would else prove it of requests that were never sent.
     *
     * @param forks for each fork, the summaries of its whole iterations
     */
    public Optional<Interval> interval(Collection<List<Summary>> forks) {
        Interval.Scale scale = percentile.isPresent() ? Interval.Scale.LOG : Interval.Scale.LINEAR;
        Optional<Interval> interval = Intervals.of(forks).flatMap(intervals -> intervals.of(scale, value));
        return unit.share() ? interval.map(of -> ofShare(of, forks)) : interval;
    }

    private Interval ofShare(Interval interval, Collection<List<Summary>> forks) {
        double requests = forks.stream()
                .flatMap(Collection::stream)
                .mapToLong(this::requests)
                .sum();
        double share = (interval.center() * requests + 2) / (requests + 4);
        double half = NORMAL * Math.sqrt(share * (1 - share) / (requests + 4));
        Interval wide = interval.reaching(share - half, share + half);
        return new Interval(
                wide.center(), Math.max(0, wide.low()), Math.min(1, wide.high()), wide.scale(), wide.count());
    }

    /**
     * {@return why forks do not have it to be told by ratio, in words that follow its name; empty where they have}
     *
     * @param forks for each fork, the summaries of its iterations
     */
    public Optional<String> lacking(List<List<Summary>> forks) {
        return FigureOfForks.lacking(this, forks);
    }

    /** How many requests an iteration's share is of; 0 of what is none. */
    long requests(Summary summary) {
        return switch (unit) {
            case GOOD_SHARE -> summary.goodput().map(Summary.Goodput::judged).orElse(0L);
            case BAD_SHARE -> summary.outcomes().total();
            case MILLIS, PER_SECOND -> 0;
        };
    }

    /** {@return whether every run has it computed, whatever percentiles it shows} */
    public boolean standard() {
        return percentile.map(Percentiles.STANDARD::contains).orElse(true);
    }

    /** Figures of one name are one. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Figure figure && figure.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
