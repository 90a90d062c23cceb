package io.inferometer.load.session;

import io.inferometer.endpoint.WireRequest;
import io.inferometer.load.RecordedTimes;
import io.inferometer.load.Supply;
import io.inferometer.plan.Split;
import io.inferometer.record.ThreadEnd;
import io.inferometer.workload.NextTurn;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the first turns of an iteration's sessions ready before these begin, in order, on a thread of its own that runs
 * ahead of the load by a bounded number.
 */
public final class SessionSource implements Supply {
    /**
     * A session that can begin at once.
     *
     * @param due when it is to begin by its own time, in nanoseconds from the beginning of the iteration; 0 where it has none
     */
    record Opening(LiveSession session, NextTurn first, Optional<Flight> made, long due) {}

    private final ConcurrentLinkedQueue<Opening> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger readyCount = new AtomicInteger();
    private final CountDownLatch filled = new CountDownLatch(1);
    private final SessionPlan plan;
    private final int ahead;
    private final Split split;
    private final Optional<RecordedTimes> times;
    private final Thread thread;
    private long passed;
    private volatile Runnable listener = () -> {};
    private volatile boolean closed;
    private volatile boolean exhausted;
    private volatile boolean ranOut;
    private volatile long made;
    private volatile Throwable failure;

    /**
     * Starts making them.
     *
     * @param ahead how many to have ready
     * @param split which of them are this client's own
     * @param times when sessions are due whose first requests come with their own times; empty where a load says so
     */
    public SessionSource(SessionPlan plan, int ahead, Split split, Optional<RecordedTimes> times) {
        this.split = split;
        this.times = times;
        this.plan = plan;
        this.ahead = ahead;
        thread = new Thread(this::work, "inferometer-sessions");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void awaitFilled() throws InterruptedException {
        filled.await();
    }

    /** Called, on the source's thread, after each session that became ready and when there will be no more. */
    void onReady(Runnable action) {
        listener = action;
    }

    /** The next session, or null if none is ready. May be called by any thread. */
    Opening poll() {
        Opening next = ready.poll();
        if (next != null && readyCount.decrementAndGet() <= ahead / 2 && !exhausted) {
            LockSupport.unpark(thread);
        }
        return next;
    }

    @Override
    public Optional<WireRequest> first() {
        return Optional.ofNullable(ready.peek()).flatMap(Opening::made).map(Flight::wire);
    }

    /** Whether there will be no session but those that are ready. */
    boolean exhausted() {
        return exhausted;
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    @Override
    public long made() {
        return made;
    }

    @Override
    public boolean ranOut() {
        return ranOut;
    }

    SessionPlan plan() {
        return plan;
    }

    /** What a later turn threw: it is told as if making a first one had. */
    void failed(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
    }

    @Override
    public void check() throws Throwable {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void finish() throws Throwable {
        close();
        check();
    }

    private void work() {
        OptionalLong count = plan.bounds().sessions();
        try {
            while (!closed && (count.isEmpty() || made < count.getAsLong())) {
                if (readyCount.get() >= ahead) {
                    filled.countDown();
                    LockSupport.park();
                    continue;
                }
                Optional<Opening> next = passOthers() ? opening(number(split.at(made))) : Optional.empty();
                if (next.isEmpty()) {
                    ranOut = true;
                    break;
                }
                made++;
                readyCount.incrementAndGet();
                ready.add(next.get());
                listener.run();
            }
        } catch (Throwable e) {
            // An error too: with the thread gone and nothing said, the iteration would only look shorter.
            failed(e);
        } finally {
            exhausted = true;
            filled.countDown();
            listener.run();
        }
    }

    /** When a session of a replay is due follows from all that are before it; false where there are no more. */
    private boolean passOthers() throws Exception {
        for (; times.isPresent() && passed < split.at(made); passed++) {
            long number = number(passed);
            NextTurn first = new LiveSession(plan, new SessionTree(number, 0)).ask();
            if (first instanceof NextTurn.End) {
                return false;
            }
            times.get()
                    .dueNanos(
                            number,
                            first instanceof NextTurn.Ask ask ? ask.request().at() : Optional.empty());
        }
        passed++;
        return true;
    }

    private long number(long position) {
        return plan.numbers().session().applyAsLong(position);
    }

    /** A session with its first turn; none where it is over before that: there are no more. */
    private Optional<Opening> opening(long number) throws Exception {
        SessionTree tree = new SessionTree(number, plan.numbers().attempt().applyAsInt(number));
        LiveSession session = new LiveSession(plan, tree);
        NextTurn first = session.ask();
        if (first instanceof NextTurn.End) {
            return Optional.empty();
        }
        Optional<Flight> flight =
                first instanceof NextTurn.Ask ask ? Optional.of(session.flight(ask.request())) : Optional.empty();
        long due = times.isPresent()
                ? times.get()
                        .dueNanos(number, flight.flatMap(turn -> turn.asked().at()))
                : 0;
        return Optional.of(new Opening(session, first, flight, due));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        ThreadEnd.await(thread);
    }
}
