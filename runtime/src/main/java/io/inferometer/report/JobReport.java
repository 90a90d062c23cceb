package io.inferometer.report;

import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.batch.JobFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a job of the Batch API came to.
 *
 * @param header how it was asked for; its only trial is of the job's requests
 * @param figures what is known of it
 * @param beside what was measured of the load beside it, before, during and after; empty without one
 * @param end how the watch over it came to its end
 * @param files what came of it, on this machine
 */
public record JobReport(
        RunHeader header, JobFigures figures, Optional<RunReport> beside, RunEnd end, List<Path> files) {
    /**
     * Copies its list.
     *
     * @param header as of the record
     * @param figures as of the record
     * @param beside as of the record
     * @param end as of the record
     * @param files copied
     */
    public JobReport {
        files = List.copyOf(files);
    }
}
