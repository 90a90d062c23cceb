package io.inferometer.harness.trial;

import io.inferometer.annotations.Model;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.resume.Indices;
import io.inferometer.instrument.CleanHeap;
import io.inferometer.instrument.Health;
import io.inferometer.load.ArrivalSequence;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.RecordedTimes;
import io.inferometer.load.RequestSource;
import io.inferometer.load.Stretch;
import io.inferometer.load.Supply;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Place;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.member.MemberLines;
import io.inferometer.workload.Extent;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Input;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs one iteration, or what is left of it: makes its requests ahead, and sends each when it is due. */
final class IterationRunner {
    private static final int LOOKAHEAD = 1024;

    /** So many are made ahead of an iteration that has no more: none is made while others are sent. */
    private static final int WHOLE_LOOKAHEAD = 4096;

    private final Trial trial;
    private final RunContext run;
    private final Target target;
    private final ConnectionsAhead connections;
    private final ServerWatch server;
    private final WorkloadCalls<?> workload;
    private final IterationContext iteration;
    private final Load load;
    private final boolean cut;
    private final boolean wanted;
    private final Indices indices;
    private final Stretch stretch;
    private final Optional<RecordedTimes> times;
    private final Optional<SessionIteration> sessions;
    private long othersMade;
    private volatile long dueInTime;
    private volatile Dispatcher dispatcher;
    private volatile boolean stopped;
    private boolean ranOut;
    private volatile long start;
    private volatile boolean started;

    /**
     * Up to where a phase has come.
     *
     * @param index the index of the request after its last
     * @param session the number of the session after its last; 0 where requests stand alone
     */
    record Reached(long index, long session) {}

    /**
     * @param first where it begins
     * @param extent how much it sends when it is whole; null for as much as the workload has
     * @param earlier what was done of the trial before the run was interrupted
     */
    IterationRunner(
            Trial trial,
            RunContext run,
            Target target,
            ConnectionsAhead connections,
            ServerWatch server,
            WorkloadCalls<?> workload,
            IterationContext iteration,
            Reached first,
            Extent extent,
            DoneBefore earlier) {
        this.trial = trial;
        this.run = run;
        this.target = target;
        this.connections = connections;
        this.server = server;
        this.workload = workload;
        this.iteration = iteration;
        boolean warmup = iteration.warmup();
        load = trial.schedule().load(warmup);
        times = load instanceof Load.Replay replay ? Optional.of(new RecordedTimes(replay)) : Optional.empty();
        int number = iteration.iteration();
        cut = earlier.begun(warmup, number);
        // Without an extent the workload itself says when an iteration ends; under --until that is told by itself.
        wanted = extent != null && trial.schedule().until().isEmpty();
        indices = new Indices(first.index(), earlier.requests(warmup, number));
        stretch = new Stretch(
                trial.schedule().requests(warmup),
                extent instanceof Extent.Time t ? Optional.of(t.duration()) : Optional.empty(),
                earlier.requests(warmup, number).cardinality(),
                Duration.ofNanos(earlier.elapsedNanos(warmup, number)),
                trial.split());
        sessions = trial.schedule()
                .sessions()
                .map(settings -> new SessionIteration(
                        trial,
                        run,
                        target,
                        workload,
                        iteration,
                        first.session(),
                        indices,
                        stretch.own(),
                        extent,
                        earlier,
                        this::prepared,
                        this::identity));
    }

    /** Runs it, and returns where the next one begins. */
    Reached run() throws HarnessException, InterruptedException {
        if (cut
                && (stretch.isOver()
                        || sessions.filter(SessionIteration::isOver).isPresent())) {
            endOnly();
            return reached(0);
        }
        try (Supply source = source()) {
            source.awaitFilled();
            checkAhead(source);
            checkFirst(source);
            tellNotes();
            if (source.first().isPresent() && !stopped) {
                run.preFlight().check(trial, target, source.first().get());
            }
            if (!iteration.warmup() && !stopped) {
                server.begin();
            }
            connections.open(trial.split().of(load.highest()), source.made());
            if (!iteration.warmup()) {
                CleanHeap.collect();
            }
            long began = run.clock().getAsLong();
            send(source);
            boolean early = stretch.nanosLeft() > run.clock().getAsLong() - began;
            tellNotes();
            workload.call(method(), source::finish);
            ranOut = source.ranOut();
            if (wanted && early && ranOut && !stopped && source.first().isEmpty()) {
                tell(List.of("the workload has no more " + (sessions.isPresent() ? "sessions" : "requests")
                        + ": fewer were sent than were asked for"));
            }
            return reached(source instanceof RequestSource requests ? requests.sent() : 0);
        }
    }

    /**
     * What was made ahead and not sent is asked for once more, in the next iteration. Where nobody here knows what the other
     * members sent, that goes on with what is this one's own.
     */
    private Reached reached(long sent) {
        if (sessions.isPresent()) {
            SessionIteration all = sessions.get();
            return new Reached(indices.after(all.sent(), trial.split().members()), all.next(arrivalSeed()));
        }
        return new Reached(after(sent), 0);
    }

