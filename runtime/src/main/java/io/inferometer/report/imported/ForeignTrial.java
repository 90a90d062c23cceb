package io.inferometer.report.imported;

import io.inferometer.record.RequestRecord;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.workload.Objective;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A trial that another tool measured, as its result tells it. */
sealed interface ForeignTrial permits VllmFile, ToldTrial {
    /**
     * What the result tells of its run, as that of a trial.
     *
     * @param workload the name that it is shown under
     * @param gpus how many GPUs the endpoint has, where the result does not tell; 0 where that is not known
     * @param objective what a request must meet to count as goodput, where the result has single requests
     */
    TrialHeader header(String workload, int index, int gpus, Optional<Objective> objective);

    /**
     * Its requests one by one; none where the result has summaries alone.
     *
     * @param index the number of the trial that they are of
     */
    List<RequestRecord> records(int index);

    /** Its numbers, under a header that was made of it, and the percentiles that are shown. */
    TrialReport trial(TrialHeader header, List<Double> shown);

    /** The tool's own figures beside those of the trial, as lines of a table; none where they are the same. */
    List<String> beside(TrialReport trial);

    /** When it was run; empty where that is not told. */
    Optional<Instant> startedAt();
}
