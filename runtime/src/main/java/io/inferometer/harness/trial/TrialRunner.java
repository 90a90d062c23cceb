package io.inferometer.harness.trial;

import io.inferometer.endpoint.SameMachine;
import io.inferometer.endpoint.Target;
import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.target.TargetSettingsOf;
import io.inferometer.instrument.Calibration;
import io.inferometer.instrument.Shape;
import io.inferometer.instrument.ShapeBuilder;
import io.inferometer.instrument.Wire;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.report.member.MemberLines;
import io.inferometer.report.text.StackTraces;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs one trial: set-up, warm-up iterations, measured iterations, tear-down. */
public final class TrialRunner implements Running, AutoCloseable {
    private final Trial trial;
    private final RunContext run;
    private final DoneBefore earlier;
    private ConnectionsAhead connections;
    private volatile ServerWatch server;
    private volatile Target target;
    private volatile IterationRunner iteration;
    private volatile Calibration calibration;
    private volatile boolean stopped;
    private boolean ranOut;
    private Duration elapsed;

    public TrialRunner(Trial trial, RunContext run) {
        this.trial = trial;
        this.run = run;
        this.earlier = run.resumption().of(trial.index(), trial.fork());
        this.elapsed = earlier.measuredTime();
    }

    /** Runs it until its end, or until it is stopped. */
    @SuppressWarnings("try")
    public void run() throws HarnessException, InterruptedException {
        target = connect();
        connections = new ConnectionsAhead(target);
        server = ServerWatch.of(trial, target.uri(), trial.fork(), run);
        WorkloadCalls<?> workload = WorkloadCalls.of(
                trial.binding(), trial.params(), trial.context().noting(this::note));
        try (Heartbeat beat = Heartbeat.of(trial, target, run);
                TearDown after = workload::tearDown;
                TearDown checks = run.recorder()::checkNone) {
            workload.setUp();
            workload.check(thrown -> run.log().checkThrew(() -> run.redact().apply(StackTraces.text(thrown))))
                    .ifPresent(run.recorder()::check);
            if (iterate(workload, true, trial.schedule().warmup())) {
                warnOfLimits();
                boolean calibrated = run.calibrate() == Plan.Calibrate.BEFORE && calibrate();
                iterate(workload, false, trial.schedule().measurement());
                tellRanOut();
                if (run.calibrate() != Plan.Calibrate.OFF && !calibrated) {
                    calibrate();
                }
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
        IterationRunner current = iteration;
        if (current != null) {
            current.stop();
        }
        // Behind that: whoever waits to start then knows that there is nothing to send.
        run.starts().stop();
        ServerWatch watch = server;
        if (watch != null) {
            watch.stop();
        }
        Calibration replay = calibration;
        if (replay != null) {
            replay.stop();
        }
    }

    @Override
    public void cancel() {
        Target current = target;
        if (current != null) {
            current.cancelAll();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        if (target != null) {
            target.close();
        }
    }

    /** Tells what the workload says of its requests. */
    private void note(String line) {
        run.recorder().run(() -> run.log().notes(trial.index(), trial.fork(), List.of(line)));
    }

    private Target connect() throws HarnessException {
        try {
            String url = trial.endpoint().simulated()
                    ? run.simulators().url(trial.endpoint().profile())
                    : trial.endpoint().url();
            return new Target(
                    TargetSettingsOf.trial(trial, url, run.environment()),
                    run.transports().own(),
                    run.clock());
        } catch (IllegalArgumentException e) {
            throw new HarnessException(e.getMessage(), e);
        }
    }

    /** Runs the iterations of a phase; false if the trial is not worth going on with. */
    @SuppressWarnings("try")
    private boolean iterate(WorkloadCalls<?> workload, boolean warmup, Iterations iterations)
            throws HarnessException, InterruptedException {
        IterationRunner.Reached reached = new IterationRunner.Reached(
                Math.max(earlier.first(warmup), warmup ? 0 : run.log().firstIndex(trial.index())),
                Math.max(earlier.firstSession(warmup), warmup ? 0 : run.log().firstSession(trial.index())));
        for (int number = earlier.next(warmup); !stopped && goesOn(warmup, number); number++) {
            IterationContext context = workload.iteration(warmup, number);
            try (TearDown after = () -> workload.tearDown(context)) {
                workload.setUp(context);
                long began = run.clock().getAsLong();
                reached = run(new IterationRunner(
                        trial,
                        run,
                        target,
                        connections,
                        server,
                        workload,
                        context,
                        reached,
                        iterations.extent(),
                        earlier));
                long before = earlier.elapsedNanos(warmup, number);
                elapsed = elapsed.plusNanos(warmup ? 0 : before + run.clock().getAsLong() - began);
            }
            // A share says nothing of the whole: of members their run looks.
            if (trial.split().alone() && run.log().allFailed(trial.index(), trial.fork())) {
                return false;
            }
        }
        return !stopped;
    }

    /** Whether there is another iteration, or one that was cut off is gone on with. */
    private boolean goesOn(boolean warmup, int number) {
        if (warmup) {
            return number < trial.schedule().warmup().count();
        }
        if (run.log().decided(trial.index())) {
            return false;
        }
        if (decidedByAll()) {
            return !ranOut && !run.starts().hadEnough();
        }
        return earlier.begun(false, number)
                || !ranOut && trial.schedule().goesOn(number, run.log().measured(trial.index(), trial.fork()), elapsed);
    }

    /** Whether it is the run that knows when members have had enough iterations. */
    private boolean decidedByAll() {
        return !trial.split().alone() && trial.schedule().until().isPresent();
    }

    /** A member that has nothing left to send for a further iteration says so, and waits until all are told that there is none. */
    private void tellRanOut() {
        if (decidedByAll() && ranOut && !stopped) {
            run.recorder()
                    .run(() -> run.log()
                            .member(
                                    MemberLines.READY,
                                    MemberLines.ranOut(
                                            trial.index(),
                                            trial.fork(),
                                            trial.split().member())));
            run.starts().await();
        }
    }

    private IterationRunner.Reached run(IterationRunner next) throws HarnessException, InterruptedException {
        iteration = next;
        if (stopped) {
            next.stop();
        }
        IterationRunner.Reached index = next.run();
        ranOut = next.ranOut()
                && trial.schedule().until().isPresent()
                && !run.starts().hadEnough();
        if (ranOut) {
            List<String> note = List.of("--until: the workload has no more requests to go on with");
            run.recorder().run(() -> run.log().notes(trial.index(), trial.fork(), note));
        }
        return index;
    }

    /** What an open loop will have in flight is known by its warm-up, if by anything. */
    private void warnOfLimits() {
        if (trial.schedule().load().highest() instanceof Load.Open open
                && trial.schedule().warmup().count() > 0) {
            MachineLimits.ofThisProcess()
                    .warning(
                            (Load.Open) trial.split().of(open),
                            run.log().warmupE2elNanos(),
                            target.uri().getAuthority())
                    .ifPresent(line -> run.recorder().run(() -> run.log().preFlight(line)));
        }
    }

    /**
     * Replays what has been sent, to measure what the client itself adds; a simulated endpoint tells that itself.
     *
     * @return whether there was anything to replay
     */
    private boolean calibrate() throws HarnessException, InterruptedException {
        if (trial.endpoint().simulated()) {
            return true;
        }
        ShapeBuilder.Surroundings around = new ShapeBuilder.Surroundings(
                new Wire(
                        trial.endpoint().protocol(),
                        "https".equalsIgnoreCase(target.uri().getScheme())),
                SameMachine.serves(target.uri()),
                target.meanSizes());
        Optional<Shape> shape =
                run.log().shape().build(trial.split().of(trial.schedule().load().highest()), around);
        if (shape.isEmpty() || stopped) {
            return false;
        }
        startTogether();
        Calibration replay = new Calibration(shape.get(), run.percentiles(), run.transports(), run.clock());
        calibration = replay;
        if (stopped) {
            replay.stop();
        }
        try {
            replay.run()
                    .ifPresent(overhead ->
                            run.recorder().run(() -> run.log().clientOverhead(trial.index(), trial.fork(), overhead)));
        } catch (IOException e) {
            throw new HarnessException("the client's overhead can't be measured: " + e.getMessage(), e);
        } finally {
            calibration = null;
        }
        return true;
    }

    /** Members replay together too: each is to cost the others what it cost them in the run. */
    private void startTogether() {
        if (trial.split().alone()) {
            return;
        }
        run.recorder()
                .run(() -> run.log()
                        .member(
                                MemberLines.READY,
                                MemberLines.of(
                                        trial.index(),
                                        trial.fork(),
                                        trial.split().member())));
        run.starts().await().ifPresent(nanos -> run.starts().sleepUntil(nanos + run.origin(), run.clock()));
    }

    /** What a try statement ends with: it is called whatever was thrown before, and what it throws then is suppressed. */
    @SuppressWarnings("try")
    private interface TearDown extends AutoCloseable {
        @Override
        void close() throws HarnessException, InterruptedException;
    }
}
