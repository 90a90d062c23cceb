package io.inferometer.record;

/**
 * Which iteration, and when it ran.
 *
 * @param trial the trial's number in the run, from 0
 * @param fork the fork it ran in, from 0
 * @param warmup whether it is a warm-up iteration
 * @param iteration its number within the warm-up or the measurement, from 0
 * @param startNanos when it started, in nanoseconds of the client's monotonic clock since the start of the run
 * @param endNanos when its last request had ended, on the same clock; {@link RequestRecord#ABSENT} while it runs
 */
public record IterationSpan(int trial, int fork, boolean warmup, int iteration, long startNanos, long endNanos) {
    /**
     * {@return the same span in another fork, and later}
     *
     * @param otherFork the fork it then belongs to
     * @param nanos what is added to its times
     */
    public IterationSpan moved(int otherFork, long nanos) {
        return new IterationSpan(
                trial, otherFork, warmup, iteration, startNanos + nanos, RequestRecord.later(endNanos, nanos));
    }

    /** {@return whether it has ended} */
    public boolean ended() {
        return endNanos != RequestRecord.ABSENT;
    }
}
