package io.inferometer.report;

import io.inferometer.instrument.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is told of the client beneath the tables: a line for each trial that was watched. */
final class ClientLines {
    private static final int WIDTH = 120;

    private ClientLines() {}

    /** The lines, with an empty one before them; none where no trial was watched. */
    static List<String> of(RunReport run) {
        TrialNames names = TrialNames.of(run.header());
        List<String> lines = new ArrayList<>();
        lines.add("");
        for (TrialReport trial : run.trials()) {
            List<Health> seen = trial.iterations().stream()
                    .flatMap(iteration -> iteration.health().stream())
                    .toList();
            if (!seen.isEmpty()) {
                String label = names.label(trial.header());
                String verdict =
                        trial.suspect().map(suspect -> verdict(trial, suspect)).orElse("ok");
                lines.addAll(ClosingNotes.wrapped(
                        "# Client" + (label.isEmpty() ? "" : " (" + label + ")") + ": ",
                        verdict + "; " + figures(seen),
                        WIDTH));
            }
        }
        return lines.size() == 1 ? List.of() : lines;
    }

    private static String verdict(TrialReport trial, IterationReport suspect) {
        String where = trial.iterations().size() == 1 ? "" : " in iteration " + (suspect.iteration() + 1);
        return "SUSPECT" + where + ", " + suspect.suspect().orElseThrow().text();
    }

    /** The worst of the iterations. */
    private static String figures(List<Health> seen) {
        return "timers "
                + Format.briefMillis(worst(seen, health -> health.hiccups().p99Nanos())) + " late at p99, GC "
                + Format.percent(worst(seen, health -> (double) health.pauses().totalNanos() / health.durationNanos()))
                + " of the time, machine CPU "
                + Format.percent(worst(seen, health -> health.cpu().machineShare()))
                + ", client "
                + Format.decimal(worst(seen, health -> health.cpu().processCores()), 2)
                + " cores";
    }

    private static double worst(List<Health> seen, ToDoubleFunction<Health> figure) {
        return seen.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }
}
