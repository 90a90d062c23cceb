package io.inferometer.harness.batch;

import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.batch.JobHistory.Phase;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.header.TrialHeader;
import java.util.function.LongSupplier;

/** Keeps when each phase of the load beside a job was measured; warm-up and what follows the measurement are not of it. */
final class PhaseWatch implements Report {
    private final JobLog log;
    private final LongSupplier wallMillis;
    private String phase = "";
    private long since;

    PhaseWatch(JobLog log, LongSupplier wallMillis) {
        this.log = log;
        this.wallMillis = wallMillis;
    }

    @Override
    public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) {
        String name = trial.params().getOrDefault(JobPlan.PHASE, "");
        if (!warmup && !name.equals(phase)) {
            phase = name;
            since = wallMillis.getAsLong();
        }
    }

    /** One that ran before the job was gone on with is told again, and known. */
    @Override
    public void iterationEnded(IterationReport iteration) {
        Phase known = new Phase(since, wallMillis.getAsLong());
        if (!iteration.warmup() && known.toMillis() > since) {
            boolean before = log.read(JobHistory::phases).containsKey(phase) && iteration.iteration() == 0;
            if (!before) {
                log.add(history -> history.phase(phase, known));
            }
        }
    }
}
