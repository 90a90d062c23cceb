package io.inferometer.report;

import io.inferometer.report.header.RunHeader;
import java.util.List;

/**
 * The result of a run.
 *
 * @param header what was run
 * @param trials the results of the trials that had a measured iteration, in their order
 * @param unmeasured the trials that had a warm-up alone, in their order
 * @param end how it came to its end
 * @param flags what a reader who compares the trials should know
 * @param notes what a reader should know of how requests were made, beside the notes of the header
 */
public record RunReport(
        RunHeader header,
        List<TrialReport> trials,
        List<Unmeasured> unmeasured,
        RunEnd end,
        List<Flag> flags,
        List<String> notes) {
    public RunReport {
        trials = List.copyOf(trials);
        unmeasured = List.copyOf(unmeasured);
        flags = List.copyOf(flags);
        notes = List.copyOf(notes);
    }

    /**
     * A trial of which nothing was measured.
     *
     * @param trial its number
     * @param failures what went wrong in its warm-up, the most frequent first
     */
    public record Unmeasured(int trial, List<Failure> failures) {
        public Unmeasured {
            failures = List.copyOf(failures);
        }
    }

    /** Whether everything that was planned has been run. */
    public boolean complete() {
        return end instanceof RunEnd.Complete;
    }
}