    /** The index after what all members together have sent, or would have if they were as fast as this one. */
    private long after(long sent) {
        if (trial.split().alone()) {
            return indices.at(sent);
        }
        if (stretch.left().isPresent()) {
            return indices.at(stretch.left().getAsLong());
        }
        if (load instanceof Load.Open open) {
            return indices.at(ArrivalSequence.within(open, stretch, arrivalSeed()));
        }
        return load instanceof Load.Replay
                ? indices.at(dueInTime)
                : indices.after(sent, trial.split().members());
    }

    /**
     * A bad line, or a request that the load can't send, that is seen ahead ends the run before any request of the iteration is
     * sent. What a workload's own code throws ends it in its turn, unless all are made now.
     */
    private void checkAhead(Supply source) throws HarnessException, InterruptedException {
        try {
            workload.call(method(), source::check);
        } catch (HarnessException | OutOfMemoryError later) {
            if (allAtOnce()) {
                throw later;
            }
        }
    }

    /** Fails where the trial has not even a first request: null then says more than that there are no others. */
    private void checkFirst(Supply source) throws HarnessException, InterruptedException {
        if (!iteration.warmup()
                && source.made() == 0
                && indices.at(0) == 0
                && stretch.own().orElse(1) > 0) {
            workload.call(method(), source::check);
            throw new HarnessException(trial.binding().descriptor().name()
                    + (sessions.isPresent()
                            ? ": its @Turn method ended the first measured session before its first turn,"
                            : ": its @Request method returned null for the first measured request,")
                    + " so there is nothing to measure");
        }
    }

    /** Whether the workload had fewer requests than were wanted; known when it has run. */
    boolean ranOut() {
        return ranOut;
    }

    /** Sends nothing more. May be called by any thread. */
    void stop() {
        stopped = true;
        Dispatcher current = dispatcher;
        if (current != null) {
            current.stop();
        }
    }

    /** What had to be left out of the requests that were made so far. */
    private void tellNotes() {
        List<String> notes = target.notes();
        if (!notes.isEmpty()) {
            tell(notes);
        }
    }

    private void tell(List<String> notes) {
        run.recorder().run(() -> run.log().notes(trial.index(), trial.fork(), notes));
    }

    private String method() {
        return sessions.isPresent() ? "turn method" : "request method";
    }

    private boolean allAtOnce() {
        return load instanceof Load.AtOnce;
    }

    private Supply source() {
        return sessions.<Supply>map(SessionIteration::source).orElseGet(this::requests);
    }

    private RequestSource requests() {
        return new RequestSource(
                this::made, (at, wire) -> identity(index(at), Place.NONE, wire), 0, stretch.own(), ahead());
    }

    private int ahead() {
        if (allAtOnce()) {
            return RequestSource.ALL;
        }
        return stretch.own().orElse(Long.MAX_VALUE) <= WHOLE_LOOKAHEAD ? WHOLE_LOOKAHEAD : LOOKAHEAD;
    }

    private long index(long own) {
        return indices.at(trial.split().at(own));
    }

    /** Makes one of its own requests. When those of a replay are due follows from all that are before them. */
    private WireRequest made(long own) throws Exception {
        for (; times.isPresent() && othersMade < trial.split().at(own); othersMade++) {
            long index = indices.at(othersMade);
            InferenceRequest others = workload.request(iteration, index);
            if (others == null) {
                return null;
            }
            countDue(dueNanos(index, others));
        }
        othersMade++;
        return due(index(own), workload.request(iteration, index(own)));
    }

    private void countDue(long nanos) {
        dueInTime += nanos < stretch.nanosLeft() ? 1 : 0;
    }

    private long dueNanos(long index, InferenceRequest made) {
        try {
            return times.orElseThrow().dueNanos(index, made.at());
        } catch (IllegalArgumentException unfit) {
            throw unfit(unfit);
        }
    }

    private WireRequest due(long index, InferenceRequest made) {
        if (made == null) {
            return null;
        }
        WireRequest wire = prepared(made);
        if (times.isEmpty()) {
            return wire;
        }
        long due = dueNanos(index, made);
        countDue(due);
        return wire.due(due);
    }

    private WireRequest prepared(InferenceRequest made) {
        try {
            checkModel(made);
            return target.prepare(made);
        } catch (IllegalArgumentException unfit) {
            throw unfit(unfit);
        }
    }

    /** Where each request is to name its model itself, and the URL doesn't imply one, one that names none would be refused. */
    private void checkModel(InferenceRequest made) {
        boolean each = trial.binding().descriptor().model().name().equals(Model.OF_EACH_REQUEST);
        boolean raw = made.input() instanceof Input.Raw own && own.json().contains("\"model\"");
        if (each
                && trial.everyRequest().model().isEmpty()
                && !trial.endpoint().whole()
                && !raw
                && !made.fields().containsKey("model")
                && !trial.everyRequest().extraBody().contains("\"model\"")) {
            throw new IllegalArgumentException("its requests name no model; give --model NAME");
        }
    }

