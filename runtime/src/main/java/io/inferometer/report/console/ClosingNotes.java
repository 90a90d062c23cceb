package io.inferometer.report.console;

import io.inferometer.report.Failure;
import io.inferometer.report.Flag;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands beneath the tables: which requests failed and how, and what else a reader should know. */
final class ClosingNotes {
    private static final int MESSAGES = 5;

    private final RunReport run;
    private final Page page;
    private final TrialNames names;

    ClosingNotes(RunReport run, Page page) {
        this.run = run;
        this.page = page;
        names = TrialNames.of(run.header());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        run.trials().forEach(trial -> failures(trial, lines));
        notMeasured(lines);
        warnings(lines);
        return lines;
    }

    /** Trials that the run gave up after their warm-up; in a run that was stopped they may just not have begun. */
    private void notMeasured(List<String> lines) {
        if (!run.complete()) {
            return;
        }
        Set<Integer> measured =
                run.trials().stream().map(trial -> trial.header().index()).collect(Collectors.toSet());
        for (TrialHeader trial : run.header().trials()) {
            if (!measured.contains(trial.index())) {
                String label = names.label(trial);
                lines.add("");
                lines.addAll(page.wrapped(
                        "Not measured: ",
                        (label.isEmpty() ? trial.workload() : label)
                                + ", because no request of its warm-up succeeded"));
            }
        }
    }

    private void failures(TrialReport trial, List<String> lines) {
        if (trial.failures().isEmpty()) {
            return;
        }
        Summary.Outcomes outcomes = trial.summary().outcomes();
        String label = names.label(trial.header());
        lines.add("");
        lines.add("Failed requests" + (label.isEmpty() ? "" : " (" + label + ")") + ": "
                + Format.count(outcomes.failed()) + " of " + Format.count(outcomes.total()));
        Failure.lines(trial.failures(), MESSAGES).forEach(line -> lines.addAll(page.wrapped("  ", line)));
    }

    private void warnings(List<String> lines) {
        Map<Flag, List<String>> flags = new LinkedHashMap<>();
        run.flags().forEach(flag -> flags.put(flag, List.of()));
        for (TrialReport trial : run.trials()) {
            for (Flag flag : trial.flags()) {
                flags.computeIfAbsent(flag, f -> new ArrayList<>()).add(names.label(trial.header()));
            }
        }
        if (flags.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Warnings:");
        List<Flag> told = new ArrayList<>();
        flags.forEach((flag, labels) -> {
            boolean some = labels.size() < run.trials().size() && !labels.isEmpty();
            String where = some ? "[" + String.join("; ", labels) + "] " : "";
            told.add(new Flag(flag.name(), where + flag.text()));
        });
        lines.addAll(page.flags(told));
    }
}
