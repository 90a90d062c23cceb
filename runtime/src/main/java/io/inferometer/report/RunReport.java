package io.inferometer.report;

import java.util.List;

/**
 * The result of a run.
 *
 * @param header what was run
 * @param trials the results of the trials that had a measured iteration, in their order
 * @param complete whether everything that was planned has been run
 * @param incompleteReason why not; empty if it has
 * @param flags what a reader who compares the trials should know
 */
public record RunReport(
        RunHeader header, List<TrialReport> trials, boolean complete, String incompleteReason, List<Flag> flags) {
    public RunReport {
        trials = List.copyOf(trials);
        flags = List.copyOf(flags);
    }
}
