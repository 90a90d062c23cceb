package io.inferometer.cli;

import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.instrument.Verdict;
import io.inferometer.plan.Plan;
import io.inferometer.report.Failure;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a command line's run came to: the exit code, and the line that says why it is not 0 and what to do. */
final class ClosingLine {
    private final Remedies remedies;

    /** @param environment a variable's value by its name, null where it is unset */
    ClosingLine(UnaryOperator<String> environment) {
        remedies = new Remedies(environment);
    }

    static ExitCode exitCode(RunOutcome outcome) {
        if (outcome instanceof RunOutcome.Ok) {
            return ExitCode.OK;
        }
        if (outcome instanceof RunOutcome.Interrupted) {
            return ExitCode.INTERRUPTED;
        }
        if (outcome instanceof RunOutcome.Failed) {
            return ExitCode.FAILED;
        }
        return outcome instanceof RunOutcome.Suspect ? ExitCode.SUSPECT : ExitCode.TOO_MANY_FAILURES;
    }

    /** Empty where all is well, and where the user who interrupted the run knows. */
    Optional<String> of(RunOutcome outcome) {
        if (outcome instanceof RunOutcome.Failed failed) {
            return Optional.of(failed.reason());
        }
        if (outcome instanceof RunOutcome.Refused refused) {
            return Optional.of(refused.reason());
        }
        if (outcome instanceof RunOutcome.FailedRequest failed) {
            return Optional.of("the run is not complete: " + failed.end().text());
        }
        if (outcome instanceof RunOutcome.TooManyFailures failures) {
            return Optional.of(line(failures));
        }
        if (outcome instanceof RunOutcome.Suspect suspect) {
            return Optional.of(line(suspect.trial(), suspect.verdict()));
        }
        return Optional.empty();
    }

    /** What is said of a pre-flight that failed. */
    String of(Plan plan, PreFlightException failure) {
        if (failure.remedied()) {
            return failure.getMessage();
        }
        TrialHeader trial = RunHeader.of(plan).trial(failure.trial());
        boolean waited =
                plan.client().preFlight().filter(time -> !time.isZero()).isPresent();
        return failure.getMessage()
                + (failure.loading()
                        ? (failure.getMessage().endsWith("?") ? " " : "; ")
                                + (waited ? "it was not ready in time" : "--ready-timeout 5m waits for it")
                        : remedies.of(trial, failure.outcome(), failure.status()));
    }

    private String line(RunOutcome.TooManyFailures failures) {
        RunOutcome.FailedTrial first = failures.trials().get(0);
        int others = failures.trials().size() - 1;
        return what(first, failures.allowed())
                + first.mostFrequent()
                        .map(failure -> why(first.trial(), failure))
                        .orElse("")
                + (others == 0 ? "" : " (and " + others + " other trial" + (others == 1 ? ")" : "s)"));
    }

    private String why(TrialHeader trial, Failure failure) {
        return ": " + failure.message() + remedies.of(trial, failure.outcome(), failure.status());
    }

    private static String what(RunOutcome.FailedTrial failed, double allowed) {
        String workload = failed.trial().workload();
        if (failed.total() == 0) {
            return failed.mostFrequent().isPresent()
                    ? "no warm-up request of " + workload + " succeeded, so nothing was measured"
                    : "nothing was measured of " + workload;
        }
        return failed.failed() + " of " + failed.total() + " requests of " + workload + " failed"
                + (allowed == 0 ? "" : String.format(Locale.ROOT, ", more than %s %%", trimmed(allowed * 100)));
    }

    private static String line(TrialHeader trial, Verdict.Suspect suspect) {
        return "the client that measured " + trial.workload() + " is suspect, and --strict was given: " + suspect.text()
                + "; " + suspect.reason().remedy();
    }

    private static String trimmed(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}
