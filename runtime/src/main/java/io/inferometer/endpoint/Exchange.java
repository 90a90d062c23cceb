package io.inferometer.endpoint;

import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One request under way: takes what the transport reads, stamps it, decodes it, and decides, once, how the request
 * ended.
 *
 * <p>The transport calls it from whichever thread reads the response; the watchdog from its own. A state that is entered
 * and left by compare-and-set keeps them apart: who finds it taken waits the microseconds that another's work takes, or
 * finds the exchange ended. The listener is told of the end exactly once, on the thread that decided it.
 */
public final class Exchange implements SseDecoder.Sink {
    /** How long the body may stay open after the stream said that it is over. */
    static final long LINGER_NANOS = 100_000_000L;

    private static final int OPEN = 0;
    private static final int BUSY = 1;
    private static final int ENDED = 2;

    private final WireRequest request;
    private final RequestTimeline timeline;
    private final Limits limits;
    private final Watchdog watchdog;
    private final Consumer<Exchange> listener;
    private final AtomicInteger state = new AtomicInteger(OPEN);
    private final EventScanner scanner = new EventScanner();
    private final SseDecoder decoder;

    private volatile Runnable abort = () -> {};
    private Watchdog.Alarm alarm = () -> {};
    private ResponseKind kind = ResponseKind.NONE;
    private BodyBuffer body;
    private boolean encoded;
    private long readNanos;
    private long bodyBytes;
    private boolean done;
    private Outcome failure;
    private String failureMessage = "";

    Exchange(
            WireRequest request,
            RequestTimeline timeline,
            Limits limits,
            Watchdog watchdog,
            Consumer<Exchange> listener) {
        this.request = request;
        this.timeline = timeline;
        this.limits = limits;
        this.watchdog = watchdog;
        this.listener = listener;
        this.decoder = new SseDecoder(this, limits.eventBytes());
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
        return bodyBytes;
    }

    /** Sets the clock of the request's time limit. */
    void start(long nowNanos) {
        timeline.released(nowNanos);
        alarm = watchdog.wake(limits.timeoutNanos(), this::timedOut);
    }

    /** How the transport gives the request up; done at once if the request has ended meanwhile. */
    public void onAbort(Runnable action) {
        abort = action;
        if (state.get() == ENDED) {
            action.run();
        }
    }

    /** Whether it has ended, so that there is nothing left to do for it. */
    public boolean ended() {
        return state.get() == ENDED;
    }

    /** The connection that was opened for this request is ready; not told where one is used again. */
    public void connected(long nanos) {
        if (enter()) {
            timeline.connected(nanos);
            leave();
        }
    }

    /** The first byte of the body is asked for at the socket. */
    public void sent(long nanos) {
        if (enter()) {
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
            take(status, headers, nanos);
            leave();
        } catch (RuntimeException | Error e) {
            if (!unreadable(e, nanos)) {
                throw e;
            }
        }
    }

    private void take(int status, ResponseHeaders headers, long nanos) {
        timeline.headers(status, nanos);
        kind = ResponseKind.of(status, headers, request.streamed());
        if (kind == ResponseKind.EVENTS) {
            return;
        }
        body = new BodyBuffer(kind == ResponseKind.ANSWER ? limits.answerBytes() : limits.errorBytes());
        if (kind == ResponseKind.REFUSAL) {
            failure = Outcome.HTTP_ERROR;
            failureMessage = headers.remark(status);
        } else if (kind == ResponseKind.UNEXPECTED) {
            failure = Outcome.DECODE_ERROR;
            failureMessage = headers.unexpected(request.streamed());
        }
        encoded = headers.encoded();
    }

    /** Bytes of the body, of one read; {@code nanos} is taken before any of them is looked at. */
    public void read(ByteBuffer bytes, long nanos) {
        if (!enter()) {
            return;
        }
        readNanos = nanos;
        try {
            take(bytes, nanos);
        } catch (RuntimeException | Error e) {
            if (!unreadable(e, nanos)) {
                throw e;
            }
        }
    }

    private void take(ByteBuffer bytes, long nanos) {
        bodyBytes += bytes.remaining();
        if (kind != ResponseKind.EVENTS) {
            if (!body.add(bytes)) {
                overlong(nanos);
                return;
            }
        } else if (!decoder.feed(bytes)) {
            end(Outcome.STREAM_ERROR, "an event is longer than " + limits.eventBytes() + " bytes", nanos, true);
            return;
        } else if (failure == Outcome.DECODE_ERROR) {
            end(failure, failureMessage, nanos, true);
            return;
        }
        leave();
    }

    private void overlong(long nanos) {
        if (kind == ResponseKind.ANSWER) {
            end(Outcome.DECODE_ERROR, "the answer is longer than " + limits.answerBytes() + " bytes", nanos, true);
        } else {
            end(failure, told(body.message()), nanos, true);
        }
    }

