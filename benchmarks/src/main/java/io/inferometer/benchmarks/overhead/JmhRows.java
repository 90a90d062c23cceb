package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.RoundTrip;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Version;

/** Round trips as results of JMH, so that whatever reads its JSON reads them too: a benchmark for each figure. */
final class JmhRows {
    private JmhRows() {}

    /** The results of a round trip, one for each figure that is told. */
    static List<RunResult> of(Part.Trip part, RoundTrip trip) {
        List<RunResult> rows = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            if (part.told().contains(figure) && trip.figures().containsKey(figure)) {
                rows.add(row(part.name(), trip, figure));
            }
        }
        return rows;
    }

    /** The result of a single figure. */
    static RunResult row(String part, RoundTrip trip, Figure figure) {
        IterationParams warmup =
                new IterationParams(IterationType.WARMUP, trip.job().warmups(), TimeValue.NONE, 1);
        IterationParams measured =
                new IterationParams(IterationType.MEASUREMENT, trip.job().iterations(), TimeValue.NONE, 1);
        BenchmarkParams params = params(part, trip, figure, warmup, measured);
        List<IterationResult> iterations = new ArrayList<>();
        for (double value : trip.figures().get(figure)) {
            IterationResult iteration = new IterationResult(params, measured, null);
            iteration.addResult(new FigureResult(figure.label(), value, figure.unit()));
            iterations.add(iteration);
        }
        return new RunResult(params, List.of(new BenchmarkResult(params, iterations)));
    }

    private static BenchmarkParams params(
            String part, RoundTrip trip, Figure figure, IterationParams warmup, IterationParams measured) {
        WorkloadParams workload = new WorkloadParams();
        workload.put("client", trip.client(), 0);
        workload.put("job", part, 1);
        String name =
                JmhRows.class.getPackageName() + ".RoundTrip." + figure.name().toLowerCase(Locale.ROOT);
        return new BenchmarkParams(
                name,
                name,
                true,
                1,
                new int[] {1},
                List.of(),
                1,
                0,
                warmup,
                measured,
                figure == Figure.REQUESTS ? Mode.Throughput : Mode.AverageTime,
                workload,
                TimeUnit.MICROSECONDS,
                1,
                System.getProperty("java.home") + "/bin/java",
                List.of(),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                Version.getPlainVersion(),
                TimeValue.NONE);
    }
}
