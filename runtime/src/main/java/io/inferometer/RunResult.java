package io.inferometer;

import io.inferometer.harness.RunOutcome;
import io.inferometer.report.Flag;
import io.inferometer.report.TrialReport;
import io.inferometer.report.gate.Sheet;
import io.inferometer.report.text.Format;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run came to.
 *
 * @param outcome all that an exit code tells, with the facts behind it
 * @param complete whether everything that was planned has been run: all may be well though the run time was over before
 * @param trials the results of the trials that had a measured iteration, in their order
 * @param judged what was asked of its figures beforehand, as {@code Options.require} or {@link Inferometer#ab} does, and what
 *     came of it; empty where nothing was
 * @param warnings what a reader of the numbers should know: of the whole run, then of each trial, whose own
 *     are in {@link TrialReport#flags}
 * @param notes what became of what was asked for, where the plan had to leave out or re-express a part, a line each
 * @param files what was written: the result files in the order in which they were asked for, then the journal, then the
 *     console's text
 */
public record RunResult(
        RunOutcome outcome,
        boolean complete,
        List<TrialReport> trials,
        List<Sheet> judged,
        List<Flag> warnings,
        List<String> notes,
        List<Path> files) {
    /**
     * Copies its lists.
     *
     * @param outcome as of the record
     * @param complete as of the record
     * @param trials copied
     * @param judged copied
     * @param warnings copied
     * @param notes copied
     * @param files copied
     */
    public RunResult {
        trials = List.copyOf(trials);
        judged = List.copyOf(judged);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
        files = List.copyOf(files);
    }

    /**
     * {@return the one trial that there is}
     *
     * @throws IllegalStateException if nothing was measured, or several trials were; the message tells the outcome, or
     *     which they are
     */
    public TrialReport trial() {
        if (trials.size() != 1) {
            throw new IllegalStateException("the run has " + trials.size() + " results, not one: "
                    + (trials.isEmpty() ? outcome.text() : String.join("; ", names())));
        }
        return trials.get(0);
    }

    private List<String> names() {
        return trials.stream()
                .map(TrialReport::header)
                .map(trial -> trial.workload() + ", " + Format.load(trial.load()))
                .toList();
    }
}
