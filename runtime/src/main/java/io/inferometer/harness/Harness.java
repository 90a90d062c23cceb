package io.inferometer.harness;

import io.inferometer.endpoint.Transport;
import io.inferometer.harness.fork.ForkJournals;
import io.inferometer.harness.live.LiveServer;
import io.inferometer.harness.member.ForkLauncher;
import io.inferometer.harness.member.Member;
import io.inferometer.harness.member.MemberSource;
import io.inferometer.harness.member.Members;
import io.inferometer.harness.process.FullHeap;
import io.inferometer.harness.process.Interruptible;
import io.inferometer.harness.process.SpareDescriptors;
import io.inferometer.harness.process.Starts;
import io.inferometer.harness.resume.Resumption;
import io.inferometer.harness.target.ChosenTransport;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlight;
import io.inferometer.harness.trial.RunContext;
import io.inferometer.harness.trial.RunLog;
import io.inferometer.harness.trial.ServerWatch;
import io.inferometer.harness.trial.Simulators;
import io.inferometer.instrument.ClientWarmup;
import io.inferometer.instrument.HealthWatch;
import io.inferometer.instrument.Transports;
import io.inferometer.instrument.Wire;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.Recorder;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.RunReportBuilder;
import io.inferometer.report.header.RunClock;
import io.inferometer.report.header.RunCrew;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.html.LiveRun;
import io.inferometer.report.journal.Replay;
import io.inferometer.report.output.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Runs a plan: {@code new Harness(plan, System::getenv, report).run()}.
 *
 * <p>One run an instance. {@link #run} is called by one thread; {@link #interrupt} by any. Several runs may be on in one JVM, but each
 * then is a load beside the others' measurement.
 */
public final class Harness implements Interruptible {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Plan plan;
    private final UnaryOperator<String> environment;
    private final Report report;
    private final MemberSource members;
    private final ForkJournals forkJournals;
    private final RunControl control = new RunControl();
    private final Starts starts = new Starts();
    private final boolean elsewhere;
    private final LongSupplier clock = System::nanoTime;
    private volatile Runnable lastResort = () -> {};
    private TrialGate gate = TrialGate.OPEN;
    private Optional<TrialSupply> supply = Optional.empty();

    /**
     * A run that has not started.
     *
     * @param plan what is run, and how
     * @param environment gives the value of an environment variable, null where it is not set; read when headers are made
     * @param report is told what happens, by one thread at a time; several are {@code Reports}
     */
    public Harness(Plan plan, UnaryOperator<String> environment, Report report) {
        this(plan, environment, report, (ForkLauncher) share -> {
            throw new IOException("this harness was not told how to start one");
        });
    }

    /**
     * A run that has not started, and can have forks.
     *
     * @param plan as of the other constructor
     * @param environment gives the value of an environment variable, null where it is not set
     * @param report as of the other constructor
     * @param forks starts the JVMs of forks
     */
    public Harness(Plan plan, UnaryOperator<String> environment, Report report, ForkLauncher forks) {
        this(plan, environment, report, MemberSource.here(plan.course().crew().members(), forks));
    }

    /**
     * A run that has not started, all of which is done by members.
     *
     * @param plan as of the other constructor
     * @param environment gives the value of an environment variable, null where it is not set
     * @param report as of the other constructor
     * @param members gathers who share the load of each fork
     */
    public Harness(Plan plan, UnaryOperator<String> environment, Report report, MemberSource members) {
        this.plan = plan;
        this.members = members;
        elsewhere = plan.course().crew().members() > 1 || plan.course().agents().isPresent();
        this.forkJournals = new ForkJournals(plan);
        this.environment = environment;
        this.report = report;
    }

    /**
     * Sets what is done when the heap was full and the run has not ended ten seconds after that, as where a thread of a
     * library is gone: nothing, unless this ends the process. It is called by a thread that nothing waits for.
     *
     * @param action must not wait for the run
     */
    public void lastResort(Runnable action) {
        lastResort = action;
    }

    /**
     * Sets what trials wait for before they begin: nothing, unless it is set.
     *
     * @param trialGate asked before each trial
     */
    public void waitAt(TrialGate trialGate) {
        gate = trialGate;
    }

    /**
     * Sets what gives the run its trials, of which the plan has the first alone: nothing, unless it is set.
     *
     * @param trials asked after each trial
     */
    public void supplyBy(TrialSupply trials) {
        supply = Optional.of(trials);
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
        if (plan.console().live().isEmpty()) {
            return run(report, Optional.empty());
        }
        LiveRun shown = new LiveRun(clock);
        Plan.Live live = plan.console().live().get();
        try (LiveServer server =
                LiveServer.open(live, shown, this, plan.course().grace())) {
            return run(new Reports(List.of(report, shown)), server, shown);
        }
    }

    private RunReport run(Report told, LiveServer server, LiveRun shown)
            throws HarnessException, IOException, InterruptedException {
        try {
            return run(told, Optional.of(server.address()));
        } catch (HarnessException | IOException | RuntimeException e) {
            shown.broke(plan.secrets(environment).redact(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    /** @param live where a page shows it; empty where none does */
    private RunReport run(Report told, Optional<String> live)
            throws HarnessException, IOException, InterruptedException {
        try (Members crew = gathered()) {
            return run(told, live, crew);
        } finally {
            control.ended();
        }
    }

    private Members gathered() throws HarnessException, InterruptedException {
        try {
            return members.gather(control.stopping());
        } catch (IOException e) {
            throw new HarnessException(e.getMessage(), e);
        }
    }

    private RunReport run(Report told, Optional<String> live, Members crew)
            throws HarnessException, IOException, InterruptedException {
        long started = clock.getAsLong();
        Resumption resumption = resumption();
        // The times of a run that is gone on with go on where they were, and a fork's on its run's clock.
        long origin = started - resumption.lastNanos();
        long zero = Math.min(origin, plan.files().earlier().origin().orElse(origin));
        RunHeader planned = RunHeader.of(plan);
        RunHeader header = plan.resumes()
                ? resumption.header().goneOnWithAs(planned)
                : shared(planned.startedAt(RunClock.startingAt(zero)), crew);
        Journal journal = journal(header);
        try (told) {
            Replay replay = new Replay(header, new RunReportBuilder(header, TokenCounting::of), told);
            if (live.isPresent()) {
                told.live(live.get());
            }
            RunLog log = new RunLog(journal, replay, resumption, plan.course().failOnError(), control::stop);
            try {
                runAndRecord(log, zero, resumption, crew);
            } catch (HarnessException | InterruptedException | RuntimeException | Error e) {
                control.stop(RunControl.brokenBy(e));
                if (log.begun()) {
                    endAfter(e, replay);
                }
                if (FullHeap.isCauseOf(e)) {
                    throw new HarnessException(RunControl.OUT_OF_MEMORY, e);
                }
                if (log.begun() && e instanceof UsageException late) {
                    // That it can't be done came to light when requests had been sent.
                    throw new HarnessException(late.getMessage(), late);
                }
                throw e;
            } finally {
                log.close(control.end());
                deleteIfNothingBegan(log);
            }
            return replay.end(control.end());
        }
    }

    /** Who shares the load is known once they are there. */
    private RunHeader shared(RunHeader header, Members crew) {
        return elsewhere
                ? header.sharedBy(new RunCrew(
                        crew.all().size(),
                        plan.course().agents().isEmpty(),
                        crew.all().stream().map(Member::name).toList(),
                        OptionalInt.empty()))
                : header;
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
        known.checkSearch(plan, supply.map(trials -> trials.asked().toMap()));
        return forkJournals.takeOver(known) ? Resumption.of(plan) : known;
    }

    /** A journal without anything in it would only be in the way of the next run. */
    private void deleteIfNothingBegan(RunLog log) throws IOException {
        if (!log.begun() && plan.files().journal().isPresent() && !plan.resumes()) {
            Files.deleteIfExists(plan.files().journal().get());
            forkJournals.clear();
        }
    }

    /** The run's journal, null where it keeps none. */
    private Journal journal(RunHeader header) throws IOException {
        if (plan.files().journal().isEmpty()) {
            return null;
        }
        Path path = plan.files().journal().get();
        boolean force = plan.files().force();
        if (plan.files().earlier().origin().isPresent()) {
            return Journal.ofFork(path, header.toMap(), force);
        }
        return plan.resumes() ? Journal.resume(path) : Journal.create(path, header.toMap(), force);
    }

    private void runAndRecord(RunLog log, long origin, Resumption resumption, Members crew)
            throws HarnessException, InterruptedException {
        UnaryOperator<String> redact = plan.secrets(environment)::redact;
        boolean measuresHere = !elsewhere && TrialSequence.measuresHere(plan);
        RunEnd full = new RunEnd.Broken(RunControl.OUT_OF_MEMORY);
        try (SpareDescriptors spare = new SpareDescriptors();
                FullHeap fullHeap = new FullHeap(() -> control.giveUp(full), lastResort, PATIENCE_NANOS);
                Simulators simulators = new Simulators(plan.files().earlier().simulatedUrl());
                Transport transport = transport(false);
                RunTimeLimit limit = new RunTimeLimit(plan.course().runTime(), control::giveUp);
                HealthWatch watch = measuresHere ? HealthWatch.start(clock) : null) {
            fullHeap.watch();
            spare.take();
            Transports transports = new Transports(transport, () -> transport(true));
            ServerWatch.check(plan, environment);
            if (plan.client().warmup() && measuresHere) {
                warmUpClient(transports);
            }
            try (Recorder recorder = new Recorder(
                    clock, origin, plan.files().saveDetailed(), redact, log, failure -> broke(failure, fullHeap))) {
                limit.start();
                PreFlight preFlight = new PreFlight(
                        plan.client().preFlight(),
                        redact,
                        line -> recorder.run(() -> log.preFlight(line)),
                        control.stopping(),
                        clock);
                RunContext context = new RunContext(
                        environment,
                        redact,
                        simulators,
                        transports,
                        recorder,
                        log,
                        watch,
                        plan.client().calibrate(),
                        plan.judgement().percentiles(),
                        plan.client().transport().insecure(),
                        preFlight,
                        starts,
                        clock,
                        origin,
                        resumption);
                new TrialSequence(plan, context, control, gate, elsewhere, crew, forkJournals, supply).run();
                recorder.drain();
            } catch (HarnessException | RuntimeException | Error e) {
                if (FullHeap.isCauseOf(e)) {
                    fullHeap.seen();
                }
                throw e;
            }
        }
    }

    private Transport transport(boolean trustsAll) {
        return ChosenTransport.of(plan.client().transport(), trustsAll, clock);
    }

    /** What was measured until the failure is reported all the same. */
    private void endAfter(Throwable failure, Replay replay) {
        try {
            replay.end(control.end());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failure.addSuppressed(e);
        }
    }

    private void warmUpClient(Transports transports) throws HarnessException, InterruptedException {
        boolean tls = plan.trials().stream()
                .anyMatch(
                        trial -> trial.endpoint().url().toLowerCase(Locale.ROOT).startsWith("https:"));
        List<Optional<Boolean>> streamed = plan.trials().stream()
                .map(trial -> trial.everyRequest().streaming())
                .distinct()
                .toList();
        try {
            ClientWarmup.run(
                    transports,
                    new Wire(plan.trials().get(0).endpoint().protocol(), tls),
                    streamed.size() == 1 ? streamed.get(0) : Optional.empty(),
                    control.stopping(),
                    clock);
        } catch (IOException e) {
            throw new HarnessException("the client can't be warmed up: " + e.getMessage(), e);
        }
    }

    /**
     * A member of another run starts what it is ready for.
     *
     * @param nanos when, on the clock of the run
     */
    public void go(long nanos) {
        starts.go(nanos);
    }

    /** A member of another run has no further iteration than those that it has begun. */
    public void enough() {
        starts.enough();
    }

    @Override
    public void interrupt() {
        control.stop(RunEnd.INTERRUPTED);
    }

    @Override
    public boolean interrupt(Duration grace, Duration patience) throws InterruptedException {
        return control.end(RunEnd.INTERRUPTED, grace, patience);
    }

    /** What can't be kept need not be waited for. */
    private void broke(Throwable failure, FullHeap fullHeap) {
        if (FullHeap.isCauseOf(failure)) {
            fullHeap.seen();
        } else {
            control.giveUp(RunControl.brokenBy(failure));
        }
    }
}
