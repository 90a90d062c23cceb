package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.RoundTrip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What was measured so far. For several threads: whoever ends the suite may tell of it while it is still measured. */
final class Results {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String BY_JMH = "mean of the fork's measured iterations, by JMH";

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Set<String>> spoiled = new HashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Adds a fork of a client that did a job. */
    synchronized void add(Part.Trip part, RoundTrip trip, int fork) {
        for (Figure figure : Figure.values()) {
            if (part.told().contains(figure)) {
                add(part.name(), figure, trip, fork, Goals.of(figure, trip.client(), part.job()));
            }
        }
    }

    /** Adds a start of the product. */
    synchronized void add(Part.Start part, RoundTrip trip, int fork) {
        add(part.name(), Figure.START, trip, fork, Goals.START_MILLIS);
    }

    private void add(String part, Figure figure, RoundTrip trip, int fork, Goal goal) {
        OptionalDouble value = trip.value(figure);
        if (value.isEmpty()) {
            return;
        }
        Row.Sense sense = switch (figure) {
            case FAILED, UNSENT -> Row.Sense.NONE;
            case REQUESTS -> Row.Sense.MORE;
            case ITL_P50 -> Row.Sense.NEITHER;
            default -> Row.Sense.LESS;
        };
        if (sense == Row.Sense.NONE && value.getAsDouble() > 0) {
            spoiled(part).add(trip.client());
        }
        add(
                part,
                figure.label(),
                figure.unit(),
                figure.definition(),
                sense,
                trip.client(),
                fork,
                value.getAsDouble(),
                goal);
    }

    /** Adds a fork of what JMH measured. */
    synchronized void add(Part.Jmh part, RunResult result, int fork) {
        boolean goals = result.getParams().getBenchmark().contains(".DecodeBenchmark.")
                && "true".equals(result.getParams().getParam("alike"));
        Result<?> time = result.getPrimaryResult();
        String label = label(result);
        add(
                part.name(),
                label,
                time.getScoreUnit(),
                BY_JMH,
                Row.Sense.LESS,
                Row.ANY,
                fork,
                time.getScore(),
                goals ? Goals.EVENT_NANOS : Goal.NONE);
        Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
        if (bytes != null) {
            add(
                    part.name(),
                    label + ", allocated",
                    "B/op",
                    BY_JMH,
                    Row.Sense.LESS,
                    Row.ANY,
                    fork,
                    bytes.getScore(),
                    goals ? Goals.EVENT_BYTES : Goal.NONE);
        }
    }

    private static String label(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String params = result.getParams().getParamsKeys().stream()
                .map(key -> key + "=" + result.getParams().getParam(key))
                .sorted()
                .collect(Collectors.joining(" "));
        return (benchmark.substring(benchmark.lastIndexOf('.') + 1) + " " + params).strip();
    }

    private void add(
            String part,
            String label,
            String unit,
            String definition,
            Row.Sense sense,
            String client,
            int fork,
            double value,
            Goal goal) {
        Row row = rows.computeIfAbsent(
                part + ": " + label,
                name -> new Row(part, label, unit, definition, sense, new TreeMap<>(), new TreeMap<>(), spoiled(part)));
        row.values().computeIfAbsent(client, name -> new TreeMap<>()).put(fork, value);
        row.goals().put(client, goal);
    }

    private Set<String> spoiled(String part) {
        return spoiled.computeIfAbsent(part, name -> new HashSet<>());
    }

    /** A fork failed, and is in no figure. */
    synchronized void failed(String what) {
        failures.add(what);
    }

    /** The rows so far, in the order in which they came. */
    synchronized List<Row> rows() {
        return rows.values().stream().map(Results::copy).toList();
    }

    private static Row copy(Row row) {
        Map<String, Map<Integer, Double>> values = new TreeMap<>();
        row.values().forEach((client, forks) -> values.put(client, Map.copyOf(forks)));
        return new Row(
                row.part(),
                row.label(),
                row.unit(),
                row.definition(),
                row.sense(),
                values,
                Map.copyOf(row.goals()),
                Set.copyOf(row.spoiled()));
    }

    /** The forks that failed, and why. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }
}
