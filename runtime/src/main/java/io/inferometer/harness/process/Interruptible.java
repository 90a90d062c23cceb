package io.inferometer.harness.process;

import java.time.Duration;
import java.util.Optional;

/** A run that can be ended before its end, by any thread. */
public interface Interruptible {
    /** Sends nothing more; the run ends when what is in flight has ended. Returns at once. */
    void interrupt();

    /**
     * Sends nothing more, and gives up what is still in flight when the grace is over. Returns when the run has ended, or
     * when it has not for some time after that, as where the workload's own code does not end.
     *
     * @param grace how long what is in flight may take to end; zero to give it up at once
     * @param patience how long the run is waited for after that
     * @return whether the run has ended
     * @throws InterruptedException if the thread was interrupted
     */
    boolean interrupt(Duration grace, Duration patience) throws InterruptedException;

    /** {@return what whoever interrupts it is told in place of what happens to requests in flight; empty for that} */
    default Optional<String> lastWords() {
        return Optional.empty();
    }
}
