package io.inferometer.report;

import io.inferometer.report.header.RunHeader;
import io.inferometer.report.search.SearchReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The result of a run.
 *
 * @param header what was run
 * @param trials the results of the trials that had a measured iteration, in their order
 * @param unmeasured the trials that had a warm-up alone, in their order
 * @param end how it came to its end
 * @param flags what a reader who compares the trials should know
 * @param notes what a reader should know of how requests were made, beside the notes of the header
 * @param search what the search came to whose probes the trials are; empty where they are none
 */
public record RunReport(
        RunHeader header,
        List<TrialReport> trials,
        List<Unmeasured> unmeasured,
        RunEnd end,
        List<Flag> flags,
        List<String> notes,
        Optional<SearchReport> search) {
    /**
     * Copies its lists.
     *
     * @param header as of the record
     * @param trials copied
     * @param unmeasured copied
     * @param end as of the record
     * @param flags copied
     * @param notes copied
     * @param search as of the record
     */
    public RunReport {
        trials = List.copyOf(trials);
        unmeasured = List.copyOf(unmeasured);
        flags = List.copyOf(flags);
        notes = List.copyOf(notes);
    }

    /**
     * The result of a run whose trials were all planned beforehand.
     *
     * @param header as of the record
     * @param trials as of the record
     * @param unmeasured as of the record
     * @param end as of the record
     * @param flags as of the record
     * @param notes as of the record
     */
    public RunReport(
            RunHeader header,
            List<TrialReport> trials,
            List<Unmeasured> unmeasured,
            RunEnd end,
            List<Flag> flags,
            List<String> notes) {
        this(header, trials, unmeasured, end, flags, notes, Optional.empty());
    }

    /**
     * A trial of which nothing was measured.
     *
     * @param trial its number
     * @param failures what went wrong in its warm-up, the most frequent first
     */
    public record Unmeasured(int trial, List<Failure> failures) {
        /**
         * Copies its list.
         *
         * @param trial as of the record
         * @param failures copied
         */
        public Unmeasured {
            failures = List.copyOf(failures);
        }
    }

    /**
     * {@return the same of a search, of whose trials that one is left which confirms what it has found; any other run as it
     * is}
     */
    public RunReport ofConfirmation() {
        if (search.isEmpty()) {
            return this;
        }
        OptionalInt fresh = search.get().confirmation().stream()
                .mapToInt(SearchReport.Probe::trial)
                .findFirst();
        return new RunReport(
                header.withTrials(header.trials().stream()
                        .filter(trial -> fresh.isEmpty() || trial.index() == fresh.getAsInt())
                        .toList()),
                trials.stream()
                        .filter(trial -> fresh.isPresent() && trial.header().index() == fresh.getAsInt())
                        .toList(),
                List.of(),
                end,
                List.of(),
                notes,
                search);
    }

    /** {@return whether everything that was planned has been run} */
    public boolean complete() {
        return end instanceof RunEnd.Complete;
    }
}
