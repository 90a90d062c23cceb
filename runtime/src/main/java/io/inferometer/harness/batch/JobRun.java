package io.inferometer.harness.batch;

import io.inferometer.endpoint.batch.ApiRoot;
import io.inferometer.endpoint.batch.BatchApi;
import io.inferometer.endpoint.batch.Calls;
import io.inferometer.endpoint.batch.ControlException;
import io.inferometer.endpoint.batch.RequestsFile;
import io.inferometer.harness.process.Interruptible;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.JobRequests;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.JobListener;
import io.inferometer.report.JobReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.output.JobResult;
import io.inferometer.report.output.ResultFiles;
import io.inferometer.stats.batch.JobFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Runs a job: {@code new JobRun(plan, System::getenv, listener, report).run()}.
 *
 * <p>One job an instance. {@link #run} is called by one thread; {@link #interrupt} by any. An interruption ends the watch over
 * the job, and the load beside it; the job itself goes on at its endpoint unless the plan has it cancelled.
 */
public final class JobRun implements Interruptible {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final JobPlan plan;
    private final UnaryOperator<String> environment;
    private final JobListener listener;
    private final Report besideReport;
    private final UnaryOperator<String> redact;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final LongSupplier wallMillis;
    private volatile Beside beside;
    private volatile JobLog log;

    /**
     * A job that has not started.
     *
     * @param plan what is to be done
     * @param environment gives the value of an environment variable, null where it is not set; read when headers are made
     * @param listener is told what happens with the job, on the job's thread
     * @param besideReport is told of the load beside it; closed at its end
     */
    public JobRun(JobPlan plan, UnaryOperator<String> environment, JobListener listener, Report besideReport) {
        this.plan = plan;
        this.environment = environment;
        this.besideReport = besideReport;
        this.redact = plan.secrets(environment)::redact;
        this.listener = new MaskedListener(listener, redact);
        long origin = System.nanoTime();
        long start = System.currentTimeMillis();
        // The time of day may be set anew meanwhile; what passes is measured on a clock that may not.
        this.wallMillis = () -> start + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin);
    }

    /**
     * Runs it to its end, or until it is interrupted.
     *
     * @return what it came to, as far as it came
     * @throws UsageException if it can't be done as asked; nothing was sent
     * @throws HarnessException if the workload, or the harness of the load beside it, failed
     * @throws IOException if a file can't be read or written
     * @throws InterruptedException if the thread was interrupted
     */
    public JobReport run() throws HarnessException, IOException, InterruptedException {
        JobFiles.check(plan);
        ResultFiles.of(plan.plan(), RunHeader.of(plan.plan())).check();
        JobBefore before = JobBefore.of(plan);
        RunHeader planned = RunHeader.of(plan.plan());
        RunHeader header =
                before.header().map(known -> known.goneOnWithAs(planned)).orElse(planned);
        try (JobRequests made = JobRequests.of(plan.trial(), environment)) {
            ApiRoot root = root(made.uri());
            try (Journal journal = journal(header)) {
                Map<String, String> headers = made.headers();
                JobHistory history = new JobHistory(before.history(), journal::batch);
                log = new JobLog(history);
                RequestsFile requests = new JobFiles(plan, made, root.url()).requests(history);
                listener.started(header, requests.file());
                made.notes().forEach(listener::told);
                try (Calls calls =
                        new Calls(headers, plan.plan().client().transport().insecure(), stopping)) {
                    return run(header, journal, requests, new BatchApi(root, calls, wallMillis));
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        } finally {
            stopping.countDown();
            ended.countDown();
            deleteIfNothingBegan();
        }
    }

    /** A journal without anything in it would only be in the way of the next job. */
    private void deleteIfNothingBegan() throws IOException {
        boolean begun = log == null
                || log.read(history -> !history.uploaded().isEmpty()
                        || Files.exists(plan.file(JobPlan.BESIDE))
                        || history.retries() > 0);
        if (!begun && !plan.plan().resumes()) {
            Files.deleteIfExists(plan.journal());
            if (plan.file().isEmpty()) {
                Files.deleteIfExists(plan.file(JobPlan.REQUESTS));
            }
        }
    }

    private JobReport run(RunHeader header, Journal journal, RequestsFile requests, BatchApi api)
            throws HarnessException, IOException, InterruptedException {
        Duration pause = plan.poll().compareTo(FIRST_PAUSE) < 0 ? plan.poll() : FIRST_PAUSE;
        Patience patience = new Patience(pause, stopping, (what, why) -> {
            log.add(history -> history.retry(what, redact.apply(why)));
            listener.told(what + " failed: " + why);
        });
        JobSteps steps = new JobSteps(plan, requests, api, patience, log, listener, redact);
        JobThread thread = new JobThread(steps);
        Optional<RunReport> run = runBeside(thread);
        Exception failure = thread.await();
        if (stopping.getCount() > 0 && failure instanceof IOException e) {
            throw e;
        }
        if (stopping.getCount() > 0 && failure instanceof RuntimeException e) {
            throw e;
        }
        RunEnd end = end(failure, thread.started(), run);
        if (end == RunEnd.INTERRUPTED && plan.cancelOnInterrupt()) {
            steps.cancel().ifPresent(listener::told);
        }
        journal.close(end instanceof RunEnd.Complete, end.text());
        JobReport report = new JobReport(header, log.read(JobFigures::of), run, end, steps.files());
        listener.ended(report);
        for (Plan.ResultFile file : plan.plan().files().results()) {
            JobResult.write(
                    new Destination(
                            file, trial -> file.path(), plan.plan().files().force()),
                    report);
            listener.written(file.format(), file.path());
        }
        return report;
    }

    /** The load beside the job, if there is one, starts the job when it is the job's turn. */
    private Optional<RunReport> runBeside(JobThread thread) throws HarnessException, IOException, InterruptedException {
        if (plan.beside().isEmpty()) {
            besideReport.close();
            thread.start();
            return Optional.empty();
        }
        beside = new Beside(plan.beside().get(), environment, besideReport, thread, log, stopping, wallMillis);
        if (stopping.getCount() == 0) {
            beside.harness().interrupt();
        }
        try {
            return Optional.of(beside.run());
        } catch (HarnessException | IOException | RuntimeException e) {
            stopping.countDown();
            thread.await();
            throw e;
        }
    }

    private RunEnd end(Exception failure, boolean started, Optional<RunReport> run) {
        if (stopping.getCount() == 0) {
            return RunEnd.INTERRUPTED;
        }
        if (failure != null) {
            return new RunEnd.Broken(
                    redact.apply(failure instanceof ControlException ? failure.getMessage() : failure.toString()));
        }
        if (!started) {
            return new RunEnd.Broken("the load before it did not come to its end, so the job was not created");
        }
        return run.filter(known -> !known.complete()).map(RunReport::end).orElse(RunEnd.COMPLETE);
    }

    private ApiRoot root(URI asked) {
        try {
            return ApiRoot.beside(asked);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Journal journal(RunHeader header) throws IOException {
        if (plan.plan().resumes()) {
            return Journal.resume(plan.journal());
        }
        Map<String, Object> described = new LinkedHashMap<>(header.toMap());
        described.put(JobBefore.JOB, plan.described());
        return Journal.create(plan.journal(), described, plan.plan().files().force());
    }

    @Override
    public void interrupt() {
        stopping.countDown();
        Beside load = beside;
        if (load != null) {
            load.harness().interrupt();
        }
    }

    @Override
    public boolean interrupt(Duration grace, Duration patience) throws InterruptedException {
        interrupt();
        Beside load = beside;
        if (load != null) {
            load.harness().interrupt(grace, patience);
        }
        return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** {@return what is said of a job that nobody looks at any more; empty where there is none} */
    public Optional<String> left() {
        JobLog known = log;
        return known == null ? Optional.empty() : known.left(plan.journal());
    }

    @Override
    public Optional<String> lastWords() {
        JobLog known = log;
        return Optional.of(
                known == null || known.last().isEmpty()
                        ? "the job may not have been created; --resume " + plan.journal() + " goes on with it"
                        : known.lastWords(plan.journal(), plan.cancelOnInterrupt()));
    }
}
