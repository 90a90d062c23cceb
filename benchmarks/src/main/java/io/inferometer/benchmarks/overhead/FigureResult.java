package io.inferometer.benchmarks.overhead;

import java.util.Collection;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Aggregator;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/** A figure of a round trip as a result of JMH, which has no public one that takes any unit as its primary. */
final class FigureResult extends Result<FigureResult> {
    private static final long serialVersionUID = 1;

    FigureResult(String label, double value, String unit) {
        this(label, of(value), unit);
    }

    private FigureResult(String label, Statistics values, String unit) {
        super(ResultRole.PRIMARY, label, values, unit, AggregationPolicy.AVG);
    }

    @Override
    protected Aggregator<FigureResult> getThreadAggregator() {
        return FigureResult::joined;
    }

    @Override
    protected Aggregator<FigureResult> getIterationAggregator() {
        return FigureResult::joined;
    }

    private static FigureResult joined(Collection<FigureResult> results) {
        ListStatistics values = new ListStatistics();
        results.forEach(result -> values.addValue(result.getScore()));
        FigureResult first = results.iterator().next();
        return new FigureResult(first.label, values, first.unit);
    }
}
