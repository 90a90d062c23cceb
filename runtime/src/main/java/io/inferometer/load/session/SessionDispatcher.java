package io.inferometer.load.session;

import io.inferometer.endpoint.Target;
import io.inferometer.load.ArrivalSequence;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.Pending;
import io.inferometer.load.Stretch;
import io.inferometer.record.Outcome;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.SessionRecord;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends the turns of one iteration's sessions, each when it is due, and tells of each session when it is over. When sessions
 * begin, its {@link Beginnings} say.
 *
 * <p>{@code pending} holds one for {@link #run} itself, one for each session that lives, and one for each slot that goes
 * from one to the next.
 */
public final class SessionDispatcher implements Dispatcher {
    private static final int AHEAD_OF_ARRIVALS = 64;
    private static final int LEAST_THREADS = 4;
    private static final int MOST_THREADS = 32;

    private final Beginnings beginnings;
    private final SessionSource source;
    private final SessionPlan plan;
    private final Target target;
    private final Recorder recorder;
    private final LongSupplier clock;
    private final long origin;
    private final Consumer<SessionRecord> ended;

    private final Pending pending = new Pending();
    private final TurnThreads threads;
    private final TurnTimer timer;
    private final ConcurrentLinkedQueue<Flight> held = new ConcurrentLinkedQueue<>();
    private final LongAdder heldCount = new LongAdder();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private final long mostTurns;
    private volatile boolean stopped;
    private volatile boolean exhausted;
    private volatile long end = Long.MAX_VALUE;

    /**
     * The dispatcher of a load.
     *
     * @param stretch how many sessions of the iteration are to begin, or for how long
     * @param seed of the arrivals of an open loop
     * @param clock nanoseconds, monotonic
     * @param origin the start of the run on that clock
     * @param ended told, on any thread, of each session that is over, behind the records of its requests; not of those that
     *     were cut off by {@link #stop}
     */
    public static SessionDispatcher of(
            Load load,
            Stretch stretch,
            long seed,
            SessionSource source,
            Target target,
            Recorder recorder,
            LongSupplier clock,
            long origin,
            Consumer<SessionRecord> ended) {
        return new SessionDispatcher(
                beginnings(load, stretch, seed, clock), source, target, recorder, clock, origin, ended);
    }

    private static Beginnings beginnings(Load load, Stretch stretch, long seed, LongSupplier clock) {
        if (load instanceof Load.Open open) {
            ArrivalSequence arrivals = ArrivalSequence.of(open, stretch, seed);
            return new ArrivalBeginnings(
                    opening -> arrivals.nextNanos(), stretch.split().count(open.mostInFlight()), clock);
        }
        if (load instanceof Load.Replay) {
            return new ArrivalBeginnings(SessionSource.Opening::due, Load.Open.ANY, clock);
        }
        if (load instanceof Load.Closed closed) {
            return new SlotBeginnings(closed.concurrency(), closed.slotsPerSecond(), stretch.split(), clock);
        }
        if (load instanceof Load.AtOnce atOnce) {
            return new SlotBeginnings(atOnce.slots(), atOnce.slotsPerSecond(), stretch.split(), clock);
        }
        throw new IllegalArgumentException("no sessions begin under " + load);
    }

    /** How many first turns are made ahead under a load. */
    public static int ahead(Load load) {
        if (load instanceof Load.Closed closed) {
            return closed.concurrency();
        }
        return load instanceof Load.Open || load instanceof Load.Replay ? AHEAD_OF_ARRIVALS : Integer.MAX_VALUE;
    }

    private SessionDispatcher(
            Beginnings beginnings,
            SessionSource source,
            Target target,
            Recorder recorder,
            LongSupplier clock,
            long origin,
            Consumer<SessionRecord> ended) {
        this.beginnings = beginnings;
        this.source = source;
        this.plan = source.plan();
        this.target = target;
        this.recorder = recorder;
        this.clock = clock;
        this.origin = origin;
        this.ended = ended;
        mostTurns = plan.bounds().turns().orElse(Long.MAX_VALUE);
        threads = new TurnThreads(Math.max(LEAST_THREADS, Math.min(MOST_THREADS, beginnings.mostLive())), this::broke);
        timer = new TurnTimer(clock, this::send, this::broke);
    }

    @Override
    public void run() throws InterruptedException {
        run(clock);
    }

    @Override
    public void run(LongSupplier zero) throws InterruptedException {
        try {
            source.awaitFilled();
            source.onReady(this::goOn);
            recorder.onRoom(this::goOn);
            long start = zero.getAsLong();
            plan.bounds().time().ifPresent(time -> {
                end = start + time.toNanos();
                timer.until(end);
            });
            beginnings.run(this, start, end);
            pending.ends();
            pending.await();
        } finally {
            timer.close();
            threads.close();
        }
    }

    SessionSource source() {
        return source;
    }

    Pending pending() {
        return pending;
    }

    /** Whether no further turn is to be begun. */
    boolean over() {
        return stopped || exhausted || (end != Long.MAX_VALUE && clock.getAsLong() - end >= 0);
    }

    /** A session begins. */
    void begin(SessionSource.Opening opening, int slot, long nanos) {
        pending.begins();
        begun.incrementAndGet();
        opening.session().tree().begins(slot, nanos);
        guarded(opening.session(), () -> opening.session().begin(this, opening.first(), opening.made(), nanos));
    }

    /** A step of a session. */
    interface Step {
        void go() throws Exception;
    }

    /** Has a session gone on with, on a thread that may ask a workload. */
    void goOn(LiveSession session, Step step) {
        threads.run(() -> guarded(session, step));
    }

    /** What a workload throws ends the run; its session is cut, as all others are. */
    private void guarded(LiveSession session, Step step) {
        try {
            step.go();
        } catch (Exception | StackOverflowError e) {
            source.failed(e);
            stop();
            session.cut();
        }
    }

    /** A turn is made: sends it when it is due. */
    void due(Flight flight) {
        if (flight.due() - clock.getAsLong() > 0) {
            timer.add(flight);
        } else {
            send(flight);
        }
    }

    private void send(Flight flight) {
        if (over()) {
            goOn(flight.session(), flight.session()::cut);
        } else if (recorder.full()) {
            heldCount.increment();
            held.add(flight);
            goOn();
        } else {
            sendNow(flight);
        }
    }

    private void sendNow(Flight flight) {
        long number = sent.getAndIncrement();
        if (number >= mostTurns) {
            exhausted = true;
            timer.drop();
            goOn(flight.session(), flight.session()::cut);
            beginnings.goOn(this);
            return;
        }
        RequestTimeline timeline = new RequestTimeline(
                plan.wire().identify(plan.numbers().index().applyAsLong(number), flight.place(), flight.wire()));
        timeline.keepCalls();
        timeline.scheduled(flight.session().tree().slot(), flight.due());
        target.send(flight.wire(), timeline, flight);
    }

    /** The record first: what is told of the session comes behind it. */
    void ended(Flight flight, RequestTimeline timeline) {
        if (timeline.outcome() == Outcome.CLIENT_ERROR) {
            stop();
        }
        recorder.ended(timeline);
        goOn(flight.session(), () -> flight.session().answered(flight.asked(), timeline));
    }

    /** A session is over with all its children. */
    void over(SessionTree tree) {
        try {
            if (!stopped || !tree.cut()) {
                IterationContext iteration = plan.iteration();
                ended.accept(tree.record(
                        iteration.trial().trial(),
                        iteration.trial().fork(),
                        iteration.warmup(),
                        iteration.iteration(),
                        origin));
            }
            beginnings.over(this, tree);
        } finally {
            pending.ends();
        }
    }

    void broke(Throwable failure) {
        pending.broke(failure);
        stop();
    }

    @Override
    public void stop() {
        stopped = true;
        timer.drop();
        goOn();
        beginnings.wake();
    }

    @Override
    public Held held() {
        return new Held(heldCount.sum(), beginnings.heldByCap());
    }

    /** How many turns have been sent. */
    public long sent() {
        return Math.min(sent.get(), mostTurns);
    }

    /** How many sessions have begun. */
    public long begun() {
        return begun.get();
    }

    /** Sends what was held back, and begins what waits for a session; on the thread of the source or of the recorder too. */
    private void goOn() {
        try {
            while (stopped || !recorder.full()) {
                Flight flight = held.poll();
                if (flight == null) {
                    break;
                }
                send(flight);
            }
            beginnings.goOn(this);
        } catch (RuntimeException | Error e) {
            broke(e);
        }
    }
}
