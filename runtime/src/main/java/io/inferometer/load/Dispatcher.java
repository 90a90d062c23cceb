package io.inferometer.load;

import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.plan.Split;
import io.inferometer.record.Place;
import io.inferometer.record.Recorder;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.util.Iterator;
import java.util.function.LongSupplier;
import java.util.function.LongToIntFunction;

/** Sends the requests of one iteration, each at its time, and waits for all of them to end. */
public interface Dispatcher {
    /**
     * Sends everything; returns when the last request has ended and been handed to the recorder.
     *
     * @throws InterruptedException if the calling thread was interrupted; requests may be in flight then
     */
    void run() throws InterruptedException;

    /**
     * The same from an agreed beginning.
     *
     * @param zero gives, when all is ready, the time by the clock from which everything that is due counts; may wait for it
     */
    void run(LongSupplier zero) throws InterruptedException;

    /** What could not be sent when it was due, so far. */
    Held held();

    /**
     * Requests that were held back, and sent later. An arrival that fell due while the one before it was held back counts
     * under the same reason, for it was late by that.
     *
     * @param byRecorder while too many that had ended were not yet recorded
     * @param byCap while as many were in flight as may be
     */
    record Held(long byRecorder, long byCap) {}

    /** Sends nothing more. What is in flight is still waited for. May be called by any thread, more than once. */
    void stop();

    /** The stage of a load that has none. */
    LongToIntFunction NO_STAGE = nanos -> Place.ABSENT;

    /**
     * The dispatcher of a load.
     *
     * @param stretch what of an iteration is to be sent
     * @param seed of the arrivals of an open loop
     * @param clock nanoseconds, monotonic
     */
    static Dispatcher of(
            Load load,
            Stretch stretch,
            long seed,
            RequestSource source,
            Target target,
            Recorder recorder,
            LongSupplier clock) {
        long nanos = stretch.nanosLeft();
        Split split = stretch.split();
        if (load instanceof Load.Open open) {
            ArrivalSequence arrivals = ArrivalSequence.of(open, stretch, seed);
            return new ArrivalDispatcher(
                    request -> arrivals.nextNanos(),
                    NO_STAGE,
                    split.count(open.mostInFlight()),
                    nanos,
                    source,
                    target,
                    recorder,
                    clock);
        }
        if (load instanceof Load.Replay) {
            return new ArrivalDispatcher(
                    WireRequest::dueNanos, NO_STAGE, Load.Open.ANY, nanos, source, target, recorder, clock);
        }
        if (load instanceof StagedLoad staged) {
            return staged(staged, stretch, seed, source, target, recorder, clock);
        }
        if (load instanceof Load.Closed loop) {
            Iterator<SlotStep> slots = SlotStep.beginning(loop.concurrency(), loop.slotsPerSecond(), split);
            return new SlotDispatcher(slots, NO_STAGE, 0, split, NO_STAGE, nanos, source, target, recorder, clock);
        }
        if (load instanceof Load.AtOnce atOnce) {
            if (atOnce.slotsPerSecond() != Load.AtOnce.INSTANT && atOnce.slots() >= all(stretch, source)) {
                // Every request has a slot of its own, to begin in its turn: none is free to take another's.
                ArrivalSequence begins =
                        ArrivalSequence.constant(atOnce.slotsPerSecond()).own(split);
                return new ArrivalDispatcher(
                        request -> begins.nextNanos(), NO_STAGE, Load.Open.ANY, nanos, source, target, recorder, clock);
            }
            Iterator<SlotStep> slots = SlotStep.beginning(atOnce.slots(), atOnce.slotsPerSecond(), split);
            return new SlotDispatcher(slots, NO_STAGE, 0, split, NO_STAGE, nanos, source, target, recorder, clock);
        }
        throw new IllegalArgumentException("no dispatcher for " + load);
    }

    /** How many requests there are, whoever sends them; all of one's own are ready. */
    private static long all(Stretch stretch, RequestSource source) {
        Split split = stretch.split();
        return split.alone() ? source.ready() : stretch.left().orElse((long) source.ready() * split.members());
    }

    private static Dispatcher staged(
            StagedLoad load,
            Stretch stretch,
            long seed,
            RequestSource source,
            Target target,
            Recorder recorder,
            LongSupplier clock) {
        long passed = stretch.elapsedBefore().toNanos();
        LongToIntFunction stageAt = nanos -> load.stageAt(passed + nanos);
        if (load.kind() == StagedLoad.Kind.RATE) {
            ArrivalSequence arrivals = new StagedArrivals(
                            load, UnitGaps.of(load.arrivals(), load.burstiness(), seed), passed)
                    .own(stretch.split());
            return new ArrivalDispatcher(
                    request -> arrivals.nextNanos(),
                    stageAt,
                    stretch.split().count(load.mostInFlight()),
                    stretch.nanosLeft(),
                    source,
                    target,
                    recorder,
                    clock);
        }
        return new SlotDispatcher(
                SlotStep.of(load, passed, stretch.split()),
                nanos -> stretch.split().count(load.slotsAt(passed + nanos)),
                stretch.split().count((int) load.peak()),
                stretch.split(),
                stageAt,
                stretch.nanosLeft(),
                source,
                target,
                recorder,
                clock);
    }
}
