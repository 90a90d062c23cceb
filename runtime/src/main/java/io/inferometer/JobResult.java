package io.inferometer;

import io.inferometer.harness.batch.JobOutcome;
import io.inferometer.report.JobReport;
import java.util.Optional;

/**
 * What a job of the Batch API came to.
 *
 * @param outcome all that an exit code tells; that of a load beside it is not in it
 * @param report its figures, and the load beside it; empty where the client or the workload failed
 */
public record JobResult(JobOutcome outcome, Optional<JobReport> report) {}
