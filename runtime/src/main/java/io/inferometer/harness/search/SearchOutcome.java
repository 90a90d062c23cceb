package io.inferometer.harness.search;

import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.judge.search.ProbeVerdict;
import io.inferometer.plan.Plan;
import io.inferometer.report.RunReport;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.search.SearchWords;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a search came to.
 *
 * @param code its exit code
 * @param text why that is not 0, or what is not proven although it is, on one line; empty where there is nothing to say, and
 *     where the user who interrupted it knows
 */
public record SearchOutcome(ExitCode code, String text) {
    /**
     * {@return what came of a search that has a result}
     *
     * @param plan the plan of its probes
     * @param run has the search in it
     */
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
        String doubt = doubt(run, search);
        return switch (search.result()) {
            case FOUND, AT_LEAST, AT_MOST -> new SearchOutcome(ExitCode.OK, doubt);
            case NOT_MET ->
                new SearchOutcome(doubt.isEmpty() ? ExitCode.REGRESSION : ExitCode.UNCLEAR, sentence(search, doubt));
            case UNDECIDED, NOT_CONFIRMED, UNFINISHED -> new SearchOutcome(ExitCode.UNCLEAR, sentence(search, doubt));
        };
    }

    private static String sentence(SearchReport search, String doubt) {
        return SearchWords.sentence(search) + (doubt.isEmpty() ? "" : "; " + doubt);
    }

    /**
     * What a suspect client leaves open: a load that was met was met all the same, but one that was not may have been missed
     * by the client. Empty where there is none such.
     */
    private static String doubt(RunReport run, SearchReport search) {
        Set<Integer> suspect = run.trials().stream()
                .filter(trial -> trial.suspect().isPresent())
                .map(trial -> trial.header().index())
                .collect(Collectors.toSet());
        String loads = search.all().stream()
                .filter(probe -> suspect.contains(probe.trial())
                        && probe.verdict() != ProbeVerdict.MET
                        && probe.verdict() != ProbeVerdict.UNDECIDED)
                .map(probe -> search.asked().axis().load(probe.load()))
                .distinct()
                .collect(Collectors.joining(", "));
        return loads.isEmpty()
                ? ""
                : "the client is suspect at " + loads
                        + ": that it was no more there may be its own doing, and no upper end is"
                        + " proven of the endpoint; measure from a machine that does nothing else";
    }

    /** Where not even the first load had a request that succeeded, that says more than limits do. */
    private static Optional<RunOutcome> nothing(RunReport run) {
        return run.trials().stream().allMatch(trial -> trial.summary().nothingSucceeded())
                ? RunOutcome.withoutSuccess(run).map(failures -> failures)
                : Optional.empty();
    }

    /** {@return whether there is a bracket, or the whole range is met} */
    public boolean ok() {
        return code == ExitCode.OK;
    }
}
