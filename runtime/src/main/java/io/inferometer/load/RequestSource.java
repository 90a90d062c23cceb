package io.inferometer.load;

import io.inferometer.endpoint.WireRequest;
import io.inferometer.record.Place;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.ThreadEnd;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the requests of one iteration ready before they are due, in order, on a thread of its own that runs ahead of the
 * load by a bounded number and a bounded size of requests.
 */
public final class RequestSource implements Supply {
    /** Makes one request; called by the source's thread alone, in the order of the indices. */
    @FunctionalInterface
    public interface Maker {
        /** The request of an index, serialised; null if there are no more. */
        WireRequest make(long index) throws Exception;
    }

    /** Tells a request's record which request it is. */
    @FunctionalInterface
    public interface Identifier {
        /** The identity of the request of an index. */
        RequestIdentity identify(long index, WireRequest request);
    }

    /** A request that can be sent at once. */
    record Ready(WireRequest request, RequestIdentity identity) {
        /**
         * The request's timeline, made as it is sent: thousands of requests may wait.
         *
         * @param stage the stage of the load that sends it; {@link Place#ABSENT} where it has none
         * @param slot the slot that sends it, -1 where there are no slots
         * @param nanos when the load wanted it to start
         */
        RequestTimeline begun(int stage, int slot, long nanos) {
            RequestTimeline timeline = new RequestTimeline(stage == Place.ABSENT ? identity : identity.atStage(stage));
            timeline.scheduled(slot, nanos);
            return timeline;
        }
    }

    /** As many ahead as there are. */
    public static final int ALL = Integer.MAX_VALUE;

    private static final long LARGEST_AHEAD_BYTES = 256L << 20;

    /** With so many ready, more are made only while they are small. */
    private static final int MANY_AHEAD = 1024;

    private static final long LARGEST_OF_MANY_BYTES = 8L << 20;

    private final ConcurrentLinkedQueue<Ready> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger readyCount = new AtomicInteger();
    private final AtomicLong readyBytes = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final CountDownLatch filled = new CountDownLatch(1);
    private final Maker maker;
    private final Identifier identifier;
    private final long first;
    private final OptionalLong count;
    private final int ahead;
    private final Thread thread;

    private volatile Runnable listener = () -> {};
    private volatile boolean closed;
    private volatile boolean exhausted;
    private volatile boolean ranOut;
    private volatile long next;
    private volatile Throwable failure;

    /**
     * Starts making requests.
     *
     * @param first the index of the first request
     * @param count how many there are; empty for as many as are asked for
     * @param ahead how many to have ready, or {@link #ALL}
     */
    public RequestSource(Maker maker, Identifier identifier, long first, OptionalLong count, int ahead) {
        this.maker = maker;
        this.identifier = identifier;
        this.first = first;
        this.count = count;
        this.ahead = ahead;
        next = first;
        thread = new Thread(this::work, "inferometer-requests");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void awaitFilled() throws InterruptedException {
        filled.await();
    }

    /** Called, on the source's thread, after each request that became ready and when there will be no more. */
    void onReady(Runnable action) {
        listener = action;
    }

    /** The next request, or null if none is ready. May be called by any thread. */
    Ready poll() {
        Ready next = ready.poll();
        if (next != null) {
            taken.incrementAndGet();
            int left = readyCount.decrementAndGet();
            readyBytes.addAndGet(-next.request().body().length);
            if (left <= ahead / 2 && !exhausted) {
                LockSupport.unpark(thread);
            }
        }
        return next;
    }

    @Override
    public Optional<WireRequest> first() {
        return Optional.ofNullable(ready.peek()).map(Ready::request);
    }

    /** The one that was taken last is not sent. */
    void leave() {
        taken.decrementAndGet();
    }

    /** How many requests have been sent; known when the load has ended. */
    public long sent() {
        return taken.get();
    }

    /** How many requests are ready just now. */
    int ready() {
        return readyCount.get();
    }

    /** Whether no request is ready just now. */
    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** Whether there will be no request but those that are ready. */
    boolean exhausted() {
        return exhausted;
    }

    @Override
    public boolean ranOut() {
        return ranOut;
    }

    @Override
    public long made() {
        return next - first;
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
        try {
            while (!closed && (count.isEmpty() || next - first < count.getAsLong())) {
                if (full()) {
                    filled.countDown();
                    LockSupport.park();
                    continue;
                }
                WireRequest request = maker.make(next);
                if (request == null) {
                    ranOut = true;
                    break;
                }
                Ready made = new Ready(request, identifier.identify(next, request));
                next++;
                readyCount.incrementAndGet();
                readyBytes.addAndGet(request.body().length);
                ready.add(made);
                listener.run();
            }
        } catch (Throwable e) {
            // An error too: with the thread gone and nothing said, the iteration would only look shorter.
            failure = e;
        } finally {
            exhausted = true;
            filled.countDown();
            listener.run();
        }
    }

    private boolean full() {
        int waiting = readyCount.get();
        long most = waiting < MANY_AHEAD ? LARGEST_AHEAD_BYTES : LARGEST_OF_MANY_BYTES;
        return waiting >= ahead || (ahead != ALL && waiting > 0 && readyBytes.get() >= most);
    }

    /**
     * Stops making requests, and returns when none is being made: the next one may be made by another source's thread.
     * Those that are ready stay so.
     */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        ThreadEnd.await(thread);
    }
}
