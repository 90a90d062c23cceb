package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Client;
import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.RoundTrip;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The one table: a line for each figure, the limit beside the transports, and each goal beside what it judges. */
final class OverheadTable {
    private final Table table = new Table()
            .left("figure")
            .left("unit")
            .right("limit")
            .right("jdk")
            .left("goal")
            .right("nio")
            .left("goal");

    /** Adds what JMH measured of a part of the client, which both transports share. */
    void add(RunResult result) {
        boolean goals = result.getParams().getBenchmark().contains(".DecodeBenchmark.")
                && "true".equals(result.getParams().getParam("alike"));
        String name = name(result);
        Result<?> time = result.getPrimaryResult();
        shared(name, time.getScoreUnit(), time.getScore(), goals ? Goals.EVENT_NANOS : Goal.NONE);
        Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
        if (bytes != null) {
            shared(name + ", allocated", "B/op", bytes.getScore(), goals ? Goals.EVENT_BYTES : Goal.NONE);
        }
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String method = benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
        String params = result.getParams().getParamsKeys().stream()
                .map(key -> key + "=" + result.getParams().getParam(key))
                .collect(Collectors.joining(" "));
        return params.isEmpty() ? method : method + " " + params;
    }

    private void shared(String name, String unit, double value, Goal goal) {
        String told = goal.told(value, Double.NaN);
        String text = Goal.number(value);
        table.row(List.of(name, unit, "", text, told, text, told));
    }

    /** Adds the figures of a job that all clients did; of each the median of its iterations. */
    void add(String part, List<RoundTrip> trips, Set<Figure> told) {
        for (Figure figure : Figure.values()) {
            if (!told.contains(figure)) {
                continue;
            }
            double limit = median(trips, Client.LIMIT, figure);
            List<String> row = new ArrayList<>();
            row.add(part + ": " + figure.label());
            row.add(figure.unit());
            row.add(figure == Figure.START ? "" : Goal.number(limit));
            for (String client : List.of("jdk", "nio")) {
                double value = median(trips, client, figure);
                row.add(Goal.number(value));
                row.add(trips.stream()
                        .filter(trip -> trip.client().equals(client))
                        .findFirst()
                        .map(trip -> Goals.of(figure, client, trip.job()).told(value, limit))
                        .orElse(""));
            }
            table.row(row);
        }
    }

    private static double median(List<RoundTrip> trips, String client, Figure figure) {
        double[] values = trips.stream()
                .filter(trip -> trip.client().equals(client))
                .flatMap(trip -> trip.figures().getOrDefault(figure, List.of()).stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return values.length == 0 ? Double.NaN : Percentiles.linear(values, 50);
    }

    /** The table in aligned columns. */
    List<String> lines() {
        return table.lines();
    }
}
