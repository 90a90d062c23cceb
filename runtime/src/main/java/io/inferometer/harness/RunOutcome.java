package io.inferometer.harness;

import io.inferometer.instrument.Verdict;
import io.inferometer.plan.Plan;
import io.inferometer.record.Outcome;
import io.inferometer.report.Failure;
import io.inferometer.report.FailureCounts;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Judged;
import io.inferometer.report.gate.Precisions;
import io.inferometer.report.gate.Sheet;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to: all that its exit code tells, with the facts behind it. Of several that apply it is the first in the
 * order in which they stand here.
 */
public sealed interface RunOutcome {
    /** {@return whether all is well} */
    default boolean ok() {
        return this instanceof Ok;
    }

    /** {@return why all is not well, on one line; empty if it is} */
    String text();

    /**
     * The harness, a fork, the workload's own code or a result file failed.
     *
     * @param reason what went wrong, on one line
     */
    record Failed(String reason) implements RunOutcome {
        @Override
        public String text() {
            return reason;
        }
    }

    /** It was told to end before its end, by {@link Harness#interrupt()}: a signal on the command line, nothing in the Java API. */
    record Interrupted() implements RunOutcome {
        @Override
        public String text() {
            return RunEnd.INTERRUPTED.text();
        }
    }

    /**
     * The endpoint of a trial can't be measured as it was asked to be: nothing of the trial was sent but the pre-flight. The
     * trials before it have their results.
     *
     * @param trial the first trial that would have asked like that
     * @param reason what it answered, on one line
     */
    record Refused(TrialHeader trial, String reason) implements RunOutcome {
        @Override
        public String text() {
            return reason;
        }
    }

    /** A request failed, and the first one that does was to end the run. */
    record FailedRequest(RunEnd.FailedRequest end) implements RunOutcome {
        @Override
        public String text() {
            return "the run is not complete: " + end.text();
        }
    }

    /**
     * More measured requests failed than may, or none succeeded, or nothing was measured.
     *
     * @param allowed the share that may fail, 0 to 1
     * @param trials those of which too many did, in their order; at least one
     */
    record TooManyFailures(double allowed, List<FailedTrial> trials) implements RunOutcome {
        /**
         * Copies its list.
         *
         * @param allowed as of the record
         * @param trials copied
         */
        public TooManyFailures {
            trials = List.copyOf(trials);
        }

        @Override
        public String text() {
            return text("");
        }

        /** {@return the trial with the failure that was met most often; the first of several} */
        public FailedTrial worst() {
            return trials.stream()
                    .reduce((most, next) -> next.mostOften() > most.mostOften() ? next : most)
                    .orElseThrow();
        }

        /**
         * {@return the line, with what to do about the worst trial's failures behind them}
         *
         * @param remedy what to do, on one line; empty for nothing
         */
        public String text(String remedy) {
            int others = trials.size() - 1;
            return worst().text(allowed)
                    + remedy
                    + (others == 0 ? "" : " (and " + others + " other trial" + (others == 1 ? ")" : "s)"));
        }
    }

    /**
     * The client may be in the numbers, and that was to count.
     *
     * @param trial the first trial where it may
     * @param verdict what it is suspect of there
     */
    record Suspect(TrialHeader trial, Verdict.Suspect verdict) implements RunOutcome {
        @Override
        public String text() {
            return "the client that measured " + trial.workload() + " is suspect, and --strict was given: "
                    + verdict.text() + "; " + verdict.reason().remedy();
        }
    }

    /**
     * Something that was asked of its figures is not so, and that is proven: that they are as required, or that B is no worse
     * than A.
     *
     * @param judged all that was asked, and what came of it
     */
    record Unmet(Sheet judged) implements RunOutcome {
        @Override
        public String text() {
            return judged.complaint();
        }
    }

    /**
     * Whether all is as it was asked to be can't be told.
     *
     * @param judged all that was asked, and what came of it
     */
    record Unclear(Sheet judged) implements RunOutcome {
        @Override
        public String text() {
            return judged.complaint();
        }
    }

    /**
     * Iterations went on for a figure to be known narrowly enough, and it isn't.
     *
     * @param precisions how narrow each is known
     */
    record Imprecise(Precisions precisions) implements RunOutcome {
        @Override
        public String text() {
            return "--until was not reached: " + precisions.missed();
        }
    }

    /** It ran, to its end or until the time that it was given was over, and all is well. */
    record Ok() implements RunOutcome {
        @Override
        public String text() {
            return "";
        }
    }

    /**
     * A trial of which too many requests failed, or none succeeded: those that did not fail were given up.
     *
     * @param trial the trial
     * @param failed how many measured requests failed
     * @param total how many there were; 0 where nothing was measured
     * @param mostFrequent how requests failed most often, by outcome and status, with the most frequent message among
     *     those; empty where none did. In a trial of which nothing was measured it is of the warm-up
     */
    record FailedTrial(TrialHeader trial, long failed, long total, Optional<Failure> mostFrequent) {
        private long mostOften() {
            return mostFrequent.map(Failure::requests).orElse(0L);
        }

        private String text(double allowed) {
            return what(allowed)
                    + mostFrequent.map(failure -> ": " + failure.message()).orElse("");
        }

        private String what(double allowed) {
            if (total == 0) {
                return mostFrequent.isPresent()
                        ? "no warm-up request of " + trial.workload() + " succeeded, so nothing was measured"
                        : "nothing was measured of " + trial.workload();
            }
            if (failed <= allowed * total) {
                return "none of " + total + " requests of " + trial.workload() + " succeeded";
            }
            return failed + " of " + total + " requests of " + trial.workload() + " failed"
                    + (allowed == 0 ? "" : String.format(Locale.ROOT, ", more than %s %%", trimmed(allowed * 100)));
        }

