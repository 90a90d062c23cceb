package io.inferometer.report.compare;

import io.inferometer.report.Flag;
import io.inferometer.report.RunReport;
import java.util.List;

/**
 * Runs beside each other: throughput against interactivity.
 *
 * @param curves what is compared, in the order of the runs
 * @param differences why the curves may not be compared, or only with care; of a single one, what to read it with
 */
public record Comparison(List<Curve> curves, List<Flag> differences) {
    public Comparison {
        curves = List.copyOf(curves);
        differences = List.copyOf(differences);
    }

    /**
     * A run and its name.
     *
     * @param name tells it apart from the others; may be empty where there is one alone
     */
    public record Source(String name, RunReport run) {}

    /** Compares runs. */
    public static Comparison of(List<Source> sources) {
        List<Curve> curves = sources.stream()
                .flatMap(source -> Curve.of(source.name(), source.run()).stream())
                .toList();
        return new Comparison(curves, new Differences(curves).flags());
    }
}
