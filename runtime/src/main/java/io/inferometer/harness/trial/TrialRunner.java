package io.inferometer.harness.trial;

import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.resume.Indices;
import io.inferometer.instrument.Calibration;
import io.inferometer.instrument.Health;
import io.inferometer.instrument.Shape;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.RequestSource;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.workload.Extent;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadBinding;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Timer;
import java.util.TimerTask;

/** Runs one trial: set-up, warm-up iterations, measured iterations, tear-down. */
public final class TrialRunner implements Running, AutoCloseable {
    private static final int LOOKAHEAD = 1024;
    private static final long PROGRESS_MILLIS = 250;

    private final Trial trial;
    private final RunContext run;
    private final DoneBefore earlier;
    private final TrialContext context;
    private int opened;
    private volatile Target target;
    private volatile Dispatcher dispatcher;
    private volatile Calibration calibration;
    private volatile boolean stopped;

    public TrialRunner(Trial trial, RunContext run) {
        this.trial = trial;
        this.run = run;
        this.earlier = run.resumption().of(trial.index(), trial.fork());
        this.context = trial.context();
    }

    /** Runs it until its end, or until it is stopped. */
    public void run() throws HarnessException, InterruptedException {
        target = connect();
        bindAndRun(trial.binding());
    }

    @Override
    public void stop() {
        stopped = true;
        Dispatcher current = dispatcher;
        if (current != null) {
            current.stop();
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
        if (target != null) {
            target.close();
        }
    }

    private Target connect() throws HarnessException {
        try {
            String url = trial.endpoint().simulated()
                    ? run.simulators().url(trial.endpoint().profile())
                    : trial.endpoint().url();
            return new Target(TargetSettingsOf.trial(trial, url, run.environment()), run.transport(), run.clock());
        } catch (IllegalArgumentException e) {
            throw new HarnessException(e.getMessage(), e);
        }
    }

    @SuppressWarnings("try")
    private <W> void bindAndRun(WorkloadBinding<W> binding) throws HarnessException, InterruptedException {
        W workload = called("constructor", () -> binding.create(trial.params()));
        try (TearDown after = () -> call("tear-down", () -> binding.tearDown(workload, context));
                TearDown checks = run.recorder()::checkNone) {
            setUp(() -> binding.setup(workload, context));
            if (binding.checksAnswers()) {
                run.recorder().check(new AnswerCheck<>(binding, workload, context));
            }
            if (iterate(binding, workload, true, trial.schedule().warmup())) {
                boolean calibrated = run.calibrate() == Plan.Calibrate.BEFORE && calibrate();
                iterate(binding, workload, false, trial.schedule().measurement());
                if (run.calibrate() != Plan.Calibrate.OFF && !calibrated) {
                    calibrate();
                }
            }
        }
    }

    /**
     * Opens as many connections as the load will need, as far as they are not open yet.
     *
     * @param requests how many the iteration has; those that are ready where it has no number
     */
    private void openConnections(long requests) throws InterruptedException {
        int needed = 0;
        if (trial.schedule().load() instanceof Load.Closed loop) {
            needed = loop.concurrency();
        } else if (trial.schedule().load() instanceof Load.AtOnce atOnce) {
            needed = (int) Math.min(atOnce.slots(), requests);
        }
        if (needed > opened) {
            MachineLimits.ofThisProcess().check(needed, target.uri().getAuthority());
            target.open(needed);
            opened = needed;
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
        Optional<Shape> shape = run.log().shape().build(trial.schedule().load(), target.meanEventBytes());
        if (shape.isEmpty() || stopped) {
            return false;
        }
        Calibration replay = new Calibration(shape.get(), run.percentiles(), run.transport(), run.clock());
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

    /** Runs the iterations of a phase; false if the trial is not worth going on with. */
    @SuppressWarnings("try")
    private <W> boolean iterate(WorkloadBinding<W> binding, W workload, boolean warmup, Iterations iterations)
            throws HarnessException, InterruptedException {
        long index = earlier.first(warmup);
        for (int i = 0; i < iterations.count() && !stopped; i++) {
            int number = i;
            if (earlier.done(warmup, number)) {
                continue;
            }
            IterationContext iteration = new IterationContext(context, warmup, number);
            RequestSource.Maker maker = at -> make(binding, workload, new RequestContext(context, warmup, number, at));
            try (TearDown after = () -> call("tear-down", () -> binding.tearDown(workload, iteration))) {
                call("set-up", () -> binding.setup(workload, iteration));
                index = iteration(maker, warmup, number, iterations.extent(), index);
            }
            if (run.log().allFailed(trial.index(), trial.fork())) {
                return false;
            }
        }
        return !stopped;
    }

    /** Runs one iteration, or what is left of it, and returns the index of the request after its last. */
    private long iteration(RequestSource.Maker maker, boolean warmup, int number, Extent extent, long first)
            throws HarnessException, InterruptedException {
        Indices indices = new Indices(first, earlier.requests(warmup, number));
        OptionalLong count = earlier.left(warmup, number, trial.schedule().requests(extent));
        Optional<Duration> time = extent instanceof Extent.Time t
                ? Optional.of(t.duration().minusNanos(earlier.elapsedNanos(warmup, number)))
                : Optional.empty();
        if (earlier.begun(warmup, number)
                && (count.orElse(1) < 1
                        || time.filter(left -> left.toNanos() < 1).isPresent())) {
            // It was cut off behind its last request: only its end is missing.
            long now = run.clock().getAsLong();
            IterationSpan span = span(warmup, number, now, now - run.origin());
            run.recorder().run(() -> run.log().iterationEnded(span, Optional.empty()));
            run.recorder().drain();
            return indices.at(0);
        }
        int ahead = trial.schedule().load() instanceof Load.AtOnce ? RequestSource.ALL : LOOKAHEAD;
        try (RequestSource source = new RequestSource(
                at -> maker.make(indices.at(at)),
                (at, wire) -> identity(warmup, number, indices.at(at), wire),
                0,
                count,
                ahead)) {
            source.awaitFilled();
            if (ahead == RequestSource.ALL) {
                // All requests are made now: one that can't be ends the run before any is sent.
                call("request method", source::check);
            }
            if (source.first().isPresent() && !stopped) {
                run.preFlight().check(trial, target, source.first().get());
            }
            openConnections(source.nextIndex());
            dispatcher = Dispatcher.of(
                    trial.schedule().load(), time, arrivalSeed(number), source, target, run.recorder(), run.clock());
            if (stopped) {
                dispatcher.stop();
            }
            long start = run.clock().getAsLong();
            started(warmup, number, start);
            Timer progress = progress(count, start);
            try {
                dispatcher.run();
            } finally {
                progress.cancel();
            }
            ended(warmup, number, start);
            call("request method", source::finish);
            return indices.at(source.nextIndex());
        }
    }

    /** Each iteration of each fork has arrivals of its own. */
    private long arrivalSeed(int iteration) {
        return trial.drawing().seed() + iteration + ((long) trial.fork() << Integer.SIZE);
    }

    private void started(boolean warmup, int number, long start) {
        IterationSpan span = span(warmup, number, start, RequestRecord.ABSENT);
        run.watch().begin();
        run.recorder().run(() -> run.log().iterationStarted(span));
    }

    /**
     * An iteration that was stopped has not ended: the journal says of none that it has whose requests are not all there.
     */
    private void ended(boolean warmup, int number, long start) throws InterruptedException {
        Optional<Health> health =
                warmup ? Optional.empty() : Optional.of(run.watch().end());
        if (!stopped) {
            IterationSpan span = span(warmup, number, start, run.clock().getAsLong() - run.origin());
            run.recorder().run(() -> run.log().iterationEnded(span, health));
        }
        run.recorder().drain();
    }

    private IterationSpan span(boolean warmup, int number, long start, long end) {
        return new IterationSpan(trial.index(), trial.fork(), warmup, number, start - run.origin(), end);
    }

    private Timer progress(OptionalLong count, long start) {
        Timer timer = new Timer("inferometer-progress", true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        Duration elapsed =
                                Duration.ofNanos(TrialRunner.this.run.clock().getAsLong() - start);
                        TrialRunner.this
                                .run
                                .recorder()
                                .run(() -> TrialRunner.this.run.log().progress(count, elapsed));
                    }
                },
                PROGRESS_MILLIS,
                PROGRESS_MILLIS);
        return timer;
    }

    private <W> WireRequest make(WorkloadBinding<W> binding, W workload, RequestContext request) throws Exception {
        InferenceRequest made = binding.request(workload, request);
        return made == null ? null : target.prepare(made);
    }

    private RequestIdentity identity(boolean warmup, int iteration, long index, WireRequest request) {
        return new RequestIdentity(
                trial.index(),
                trial.fork(),
                warmup,
                iteration,
                index,
                request.streamed(),
                request.expectedPromptTokens(),
                request.requestedOutputTokens(),
                request.ignoreEos());
    }

    /** What a try statement ends with: it is called whatever was thrown before, and what it throws then is suppressed. */
    @SuppressWarnings("try")
    private interface TearDown extends AutoCloseable {
        @Override
        void close() throws HarnessException, InterruptedException;
    }

    private interface Call {
        void call() throws Throwable;
    }

    private void call(String what, Call call) throws HarnessException, InterruptedException {
        called(what, () -> {
            call.call();
            return null;
        });
    }

    private interface Made<T> {
        T make() throws Throwable;
    }

    /** What a workload's method returns. Whatever it throws ends the run with a line; a full heap has a way of its own. */
    private <T> T called(String what, Made<T> call) throws HarnessException, InterruptedException {
        try {
            return call.make();
        } catch (InterruptedException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            throw new HarnessException(
                    trial.binding().descriptor().name() + ": its " + what + " failed: "
                            + Thrown.line(trial.binding(), e),
                    e);
        }
    }

    /** An argument that set-up finds to be of no use is one that the user gave. */
    private void setUp(Call call) throws HarnessException, InterruptedException {
        try {
            call("set-up", call);
        } catch (HarnessException e) {
            if (e.getCause() instanceof IllegalArgumentException unfit) {
                throw new UsageException(trial.binding().descriptor().name() + ": " + unfit.getMessage(), unfit);
            }
            throw e;
        }
    }
}
