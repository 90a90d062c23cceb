package io.inferometer.harness;

import java.util.Optional;

/** What the trials of a run wait for, each before it begins. */
@FunctionalInterface
public interface TrialGate {
    /** Nothing. */
    TrialGate OPEN = trial -> Optional.empty();

    /**
     * Returns when a trial may begin, or when the run is to end.
     *
     * @param trial its number
     * @return why it is not run, and the run not complete; empty if it is run
     * @throws InterruptedException if the thread was interrupted
     */
    Optional<String> pass(int trial) throws InterruptedException;
}
