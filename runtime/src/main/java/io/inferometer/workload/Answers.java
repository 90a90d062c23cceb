package io.inferometer.workload;

/** Whose answers a recorded conversation goes on from. */
public enum Answers {
    /** The endpoint's own, as in life: its prefix cache knows them. */
    SERVER,
    /** Those that were recorded, so that every endpoint is asked the same. */
    RECORDED
}
