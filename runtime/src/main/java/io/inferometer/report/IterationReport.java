package io.inferometer.report;

import io.inferometer.stats.Summary;
import java.util.List;

/**
 * The result of one iteration.
 *
 * @param trial the number of its trial
 * @param fork the fork it ran in, from 0
 * @param warmup whether it belongs to the warm-up; then it is in no result
 * @param iteration its number within the warm-up or the measurement, from 0
 * @param complete whether it ran to its end
 * @param summary its numbers
 * @param failures what went wrong, the most frequent first
 */
public record IterationReport(
        int trial, int fork, boolean warmup, int iteration, boolean complete, Summary summary, List<Failure> failures) {
    public IterationReport {
        failures = List.copyOf(failures);
    }
}
