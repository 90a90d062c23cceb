package io.inferometer.simulator.batch;

import java.util.Locale;

/** How far a job has come. Each has a member in the job's object that says when it began. */
enum BatchStatus {
    VALIDATING("created_at"),
    IN_PROGRESS("in_progress_at"),
    FINALIZING("finalizing_at"),
    COMPLETED("completed_at"),
    FAILED("failed_at"),
    EXPIRED("expired_at"),
    CANCELLING("cancelling_at"),
    CANCELLED("cancelled_at");

    private final String since;

    BatchStatus(String since) {
        this.since = since;
    }

    /** The member that says since when, in seconds of Unix time. */
    String since() {
        return since;
    }

    /** The word for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether lines may still run, or begin to. */
    boolean live() {
        return this == VALIDATING || this == IN_PROGRESS;
    }
}
