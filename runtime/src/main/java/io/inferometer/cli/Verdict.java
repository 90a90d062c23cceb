package io.inferometer.cli;

import io.inferometer.harness.Harness;
import io.inferometer.harness.process.Interruption;
import io.inferometer.plan.Plan;
import io.inferometer.report.RunHeader;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialHeader;
import io.inferometer.report.TrialReport;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a run ended: the exit code, and the line that says why it is not 0. */
final class Verdict {
    private final Plan plan;
    private final RunReport run;
    private final FailureWatch failures;
    private final Remedies remedies;

    Verdict(Plan plan, RunReport run, FailureWatch failures, UnaryOperator<String> environment) {
        this.plan = plan;
        this.run = run;
        this.failures = failures;
        this.remedies = new Remedies(environment);
    }

    /** The exit code of a run whose result files were written. */
    ExitCode exitCode() {
        boolean stoppedByFailure = stoppedByFailure();
        if (!run.complete() && !stoppedByFailure && !stoppedInTime()) {
            return ExitCode.FAILED;
        }
        if (stoppedByFailure || !failed().isEmpty()) {
            return ExitCode.TOO_MANY_FAILURES;
        }
        return plan.judgement().strict() && suspect().isPresent() ? ExitCode.SUSPECT : ExitCode.OK;
    }

    /** Why the exit code is not 0, and what to do; empty where it is, and where the user who interrupted the run knows. */
    Optional<String> line() {
        if (exitCode() == ExitCode.OK || run.incompleteReason().equals(Interruption.REASON)) {
            return Optional.empty();
        }
        if (exitCode() == ExitCode.SUSPECT) {
            return suspect();
        }
        List<TrialHeader> failed = failed();
        if (!run.complete() && !stoppedInTime() || failed.isEmpty()) {
            return Optional.of("the run is not complete: " + run.incompleteReason());
        }
        TrialHeader trial = failed.get(0);
        int others = failed.size() - 1;
        return Optional.of(what(trial)
                + failures.mostFrequent(trial)
                        .map(failure ->
                                ": " + failure.message() + remedies.of(trial, failure.outcome(), failure.status()))
                        .orElse("")
                + (others == 0 ? "" : " (and " + others + " other trial" + (others == 1 ? ")" : "s)")));
    }

    /** What the client is suspect of, in the first trial where it is. */
    private Optional<String> suspect() {
        return run.trials().stream()
                .flatMap(trial -> trial.suspect().stream()
                        .flatMap(iteration -> iteration.suspect().stream())
                        .map(suspect ->
                                "the client that measured " + trial.header().workload()
                                        + " is suspect, and --strict was given: " + suspect.text() + "; "
                                        + suspect.reason().remedy()))
                .findFirst();
    }

    private boolean stoppedByFailure() {
        return plan.course().failOnError()
                && run.trials().stream()
                        .anyMatch(trial -> trial.summary().outcomes().failed() > 0);
    }

    /** Whether the run was ended when it was meant to. */
    private boolean stoppedInTime() {
        return plan.course()
                .runTime()
                .map(Harness::timeOver)
                .filter(run.incompleteReason()::equals)
                .isPresent();
    }

    /** The trials of which too many requests failed. One without a result has failed, whatever the share that may. */
    private List<TrialHeader> failed() {
        List<TrialHeader> failed = new ArrayList<>();
        for (TrialHeader trial : RunHeader.of(plan).trials()) {
            Optional<Summary.Outcomes> outcomes = outcomes(trial);
            long total = outcomes.map(Summary.Outcomes::total).orElse(0L);
            long failures = outcomes.map(Summary.Outcomes::failed).orElse(0L);
            if (total == 0 || failures > plan.judgement().maxFailures() * total) {
                failed.add(trial);
            }
        }
        return failed;
    }

    private Optional<Summary.Outcomes> outcomes(TrialHeader trial) {
        return run.trials().stream()
                .filter(report -> report.header().index() == trial.index())
                .map(TrialReport::summary)
                .map(Summary::outcomes)
                .findFirst();
    }

    private String what(TrialHeader trial) {
        Optional<Summary.Outcomes> outcomes = outcomes(trial).filter(counts -> counts.total() > 0);
        if (outcomes.isEmpty()) {
            return failures.mostFrequent(trial).isPresent()
                    ? "no warm-up request of " + trial.workload() + " succeeded, so nothing was measured"
                    : "nothing was measured of " + trial.workload();
        }
        String allowed = plan.judgement().maxFailures() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", more than %s %%",
                        trimmed(plan.judgement().maxFailures() * 100));
        return outcomes.get().failed() + " of " + outcomes.get().total() + " requests of " + trial.workload()
                + " failed" + allowed;
    }

    private static String trimmed(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}
