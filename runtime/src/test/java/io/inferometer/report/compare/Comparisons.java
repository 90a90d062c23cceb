package io.inferometer.report.compare;

import io.inferometer.plan.Plan;
import io.inferometer.report.ARun;
import io.inferometer.report.compare.Comparison.Source;
import io.inferometer.report.imported.ImportedRun;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs beside each other, for the tests of what shows them. */
public final class Comparisons {
    private static final Path RESOURCES = Path.of("src/test/resources/io/inferometer/report");

    private Comparisons() {}

    /** One run alone. */
    public static Comparison of(ARun run) throws IOException {
        return Comparison.of(List.of(new Source("", run.report())));
    }

    /** A simulated run of ours, and one of another tool. */
    public static Comparison unlike() throws IOException {
        ImportedRun serving = ImportedRun.of(
                        List.of(RESOURCES.resolve("serving-c4.json"), RESOURCES.resolve("serving-c16.json")))
                .get(0);
        ARun ours = sweep(ARun.trial(), ARun.trial().load(new Load.Closed(8)));
        return Comparison.of(List.of(
                new Source("ours", ours.report()),
                new Source(
                        serving.name(),
                        serving.read(8, Optional.empty(), Plan.PERCENTILES).report())));
    }

    /** Two levels of a closed loop, each slot with two answers of 64 tokens. */
    public static ARun sweep(ARun.ATrial four, ARun.ATrial eight) {
        ARun run = new ARun().with(four).with(eight);
        for (int trial = 0; trial < 2; trial++) {
            for (int i = 0; i < 8 * (trial + 1); i++) {
                double start = trial * 10_000 + i / (4 * (trial + 1)) * 1_000;
                run.with(ARequest.metronome(start, 50, trial == 0 ? 10 : 12.5, 64)
                        .of(trial, false, 0)
                        .index(i)
                        .slot(i % (4 * (trial + 1)))
                        .record());
            }
        }
        return run;
    }
}
