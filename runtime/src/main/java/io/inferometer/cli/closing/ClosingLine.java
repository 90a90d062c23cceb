package io.inferometer.cli.closing;

import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Plan;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a command line's run came to: the exit code, and the line that says why it is not 0 and what to do. */
public final class ClosingLine {
    private final Remedies remedies;

    /** @param environment a variable's value by its name, null where it is unset */
    public ClosingLine(UnaryOperator<String> environment) {
        remedies = new Remedies(environment);
    }

    public static ExitCode exitCode(RunOutcome outcome) {
        if (outcome instanceof RunOutcome.Ok) {
            return ExitCode.OK;
        }
        if (outcome instanceof RunOutcome.Interrupted) {
            return ExitCode.INTERRUPTED;
        }
        if (outcome instanceof RunOutcome.Failed) {
            return ExitCode.FAILED;
        }
        if (outcome instanceof RunOutcome.Unmet) {
            return ExitCode.REGRESSION;
        }
        if (outcome instanceof RunOutcome.Unclear || outcome instanceof RunOutcome.Imprecise) {
            return ExitCode.UNCLEAR;
        }
        return outcome instanceof RunOutcome.Suspect ? ExitCode.SUSPECT : ExitCode.TOO_MANY_FAILURES;
    }

    /** Empty where all is well, and where the user who interrupted the run knows. */
    public Optional<String> of(RunOutcome outcome) {
        if (outcome.ok() || outcome instanceof RunOutcome.Interrupted) {
            return Optional.empty();
        }
        return Optional.of(
                outcome instanceof RunOutcome.TooManyFailures failures
                        ? failures.text(remedy(failures.worst()))
                        : outcome.text());
    }

    /** What is said of a pre-flight that failed. */
    public String of(Plan plan, PreFlightException failure) {
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
                        : remedies.of(trial, failure.outcome(), failure.status(), failure.getMessage()));
    }

    private String remedy(RunOutcome.FailedTrial failed) {
        return failed.mostFrequent()
                .map(failure -> remedies.of(failed.trial(), failure.outcome(), failure.status(), failure.message()))
                .orElse("");
    }
}
