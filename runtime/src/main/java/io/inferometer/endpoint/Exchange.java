package io.inferometer.endpoint;

import io.inferometer.endpoint.protocol.ErrorBody;
import io.inferometer.endpoint.protocol.WholeAnswer;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One request under way: takes what the transport reads and has it decoded, watches over its time, and decides, once, how
 * the request ended. Nothing that is thrown while it does so gets out of it: the request fails for it.
 *
 * <p>The transport calls it from whichever thread reads the response; the watchdog from its own. A state that is entered
 * and left by compare-and-set keeps them apart: who finds it taken waits the microseconds that another's work takes, or
 * finds the exchange ended. The listener is told of the end exactly once, on the thread that decided it.
 */
public final class Exchange {
    /** How long the body may stay open after the stream said that it is over. */
    static final long LINGER_NANOS = 100_000_000L;

    private static final int OPEN = 0;
    private static final int BUSY = 1;
    private static final int ENDED = 2;

    private static final WholeAnswer HEAP_FULL = new WholeAnswer(Outcome.DECODE_ERROR, "the client's heap was full");

    private final WireRequest request;
    private final RequestTimeline timeline;
    private final RequestBounds limits;
    private final Watchdog watchdog;
    private final Consumer<Exchange> listener;
    private final AtomicInteger state = new AtomicInteger(OPEN);
    private final Response response;

    private volatile Runnable abort = () -> {};
    private Watchdog.Alarm alarm = () -> {};
    private boolean sent;
    private boolean lingering;
    private boolean givenUp;
    private OutOfMemoryError heapFull;

    public Exchange(
            WireRequest request,
            RequestTimeline timeline,
            RequestBounds limits,
            Watchdog watchdog,
            Consumer<Exchange> listener) {
        this.request = request;
        this.timeline = timeline;
        this.limits = limits;
        this.watchdog = watchdog;
        this.listener = listener;
        this.response = new Response(request, timeline, limits);
    }

    /** What is to be sent. */
    public WireRequest request() {
        return request;
    }

    /** What happened so far; complete when the listener is told of the end. */
    RequestTimeline timeline() {
        return timeline;
    }

    /** How long the body is so far; all of it when the listener is told of the end. */
    long bodyBytes() {
        return response.bodyBytes();
    }

    /** What the client ran out of memory with while it read the response, if it did; null if not. */
    OutOfMemoryError heapFull() {
        return heapFull;
    }

    /** Sets the clock of the request's time limit. */
    void start(long nowNanos) {
        timeline.released(nowNanos);
        alarm = watchdog.wake(limits.timeoutNanos(), this::timedOut);
    }

    /**
     * How the transport gives the request up; done at once if the request has been given up meanwhile. If it has ended well
     * its connection may carry another one by now, and is left alone.
     */
    public void onAbort(Runnable action) {
        abort = action;
        if (state.get() == ENDED && givenUp) {
            action.run();
        }
    }

    /** Whether it has ended, so that there is nothing left to do for it. */
    public boolean ended() {
        return state.get() == ENDED;
    }

    /** The connection that was opened for this request is ready; not told where one is used again. */
    public void connected(Opening opening) {
        if (enter()) {
            timeline.connected(opening);
            leave();
        }
    }

    /** The first byte of the body is asked for at the socket. */
    public void sent(long nanos) {
        if (enter()) {
            sent = true;
            timeline.sent(nanos);
            leave();
        }
    }

    /** The response's status and headers have been read. */
    public void headers(int status, ResponseHeaders headers, long nanos) {
        if (!enter()) {
            return;
        }
        try {
            response.head(status, headers, nanos);
        } catch (RuntimeException | Error e) {
            unreadable(e, nanos);
            return;
        }
        leave();
    }

    /** Bytes of the body, of one read; {@code nanos} is taken before any of them is looked at. */
    public void read(ByteBuffer bytes, long nanos) {
        if (!enter()) {
            return;
        }
        WholeAnswer now;
        try {
            now = response.read(bytes, nanos);
            if (response.over() && !lingering) {
                linger();
            }
        } catch (RuntimeException | Error e) {
            unreadable(e, nanos);
            return;
        }
        if (now == null) {
            leave();
        } else {
            end(now, nanos, true);
        }
    }

    /** The stream said that it is over: give the body a moment to end, so that the connection can be used again. */
    private void linger() {
        lingering = true;
        alarm.cancel();
        alarm = watchdog.wake(LINGER_NANOS, () -> onWatch(response::lingered));
    }

    /** The body is complete, and the connection can be used again. */
    public void complete(long nanos) {
        Supplier<WholeAnswer> whole = response::complete;
        if (enter()) {
            end(whole, nanos, false);
        }
    }

    /** The request broke. */
    public void failed(Breakage breakage, long nanos) {
        Supplier<WholeAnswer> brokenOff = () -> response.brokenOff(breakage);
        if (!enter()) {
            return;
        }
        if (Breakage.heapFull(breakage.thrown()) != null) {
            unreadable(breakage.thrown(), nanos);
        } else {
            end(brokenOff, nanos, true);
        }
    }

    /** Gives the request up because the run is ended. */
    public void cancel() {
        onWatch(() -> new WholeAnswer(Outcome.CANCELLED, "given up when the run was ended"));
    }

    private void timedOut() {
        onWatch(() -> new WholeAnswer(
                Outcome.TIMEOUT,
                "not ended after " + limits.timeoutNanos() / 1_000_000 + " ms; "
                        + (sent
                                ? response.progress()
                                : Breakage.of(Breakage.Stage.AWAITED, Breakage.Kind.UNCONNECTED)
                                        .text(request.uri()))));
    }

    private void onWatch(Supplier<WholeAnswer> answer) {
        if (enter()) {
            end(answer, watchdog.nanoTime(), true);
        }
    }

    /**
     * Keeps all others out until {@link #leave} or the end; false if the request has ended. Until then nothing may be thrown
     * that is not caught, so nothing is allocated outside of a try.
     */
    private boolean enter() {
        while (!state.compareAndSet(OPEN, BUSY)) {
            if (state.get() == ENDED) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private void leave() {
        state.set(OPEN);
    }

    private void end(Supplier<WholeAnswer> answer, long nanos, boolean giveUp) {
        WholeAnswer amounts;
        try {
            amounts = answer.get();
        } catch (RuntimeException | Error e) {
            unreadable(e, nanos);
            return;
        }
        end(amounts, nanos, giveUp);
    }

    /** Ends the request when something was thrown on the way: taken for good, the exchange would never end. */
    private void unreadable(Throwable thrown, long nanos) {
        WholeAnswer answer = HEAP_FULL;
        try {
            heapFull = Breakage.heapFull(thrown);
            if (heapFull == null) {
                answer = new WholeAnswer(
                        Outcome.DECODE_ERROR, "the response can't be read: " + ErrorBody.line(thrown.toString()));
            }
        } catch (OutOfMemoryError full) {
            heapFull = full;
        }
        end(answer, nanos, true);
    }

    private void end(WholeAnswer answer, long nanos, boolean giveUp) {
        timeline.end(answer.outcome(), answer.message(), nanos);
        givenUp = giveUp;
        state.set(ENDED);
        try {
            alarm.cancel();
            if (giveUp) {
                abort.run();
            }
        } catch (RuntimeException | Error e) {
            heapFull = heapFull == null ? Breakage.heapFull(e) : heapFull;
        }
        listener.accept(this);
    }
}
