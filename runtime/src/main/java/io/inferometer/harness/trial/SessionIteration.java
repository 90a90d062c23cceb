package io.inferometer.harness.trial;

import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.harness.resume.DoneBefore;
import io.inferometer.harness.resume.Indices;
import io.inferometer.load.ArrivalSequence;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.RecordedTimes;
import io.inferometer.load.Stretch;
import io.inferometer.load.session.SessionDispatcher;
import io.inferometer.load.session.SessionPlan;
import io.inferometer.load.session.SessionSource;
import io.inferometer.plan.Trial;
import io.inferometer.record.Place;
import io.inferometer.record.RequestIdentity;
import io.inferometer.workload.Extent;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The sessions of one iteration, or what is left of them: one that was cut off is sent again from its first turn. */
final class SessionIteration {
    private final Trial trial;
    private final RunContext run;
    private final Target target;
    private final IterationContext iteration;
    private final Indices numbers;
    private final Stretch stretch;
    private final SessionPlan plan;
    private SessionSource source;
    private SessionDispatcher dispatcher;

    /** Tells which request one is. */
    interface Identifier {
        RequestIdentity identify(long index, Place place, WireRequest request);
    }

    /**
     * @param firstSession the number of its first session
     * @param indices the indices of its requests
     * @param turns how many turns are left; empty where its extent is no number of turns
     */
    SessionIteration(
            Trial trial,
            RunContext run,
            Target target,
            WorkloadCalls<?> workload,
            IterationContext iteration,
            long firstSession,
            Indices indices,
            OptionalLong turns,
            Extent extent,
            DoneBefore earlier,
            Function<InferenceRequest, WireRequest> prepare,
            Identifier identifier) {
        this.trial = trial;
        this.run = run;
        this.target = target;
        this.iteration = iteration;
        boolean warmup = iteration.warmup();
        int number = iteration.iteration();
        numbers = new Indices(firstSession, earlier.sessions(warmup, number));
        stretch = new Stretch(
                extent instanceof Extent.Sessions sessions ? OptionalLong.of(sessions.count()) : OptionalLong.empty(),
                extent instanceof Extent.Time time ? Optional.of(time.duration()) : Optional.empty(),
                earlier.sessions(warmup, number).cardinality(),
                Duration.ofNanos(earlier.elapsedNanos(warmup, number)),
                trial.split());
        Trial.Sessions settings = trial.schedule().sessions().orElseThrow();
        plan = new SessionPlan(
                workload.turns(),
                iteration,
                new SessionPlan.Wire() {
                    @Override
                    public WireRequest prepare(InferenceRequest request) {
                        return prepare.apply(request);
                    }

                    @Override
                    public RequestIdentity identify(long index, Place place, WireRequest request) {
                        return identifier.identify(index, place, request);
                    }
                },
                new SessionPlan.Numbers(
                        numbers::at,
                        session -> earlier.attempt(warmup, number, session),
                        own -> indices.at(trial.split().at(own))),
                new SessionPlan.Bounds(
                        stretch.own(),
                        turns,
                        stretch.time().map(all -> all.minus(stretch.elapsedBefore())),
                        settings.mostTurns(),
                        settings.onFailedTurn() == Trial.OnFailedTurn.SKIP));
    }

    boolean isOver() {
        return stretch.isOver();
    }

    SessionSource source() {
        Load load = trial.schedule().load();
        source = new SessionSource(
                plan,
                SessionDispatcher.ahead(trial.split().of(load)),
                trial.split(),
                load instanceof Load.Replay replay ? Optional.of(new RecordedTimes(replay)) : Optional.empty());
        return source;
    }

    Dispatcher dispatcher(long seed) {
        dispatcher = SessionDispatcher.of(
                trial.schedule().load(),
                stretch,
                seed,
                source,
                target,
                run.recorder(),
                run.clock(),
                run.origin(),
                ended -> run.recorder().run(() -> run.log().sessionEnded(ended)));
        return dispatcher;
    }

    /** How many requests it has sent. */
    long sent() {
        return dispatcher == null ? 0 : dispatcher.sent();
    }

    /** The number of the session after the last one of all members, as far as that is known here. */
    long next(long seed) {
        long begun = dispatcher == null ? 0 : dispatcher.begun();
        if (trial.split().alone() || dispatcher == null) {
            return numbers.at(begun);
        }
        if (stretch.left().isPresent()) {
            return numbers.at(stretch.left().getAsLong());
        }
        return stretch.time().isPresent() && trial.schedule().load() instanceof Load.Open open
                ? numbers.at(ArrivalSequence.within(open, stretch, seed))
                : numbers.after(begun, trial.split().members());
    }
}
