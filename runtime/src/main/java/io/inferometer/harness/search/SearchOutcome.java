package io.inferometer.harness.search;

import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.Plan;
import io.inferometer.report.RunReport;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.search.SearchWords;
import java.util.Optional;

/**
 * What a search came to.
 *
 * @param code its exit code
 * @param text why that is not 0, on one line; empty where it is, and where the user who interrupted it knows
 */
public record SearchOutcome(ExitCode code, String text) {
    /** What came of a search that has a result. */
    public static SearchOutcome of(Plan plan, RunReport run) {
        SearchReport search = run.search().orElseThrow();
        RunOutcome whole = RunOutcome.ofEnd(run)
                .or(() -> nothing(run))
                .or(() -> RunOutcome.ofClient(plan, run))
                .orElseGet(RunOutcome.Ok::new);
        if (whole instanceof RunOutcome.Interrupted) {
            return new SearchOutcome(ExitCode.INTERRUPTED, "");
        }
        if (whole instanceof RunOutcome.Suspect) {
            return new SearchOutcome(ExitCode.SUSPECT, whole.text());
        }
        if (!whole.ok()) {
            return new SearchOutcome(
                    whole instanceof RunOutcome.Failed ? ExitCode.FAILED : ExitCode.TOO_MANY_FAILURES, whole.text());
        }
        return switch (search.result()) {
            case FOUND, AT_LEAST, AT_MOST -> new SearchOutcome(ExitCode.OK, "");
            case NOT_MET -> new SearchOutcome(ExitCode.REGRESSION, SearchWords.sentence(search));
            case UNDECIDED, NOT_CONFIRMED, UNFINISHED ->
                new SearchOutcome(ExitCode.UNCLEAR, SearchWords.sentence(search));
        };
    }

    /** Where not even the first load had a request that succeeded, that says more than limits do. */
    private static Optional<RunOutcome> nothing(RunReport run) {
        return run.trials().stream().allMatch(trial -> trial.summary().nothingSucceeded())
                ? RunOutcome.withoutSuccess(run).map(failures -> failures)
                : Optional.empty();
    }

    /** Whether there is a bracket, or the whole range is met. */
    public boolean ok() {
        return code == ExitCode.OK;
    }
}