    @Override
    public void event(byte[] buffer, int from, int to) {
        if (failure != null || from == to) {
            return;
        }
        if (SseDecoder.isDone(buffer, from, to)) {
            over();
            return;
        }
        int carried = scanner.scan(buffer, from, to, readNanos, timeline);
        if (carried == EventScanner.ERROR) {
            failure = Outcome.STREAM_ERROR;
            failureMessage = ErrorBody.message(buffer, from, to);
            over();
        } else if (carried == EventScanner.MALFORMED) {
            failure = Outcome.DECODE_ERROR;
            failureMessage = "an event is no JSON object: " + ErrorBody.excerpt(buffer, from, to);
        } else if (timeline.events() > limits.events()) {
            failure = Outcome.DECODE_ERROR;
            failureMessage = "the stream has more than " + limits.events() + " events";
        } else if (timeline.textBytes() > limits.answerBytes()) {
            failure = Outcome.DECODE_ERROR;
            failureMessage = "the answer is longer than " + limits.answerBytes() + " bytes";
        }
    }

    /** The stream said that it is over: give the body a moment to end, so that the connection can be used again. */
    private void over() {
        if (!done) {
            done = true;
            alarm.cancel();
            alarm = watchdog.wake(LINGER_NANOS, this::lingered);
        }
    }

    /** The body is complete, and the connection can be used again. */
    public void complete(long nanos) {
        if (!enter()) {
            return;
        }
        try {
            if (kind == ResponseKind.EVENTS) {
                endOfStream(nanos);
            } else {
                endOfBody(nanos);
            }
        } catch (RuntimeException | Error e) {
            if (!unreadable(e, nanos)) {
                throw e;
            }
        }
    }

    /**
     * Ends the request when reading its response threw something: taken for good, the exchange would never end. False if
     * it had ended by then.
     */
    private boolean unreadable(Throwable thrown, long nanos) {
        if (state.get() == ENDED) {
            return false;
        }
        end(Outcome.DECODE_ERROR, "the response can't be read: " + ErrorBody.line(thrown.toString()), nanos, true);
        return true;
    }

    private void endOfStream(long nanos) {
        done |= decoder.endsWithDone();
        if (failure != null) {
            end(failure, failureMessage, nanos, false);
        } else if (timeline.carried(Carried.TOKENS)) {
            if (done || timeline.carried(Carried.FINISH | Carried.USAGE)) {
                end(Outcome.SUCCESS, "", nanos, false);
            } else {
                end(Outcome.STREAM_ERROR, "the stream ended without a finish reason or [DONE]", nanos, false);
            }
        } else {
            end(Outcome.DECODE_ERROR, "status 200, but no token in " + timeline.events() + " events", nanos, false);
        }
    }

    private void endOfBody(long nanos) {
        if (kind == ResponseKind.ANSWER) {
            Answer answer = Answer.read(body, timeline);
            end(answer.outcome(), answer.message(), nanos, false);
        } else {
            end(failure, told(body.message()), nanos, false);
        }
    }

    /** What the client says, then what the body said, unless that is encoded. */
    private String told(String body) {
        return encoded ? failureMessage : ErrorBody.join(failureMessage, body);
    }

    /** The request broke; {@code cause} says how. */
    public void failed(Throwable cause, long nanos) {
        if (!enter()) {
            return;
        }
        if (kind == ResponseKind.NONE) {
            end(Outcome.CONNECT_ERROR, Failures.connect(cause, request.uri()), nanos, true);
        } else if (failure != null) {
            end(failure, told(brokenOff(cause)), nanos, true);
        } else if (done && timeline.carried(Carried.TOKENS)) {
            end(Outcome.SUCCESS, "", nanos, true);
        } else {
            String after = kind == ResponseKind.EVENTS ? " after " + timeline.events() + " events" : "";
            end(Outcome.STREAM_ERROR, "the response broke off" + after + ": " + Failures.read(cause), nanos, true);
        }
    }

    /** What a body that broke off said, or why it said nothing. */
    private String brokenOff(Throwable cause) {
        if (body == null) {
            return "";
        }
        return body.length() == 0 ? "its body broke off: " + Failures.read(cause) : body.message();
    }

    /** Gives the request up because the run is ended. */
    public void cancel() {
        onWatch(now -> end(Outcome.CANCELLED, "given up when the run was ended", now, true));
    }

    private void timedOut() {
        onWatch(now -> end(
                Outcome.TIMEOUT,
                "not ended after " + limits.timeoutNanos() / 1_000_000 + " ms; " + progress(),
                now,
                true));
    }

    private String progress() {
        if (kind == ResponseKind.NONE) {
            return "no response came";
        }
        int events = timeline.events();
        return kind == ResponseKind.EVENTS ? "the stream stalled after " + events + " events" : "the body did not end";
    }

    private void lingered() {
        onWatch(now -> {
            if (failure != null) {
                end(failure, failureMessage, now, true);
            } else if (timeline.carried(Carried.TOKENS)) {
                end(Outcome.SUCCESS, "", now, true);
            } else {
                end(Outcome.DECODE_ERROR, "status 200, but no token before [DONE]", now, true);
            }
        });
    }

    private void onWatch(LongConsumer end) {
        if (enter()) {
            end.accept(watchdog.nanoTime());
        }
    }

    /** Keeps all others out until {@link #leave} or the end; false if the request has ended. */
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

    private void end(Outcome outcome, String message, long nanos, boolean giveUp) {
        timeline.end(outcome, message, nanos);
        state.set(ENDED);
        alarm.cancel();
        if (giveUp) {
            abort.run();
        }
        listener.accept(this);
    }
}
