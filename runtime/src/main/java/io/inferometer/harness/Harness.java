package io.inferometer.harness;

import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.TrustAll;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.endpoint.nio.NioTransport;
import io.inferometer.harness.fork.ForkJournals;
import io.inferometer.harness.fork.ForkLauncher;
import io.inferometer.harness.fork.ForkRunner;
import io.inferometer.harness.process.FullHeap;
import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.resume.Resumption;
import io.inferometer.instrument.HealthWatch;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.record.Recorder;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.Report;
import io.inferometer.report.RunHeader;
import io.inferometer.report.RunReport;
import io.inferometer.report.RunReportBuilder;
import io.inferometer.report.journal.Replay;
import io.inferometer.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * Runs a plan: {@code new Harness(plan, System::getenv, report).run()}.
 *
 * <p>One run an instance. {@link #run} is called by one thread; {@link #stop} by any.
 */
public final class Harness {
    private static final String OUT_OF_MEMORY =
            "the client's heap was full: give it more, as in java -Xmx4g -jar; the journal has what was recorded until then";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Plan plan;
    private final UnaryOperator<String> environment;
    private final Report report;
    private final ForkLauncher forks;
    private final ForkJournals forkJournals;
    private final List<String> broken = new ArrayList<>();
    private final LongSupplier clock = System::nanoTime;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private boolean ranBefore;
    private volatile String stopReason = "";
    private volatile boolean givenUp;
    private volatile Running running;
    private volatile Runnable lastResort = () -> {};

    /**
     * A run that has not started.
     *
     * @param environment gives the value of an environment variable, null where it is not set; read when headers are made
     * @param report is told what happens, by one thread at a time; several are {@code Reports}
     */
    public Harness(Plan plan, UnaryOperator<String> environment, Report report) {
        this(plan, environment, report, (trial, fork, journal, nanos) -> {
            throw new IOException("this harness was not told how to start one");
        });
    }

    /**
     * A run that has not started, and can have forks.
     *
     * @param forks starts the JVMs of forks
     */
    public Harness(Plan plan, UnaryOperator<String> environment, Report report, ForkLauncher forks) {
        this.plan = plan;
        this.forks = forks;
        this.forkJournals = new ForkJournals(plan);
        this.environment = environment;
        this.report = report;
    }

    /**
     * Sets what is done when the heap was full and the run has not ended ten seconds after that, as where a thread of a
     * library is gone: nothing, unless this ends the process. It is called by a thread that nothing waits for.
     */
    public void lastResort(Runnable action) {
        lastResort = action;
    }

    /**
     * Runs everything that is planned, or until it is stopped; returns when every record is safe and every report is told.
     *
     * @return the result, of an incomplete run too
     * @throws HarnessException if the harness or the workload failed; the message says how, on one line. What was measured
     *     until then is in the journal
     * @throws IOException if a report or the journal can't be written
     * @throws InterruptedException if the thread was interrupted
     */
    public RunReport run() throws HarnessException, IOException, InterruptedException {
        long started = clock.getAsLong();
        Resumption resumption = resumption();
        RunHeader planned = RunHeader.of(plan);
        RunHeader header = plan.resumes() ? resumption.header().goneOnWithAs(planned) : planned;
        Journal journal = journal(header);
        try (report) {
            Replay replay = new Replay(header, new RunReportBuilder(header, TokenCounting::of), report);
            RunLog log = new RunLog(journal, replay, resumption, plan.course().failOnError(), this::stop);
            try {
                // The times of a run that is gone on with go on where they were, and a fork's on its run's clock.
                long before =
                        Math.max(resumption.lastNanos(), plan.files().earlier().nanos());
                runAndRecord(log, started - before, resumption);
            } catch (HarnessException | InterruptedException | RuntimeException | Error e) {
                stop(message(e));
                if (log.begun()) {
                    endAfter(e, replay);
                }
                if (FullHeap.isCauseOf(e)) {
                    throw new HarnessException(OUT_OF_MEMORY, e);
                }
                throw e;
            } finally {
                log.close(incompleteReason());
                deleteIfNothingBegan(log);
            }
            return replay.end(incompleteReason().isEmpty(), incompleteReason());
        } finally {
            ended.countDown();
        }
    }

    /**
     * What was done before the run was interrupted. A fork reads that in its run's journal, which has all that forks of a
     * run that was killed have left.
     */
    private Resumption resumption() throws IOException, InterruptedException {
        if (!plan.resumes()) {
            forkJournals.makeRoom();
            return plan.files().earlier().journal().map(Resumption::of).orElse(Resumption.NONE);
        }
        Path journal = plan.files().journal().orElseThrow();
        if (Files.exists(journal) && !Journal.awaitWriter(journal, Duration.ZERO)) {
            throw new UsageException("--resume " + journal + ": its run is still going on; end that one first");
        }
        Resumption known = Resumption.of(plan);
        return forkJournals.takeOver(known) ? Resumption.of(plan) : known;
    }

    /** Why a run is not complete whose own time has ended it. */
    public static String timeOver(Duration runTime) {
        return RunTimeLimit.over(runTime);
    }

    private String incompleteReason() {
        return stopReason.isEmpty() ? String.join("; ", broken) : stopReason;
    }

    /** A journal without anything in it would only be in the way of the next run. */
    private void deleteIfNothingBegan(RunLog log) throws IOException {
        if (!log.begun() && plan.files().journal().isPresent() && !plan.resumes()) {
            Files.deleteIfExists(plan.files().journal().get());
        }
    }

    /** The run's journal, null where it keeps none. */
    private Journal journal(RunHeader header) throws IOException {
        if (plan.files().journal().isEmpty()) {
            return null;
        }
        Path path = plan.files().journal().get();
        return plan.resumes()
                ? Journal.resume(path)
                : Journal.create(path, header.toMap(), plan.files().force());
    }

    private void runAndRecord(RunLog log, long origin, Resumption resumption)
            throws HarnessException, InterruptedException {
        UnaryOperator<String> redact = Secrets.of(plan, environment)::redact;
        boolean measuresHere = plan.trials().stream().anyMatch(trial -> !forked(trial));
        try (FullHeap fullHeap = new FullHeap(() -> giveUp(OUT_OF_MEMORY), lastResort, PATIENCE_NANOS);
                Simulators simulators = new Simulators();
                Transport transport = transport();
                RunTimeLimit limit = new RunTimeLimit(plan.course().runTime(), this::giveUp);
                HealthWatch watch = measuresHere ? HealthWatch.start(clock) : null) {
            fullHeap.watch();
            if (plan.client().warmup() && measuresHere) {
                ClientWarmup.run(transport, stopping, clock);
            }
            try (Recorder recorder = new Recorder(
                    clock, origin, plan.files().saveDetailed(), redact, log, failure -> broke(failure, fullHeap))) {
                limit.start();
                PreFlight preFlight = new PreFlight(
                        plan.client().preFlight(),
                        redact,
                        line -> recorder.run(() -> log.preFlight(line)),
                        stopping,
                        clock);
                runTrials(new RunContext(
                        environment,
                        simulators,
                        transport,
                        recorder,
                        log,
                        watch,
                        plan.client().calibrate(),
                        plan.judgement().percentiles(),
                        preFlight,
                        clock,
                        origin,
                        resumption));
                recorder.drain();
            } catch (HarnessException | RuntimeException | Error e) {
                if (FullHeap.isCauseOf(e)) {
                    fullHeap.seen();
                }
                throw e;
            }
        }
    }

    private Transport transport() {
        boolean nio = plan.client().transport().kind() == Plan.Transport.Kind.NIO;
        if (plan.client().transport().insecure()) {
            SSLContext trustsAll = TrustAll.context();
            return nio ? new NioTransport(clock, trustsAll) : new JdkTransport(clock, trustsAll);
        }
        return nio ? new NioTransport(clock) : new JdkTransport(clock);
    }

    /** What was measured until the failure is reported all the same. */
    private void endAfter(Throwable failure, Replay replay) {
        try {
            replay.end(false, stopReason);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failure.addSuppressed(e);
        }
    }

    private void runTrials(RunContext context) throws HarnessException, InterruptedException {
        for (Trial trial : plan.trials()) {
            if (forked(trial)) {
                runForks(trial, context);
            } else if (isLeft(trial, trial.fork(), context)) {
                try (TrialRunner runner = new TrialRunner(trial, context)) {
                    runs(runner);
                    runner.run();
                } finally {
                    running = null;
                }
            }
        }
    }

    private static boolean forked(Trial trial) {
        return trial.forks().count() > 0;
    }

    private void runForks(Trial trial, RunContext context) throws HarnessException, InterruptedException {
        for (int fork = 0; fork < trial.forks().count(); fork++) {
            if (isLeft(trial, fork, context)) {
                try {
                    Path journal = forkJournals.of(fork);
                    runFork(new ForkRunner(trial, fork, journal, context));
                    forkJournals.forget(journal);
                } catch (IOException e) {
                    throw new HarnessException(e.getMessage(), e);
                }
            }
            if (context.log().allFailed(trial.index(), fork)) {
                return;
            }
        }
    }

    /**
     * Whether anything of a trial, or of a fork of it, is to be run now; waits for the pause before it. What was done of it
     * before the run was interrupted is told first, also where the run has been stopped again.
     */
    private boolean isLeft(Trial trial, int fork, RunContext context) throws InterruptedException {
        DoneBefore earlier = context.resumption().of(trial.index(), fork);
        if (plan.resumes() && earlier.begun()) {
            context.recorder().run(() -> context.log().takeOver(trial.index(), fork));
            context.recorder().drain();
        }
        if (earlier.done(trial)) {
            return false;
        }
        if (ranBefore) {
            pause();
        }
        ranBefore = true;
        return stopReason.isEmpty();
    }

    private void runFork(ForkRunner fork) throws HarnessException, IOException, InterruptedException {
        try (fork) {
            runs(fork);
            fork.run(forks).ifPresent(broken::add);
        } finally {
            running = null;
        }
    }

    private void runs(Running now) {
        running = now;
        if (!stopReason.isEmpty()) {
            now.stop();
        }
        if (givenUp) {
            now.cancel();
        }
    }

    /** Sends nothing for the time that the plan says, or until the run is stopped. */
    private void pause() throws InterruptedException {
        stopping.await(plan.course().pause().toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Ends the run early: nothing more is sent, and {@link #run} returns when what is in flight has ended and everything is
     * written. Returns at once.
     *
     * @param reason why, for the result: {@code interrupted}; the first one given counts
     */
    public void stop(String reason) {
        if (stopReason.isEmpty()) {
            stopReason = reason;
        }
        stopping.countDown();
        Running runner = running;
        if (runner != null) {
            runner.stop();
        }
    }

    /**
     * Ends the run early, and gives up what is still in flight when the grace is over. Returns when {@link #run} has, or
     * when it has not for some time after that, as where the workload's own code does not end.
     *
     * @param reason why, for the result: {@code interrupted}; the first one given counts
     * @param grace how long what is in flight may take to end; zero to give it up at once
     * @param patience how long the run is waited for after that
     * @return whether the run has ended
     */
    public boolean stop(String reason, Duration grace, Duration patience) throws InterruptedException {
        stop(reason);
        if (ended.await(grace.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        giveUp(reason);
        return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void giveUp(String reason) {
        stop(reason);
        givenUp = true;
        Running runner = running;
        if (runner != null) {
            runner.cancel();
        }
    }

    /** What can't be kept need not be waited for. */
    private void broke(Throwable failure, FullHeap fullHeap) {
        if (FullHeap.isCauseOf(failure)) {
            fullHeap.seen();
        } else {
            giveUp(message(failure));
        }
    }

    private static String message(Throwable failure) {
        if (FullHeap.isCauseOf(failure)) {
            return OUT_OF_MEMORY;
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
