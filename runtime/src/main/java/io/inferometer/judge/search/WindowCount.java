package io.inferometer.judge.search;

/**
 * The requests that began in one window of a probe.
 *
 * @param met how many met the objective
 * @param judged how many could have: those, those that missed it, and those that failed
 */
public record WindowCount(long met, long judged) {
    /**
     * Checks that the one is among the other.
     *
     * @param met as of the record
     * @param judged as of the record
     */
    public WindowCount {
        if (met < 0 || met > judged) {
            throw new IllegalArgumentException(met + " of " + judged + " requests can't have met an objective");
        }
    }
}
