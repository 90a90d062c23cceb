package io.inferometer.annotations;

/** What a {@link Setup} or {@link TearDown} method belongs to. */
public enum Level {
    /** A workload with one choice of parameters and load, from its first warm-up request to its last measured one. */
    TRIAL,
    /** One iteration of a trial, warm-up or measured. */
    ITERATION
}
