package io.inferometer.harness.batch;

import io.inferometer.harness.Harness;
import io.inferometer.harness.TrialGate;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.record.batch.JobState;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.output.Reports;
import io.inferometer.report.output.ResultFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The load beside a job: a run of three trials, of which the second waits for the job to run and the third for its end. */
final class Beside implements TrialGate {
    /** Why there is nothing of the load during a job that was too short for it, or over before it was gone on with. */
    static final String MISSED = "the job was over before the load beside it could begin, or go on";

    private static final long AGAIN_MILLIS = 50;
    private static final int DURING = 1;

    private final Harness harness;
    private final JobThread job;
    private final JobLog log;
    private final CountDownLatch stopping;

    /** @param report is told of the run */
    Beside(
            Plan plan,
            UnaryOperator<String> environment,
            Report report,
            JobThread job,
            JobLog log,
            CountDownLatch stopping,
            LongSupplier wallMillis) {
        PhaseWatch watch = new PhaseWatch(log, wallMillis);
        Reports reports = new Reports(List.of(report, watch), ResultFiles.of(plan, RunHeader.of(plan)));
        this.harness = new Harness(plan, environment, reports);
        this.job = job;
        this.log = log;
        this.stopping = stopping;
        harness.waitAt(this);
    }

    /** Ends it, from any thread. */
    Harness harness() {
        return harness;
    }

    RunReport run() throws HarnessException, IOException, InterruptedException {
        return harness.run();
    }

    @Override
    public Optional<String> pass(int trial) throws InterruptedException {
        if (trial >= DURING) {
            job.start();
            while (stopping.getCount() > 0 && !job.ended() && !(trial == DURING && running())) {
                log.await(AGAIN_MILLIS);
            }
            if (stopping.getCount() > 0 && trial == DURING && !running()) {
                return Optional.of(MISSED);
            }
            if (trial > DURING && job.failed()) {
                return Optional.of("the job has no end that the load after it could follow");
            }
        }
        return Optional.empty();
    }

    private boolean running() {
        return !job.ended() && log.last().filter(JobState::running).isPresent();
    }
}
