package io.inferometer.workload;

import java.util.Objects;

/**
 * What a workload may know of the iteration that is set up or torn down.
 *
 * @param trial the trial it belongs to
 * @param warmup whether it is a warm-up iteration
 * @param iteration its place within the warm-up or the measurement, from 0
 */
public record IterationContext(TrialContext trial, boolean warmup, int iteration) {
    /**
     * Checks what it is given.
     *
     * @param trial as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     */
    public IterationContext {
        Objects.requireNonNull(trial, "trial");
    }
}
