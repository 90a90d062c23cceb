package io.inferometer.judge.precision;

import io.inferometer.judge.Figure;
import io.inferometer.record.Outcome;
import io.inferometer.stats.Summary;
import io.inferometer.stats.token.Tokens;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Iterations of which nothing but one figure is known. */
final class Iterations {
    private static final Map<Summary, Double> VALUES = new IdentityHashMap<>();

    private Iterations() {}

    /** A percentile, which is averaged on the scale of logarithms. */
    static Figure percentile() {
        return new Figure("ttft.p99", Figure.Unit.MILLIS, Optional.of(99.0), VALUES::get, summary -> true);
    }

    /** A mean, which is averaged on its own. */
    static Figure mean() {
        return new Figure("tpot.mean", Figure.Unit.MILLIS, Optional.empty(), VALUES::get, summary -> true);
    }

    /** An iteration for each value. */
    static List<Summary> of(double... values) {
        VALUES.clear();
        return DoubleStream.of(values).mapToObj(Iterations::one).toList();
    }

    private static Summary one(double value) {
        Summary summary = new Summary(
                new Summary.Outcomes(Map.of(Outcome.SUCCESS, 1L)),
                (Tokens) null,
                new Summary.Connections(0, 0),
                null,
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        VALUES.put(summary, value);
        return summary;
    }
}