    private UsageException unfit(IllegalArgumentException unfit) {
        return new UsageException(trial.binding().descriptor().name() + ": " + unfit.getMessage(), unfit);
    }

    private Dispatcher dispatcher(Supply source) {
        return source instanceof RequestSource requests
                ? Dispatcher.of(load, stretch, arrivalSeed(), requests, target, run.recorder(), run.clock())
                : sessions.orElseThrow().dispatcher(arrivalSeed());
    }

    private void send(Supply source) throws HarnessException, InterruptedException {
        dispatcher = dispatcher(source);
        if (stopped) {
            dispatcher.stop();
        }
        ProgressTimer progress = new ProgressTimer(this::tellProgress);
        try {
            dispatcher.run(this::start);
        } finally {
            progress.close();
        }
        if (!target.clientError().isEmpty()) {
            run.recorder().drain();
            throw new HarnessException(target.clientError());
        }
        ended();
    }

    /** The time from which what is due counts: now, or that on which all members agree. */
    private long start() {
        OptionalLong agreed =
                trial.split().alone() ? OptionalLong.of(run.clock().getAsLong()) : agreed();
        run.watch().begin();
        if (agreed.isEmpty()) {
            return run.clock().getAsLong(); // it is stopped, and has not begun
        }
        start = agreed.getAsLong();
        IterationSpan span = span(start, RequestRecord.ABSENT);
        run.recorder().run(() -> run.log().iterationStarted(span));
        started = true;
        if (trial.split().alone()) {
            return run.clock().getAsLong();
        }
        run.starts().sleepUntil(start, run.clock());
        long now = run.clock().getAsLong();
        run.recorder()
                .run(() -> run.log()
                        .member(
                                MemberLines.START,
                                MemberLines.start(
                                        trial.split().member(), span, span.startNanos(), now - run.origin())));
        return start;
    }

    /** Waits for the others; empty where nothing is started any more. */
    private OptionalLong agreed() {
        run.recorder()
                .run(() -> run.log()
                        .member(
                                MemberLines.READY,
                                MemberLines.of(
                                        trial.index(),
                                        trial.fork(),
                                        trial.split().member())));
        OptionalLong nanos = run.starts().await();
        if (nanos.isEmpty()) {
            stop(); // it may be that others go on, and this is no iteration
        }
        return nanos.isPresent() ? OptionalLong.of(nanos.getAsLong() + run.origin()) : nanos;
    }

    /** Each iteration of each fork has arrivals of its own. */
    private long arrivalSeed() {
        return trial.drawing().seed() + iteration.iteration() + ((long) trial.fork() << Integer.SIZE);
    }

    private void tellProgress() {
        if (!started) {
            return;
        }
        Duration before = load instanceof StagedLoad ? stretch.elapsedBefore() : Duration.ZERO;
        Duration elapsed = before.plusNanos(run.clock().getAsLong() - start);
        int inFlight = target.inFlight();
        run.recorder().run(() -> {
            run.log().inFlight(inFlight);
            run.log().progress(stretch.left(), elapsed);
        });
    }

    /**
     * An iteration that was stopped has not ended: the journal says of none that it has whose requests are not all there, or
     * whose answers are not all checked.
     */
    private void ended() throws InterruptedException {
        Optional<Health> health = iteration.warmup()
                ? Optional.empty()
                : Optional.of(run.watch()
                        .end(new Health.Held(
                                dispatcher.held().byRecorder(),
                                dispatcher.held().byCap())));
        long end = run.clock().getAsLong();
        if (!iteration.warmup()) {
            server.end(!stopped);
        }
        run.recorder().drain();
        if (!stopped) {
            tellEnd(start, end, health);
        }
        run.recorder().drain();
    }

    /** It was cut off behind its last request: only its end is missing. */
    private void endOnly() throws InterruptedException {
        long now = run.clock().getAsLong();
        tellEnd(now, now, Optional.empty());
        run.recorder().drain();
    }

    private void tellEnd(long start, long end, Optional<Health> health) {
        IterationSpan span = span(start, end - run.origin());
        run.recorder().run(() -> run.log().iterationEnded(span, health));
    }

    private IterationSpan span(long start, long end) {
        return new IterationSpan(
                trial.index(), trial.fork(), iteration.warmup(), iteration.iteration(), start - run.origin(), end);
    }

    private RequestIdentity identity(long index, Place place, WireRequest request) {
        return new RequestIdentity(
                trial.index(),
                trial.fork(),
                iteration.warmup(),
                iteration.iteration(),
                index,
                request.streamed(),
                request.expectedPromptTokens(),
                request.requestedOutputTokens(),
                request.ignoreEos(),
                request.items(),
                request.sharedPromptTokens(),
                trial.split().alone() ? place : place.ofMember(trial.split().member()),
                request.traceId());
    }
}