        private static String trimmed(double percent) {
            return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
        }
    }

    /**
     * {@return what a run of a plan came to that has a result}
     *
     * @param plan has the limits that the run is held to
     * @param run has its figures
     */
    static RunOutcome of(Plan plan, RunReport run) {
        Optional<RunOutcome> early = ofEnd(run);
        if (early.isPresent()) {
            return early.get();
        }
        double allowed = plan.judgement().maxFailures();
        List<FailedTrial> failed = failed(RunHeader.of(plan).trials(), allowed, run);
        if (!failed.isEmpty()) {
            return new TooManyFailures(allowed, failed);
        }
        return ofClient(plan, run)
                .or(() -> Optional.of(of(Judged.of(run))).filter(judged -> !judged.ok()))
                .or(() -> Precisions.of(run).filter(known -> !known.reached()).map(Imprecise::new))
                .orElseGet(Ok::new);
    }

    /**
     * {@return what a run came to that did not run to its end; empty where it did, or its time was over}
     *
     * @param run as far as it came
     */
    static Optional<RunOutcome> ofEnd(RunReport run) {
        if (run.end() instanceof RunEnd.Broken broken) {
            return Optional.of(new Failed("the run is not complete: " + broken.text()));
        }
        if (run.end() instanceof RunEnd.Interrupted) {
            return Optional.of(new Interrupted());
        }
        return run.end() instanceof RunEnd.FailedRequest failed
                ? Optional.of(new FailedRequest(failed))
                : Optional.empty();
    }

    /**
     * {@return what a run came to whose client is suspect, where that is to count; empty where it is not}
     *
     * @param plan says whether a suspect client is to count
     * @param run has the verdicts
     */
    static Optional<RunOutcome> ofClient(Plan plan, RunReport run) {
        return plan.judgement().strict() ? suspect(run).map(found -> found) : Optional.empty();
    }

    private static RunOutcome of(List<Sheet> judged) {
        return with(Sheet.Result.FAIL, judged)
                .<RunOutcome>map(Unmet::new)
                .or(() -> with(Sheet.Result.UNCLEAR, judged).map(Unclear::new))
                .orElseGet(Ok::new);
    }

    private static Optional<Sheet> with(Sheet.Result result, List<Sheet> judged) {
        return judged.stream().filter(sheet -> sheet.result() == result).findFirst();
    }

    /**
     * {@return the outcome of a run that is told again: the trials that were measured and have no request that succeeded,
     * all of them where none was measured} What else a run may come to it has said itself.
     *
     * @param run as its journal tells it
     */
    public static Optional<TooManyFailures> withoutSuccess(RunReport run) {
        List<TrialHeader> without = run.trials().stream()
                .filter(trial -> trial.summary().nothingSucceeded())
                .map(TrialReport::header)
                .toList();
        List<FailedTrial> failed = failed(run.trials().isEmpty() ? run.header().trials() : without, 1, run);
        return failed.isEmpty() ? Optional.empty() : Optional.of(new TooManyFailures(1, failed));
    }

    /** A trial without a result, or without a request that succeeded, has failed, whatever the share that may. */
    private static List<FailedTrial> failed(List<TrialHeader> trials, double allowed, RunReport run) {
        List<FailedTrial> failed = new ArrayList<>();
        for (TrialHeader trial : trials) {
            Optional<TrialReport> measured = run.trials().stream()
                    .filter(report -> report.header().index() == trial.index())
                    .findFirst();
            Optional<Summary.Outcomes> outcomes =
                    measured.map(TrialReport::summary).map(Summary::outcomes);
            long total = outcomes.map(Summary.Outcomes::total).orElse(0L);
            long failures = outcomes.map(Summary.Outcomes::failed).orElse(0L);
            long succeeded = outcomes.map(Summary.Outcomes::succeeded).orElse(0L);
            if (succeeded == 0 || failures > allowed * total) {
                List<Failure> told = measured.map(TrialReport::failures).orElseGet(() -> ofWarmup(trial, run));
                failed.add(new FailedTrial(trial, failures, total, mostFrequent(told)));
            }
        }
        return failed;
    }

    private static List<Failure> ofWarmup(TrialHeader trial, RunReport run) {
        return run.unmeasured().stream()
                .filter(unmeasured -> unmeasured.trial() == trial.index())
                .findFirst()
                .map(RunReport.Unmeasured::failures)
                .orElse(List.of());
    }

    /** Failures are told apart by outcome and status here: messages may all differ. */
    private static Optional<Failure> mostFrequent(List<Failure> failures) {
        record Kind(Outcome outcome, int status) {}
        Map<Kind, Failure> kinds = new LinkedHashMap<>();
        for (Failure failure : failures) {
            kinds.merge(
                    new Kind(failure.outcome(), failure.status()),
                    failure,
                    (first, next) -> new Failure(
                            first.outcome(),
                            first.status(),
                            first.message().equals(FailureCounts.OTHERS) ? next.message() : first.message(),
                            first.requests() + next.requests()));
        }
        return kinds.values().stream().reduce((most, next) -> next.requests() > most.requests() ? next : most);
    }

    private static Optional<Suspect> suspect(RunReport run) {
        return run.trials().stream()
                .flatMap(trial -> trial.suspect().stream()
                        .flatMap(iteration -> iteration.suspect().stream())
                        .map(verdict -> new Suspect(trial.header(), verdict)))
                .findFirst();
    }
}
