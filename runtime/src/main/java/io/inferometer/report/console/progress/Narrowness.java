package io.inferometer.report.console.progress;

import io.inferometer.judge.precision.Precision;
import io.inferometer.judge.precision.Until;
import io.inferometer.report.IterationReport;
import io.inferometer.report.gate.Precisions;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Intervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How narrow figures are known while iterations go on until they are known narrowly enough. */
public final class Narrowness {
    private final RunHeader header;
    private final List<Summary> measured = new ArrayList<>();
    private int trial = -1;
    private int fork = -1;

    public Narrowness(RunHeader header) {
        this.header = header;
    }

    /** {@code ttft.p99 +/- 7.2 % of 5 %} after an iteration; empty where that is not asked, or there are too few. */
    public Optional<String> line(IterationReport iteration) {
        Optional<Until> until = header.trial(iteration.trial()).schedule().until();
        if (until.isEmpty() || iteration.warmup() || !iteration.complete()) {
            return Optional.empty();
        }
        if (iteration.trial() != trial || iteration.fork() != fork) {
            trial = iteration.trial();
            fork = iteration.fork();
            measured.clear();
        }
        measured.add(iteration.summary());
        if (measured.size() < Intervals.FEWEST_ITERATIONS) {
            return Optional.empty();
        }
        return Optional.of(
                until.get().precisions(measured).stream().map(Narrowness::text).collect(Collectors.joining(", ")));
    }

    private static String text(Precision precision) {
        return precision.goal().figure() + " +/- " + Precisions.width(precision.goal(), precision.width())
                + " (wanted: "
                + Precisions.width(precision.goal(), precision.goal().within()) + ")";
    }
}
