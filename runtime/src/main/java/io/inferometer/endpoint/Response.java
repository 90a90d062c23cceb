package io.inferometer.endpoint;

import io.inferometer.endpoint.protocol.BodyBuffer;
import io.inferometer.endpoint.protocol.ErrorBody;
import io.inferometer.endpoint.protocol.EventScanner;
import io.inferometer.endpoint.protocol.SseDecoder;
import io.inferometer.endpoint.protocol.WholeAnswer;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import java.nio.ByteBuffer;

/**
 * What has come of a response so far, and what it amounts to when it ends, however it ends. It knows no time and no
 * transport. Used by one thread at a time.
 */
final class Response implements SseDecoder.Sink {
    private final WireRequest request;
    private final RequestTimeline timeline;
    private final RequestBounds limits;
    private final EventScanner scanner = new EventScanner();
    private final SseDecoder decoder;

    private ResponseKind kind = ResponseKind.NONE;
    private BodyBuffer body;
    private boolean encoded;
    private long readNanos;
    private long bodyBytes;
    private boolean over;
    /** What is wrong with it, as far as that is known before its end. */
    private WholeAnswer wrong;

    Response(WireRequest request, RequestTimeline timeline, RequestBounds limits) {
        this.request = request;
        this.timeline = timeline;
        this.limits = limits;
        this.decoder = new SseDecoder(this, limits.eventBytes());
    }

    /** How long the body is so far. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the stream has said that nothing more comes, though its body may still be open. */
    boolean over() {
        return over;
    }

    /** Takes the status and the headers. */
    void head(int status, ResponseHeaders headers, long nanos) {
        timeline.headers(status, nanos);
        kind = ResponseKind.of(status, headers, request.streamed());
        if (kind == ResponseKind.EVENTS) {
            return;
        }
        body = new BodyBuffer(kind == ResponseKind.ANSWER ? limits.answerBytes() : limits.errorBytes());
        if (kind == ResponseKind.REFUSAL) {
            wrong = new WholeAnswer(Outcome.HTTP_ERROR, headers.remark(status));
        } else if (kind == ResponseKind.UNEXPECTED) {
            wrong = new WholeAnswer(Outcome.DECODE_ERROR, headers.unexpected(request.streamed()));
        }
        encoded = headers.encoded();
    }

    /**
     * Takes bytes of the body, of one read.
     *
     * @return what the response amounts to if the rest of it does not matter any more, else null
     */
    WholeAnswer read(ByteBuffer bytes, long nanos) {
        readNanos = nanos;
        bodyBytes += bytes.remaining();
        if (kind != ResponseKind.EVENTS) {
            return body.add(bytes) ? null : overlong();
        }
        if (!decoder.feed(bytes)) {
            return new WholeAnswer(Outcome.STREAM_ERROR, "an event is longer than " + limits.eventBytes() + " bytes");
        }
        return wrong != null && wrong.outcome() == Outcome.DECODE_ERROR ? wrong : null;
    }

    private WholeAnswer overlong() {
        return kind == ResponseKind.ANSWER
                ? new WholeAnswer(Outcome.DECODE_ERROR, "the answer is longer than " + limits.answerBytes() + " bytes")
                : told(body.message());
    }

    @Override
    public void event(byte[] buffer, int from, int to) {
        if (wrong != null || from == to) {
            return;
        }
        if (SseDecoder.isDone(buffer, from, to)) {
            over = true;
            return;
        }
        int carried = scanner.scan(buffer, from, to, readNanos, timeline);
        if (carried == EventScanner.ERROR) {
            wrong = new WholeAnswer(Outcome.STREAM_ERROR, ErrorBody.message(buffer, from, to));
            over = true;
        } else if (carried == EventScanner.MALFORMED) {
            undecodable("an event is no JSON object: " + ErrorBody.excerpt(buffer, from, to));
        } else if (timeline.events() > limits.events()) {
            undecodable("the stream has more than " + limits.events() + " events");
        } else if (timeline.textBytes() > limits.answerBytes()) {
            undecodable("the answer is longer than " + limits.answerBytes() + " bytes");
        }
    }

    private void undecodable(String message) {
        wrong = new WholeAnswer(Outcome.DECODE_ERROR, message);
    }

    /** What it amounts to when its body is complete. */
    WholeAnswer complete() {
        if (kind == ResponseKind.ANSWER) {
            return WholeAnswer.read(body, timeline);
        }
        if (kind != ResponseKind.EVENTS) {
            return told(body.message());
        }
        over |= decoder.endsWithDone();
        if (wrong != null) {
            return wrong;
        }
        if (!timeline.carried(Carried.TOKENS)) {
            return new WholeAnswer(
                    Outcome.DECODE_ERROR, "status " + timeline.status() + ", but no token in " + events());
        }
        return over || timeline.carried(Carried.FINISH | Carried.USAGE)
                ? WholeAnswer.SUCCESS
                : new WholeAnswer(Outcome.STREAM_ERROR, "the stream ended without a finish reason or [DONE]");
    }

    /** What it amounts to when it was {@link #over}, and its body did not end. */
    WholeAnswer lingered() {
        if (wrong != null) {
            return wrong;
        }
        return timeline.carried(Carried.TOKENS)
                ? WholeAnswer.SUCCESS
                : new WholeAnswer(Outcome.DECODE_ERROR, "status " + timeline.status() + ", but no token before [DONE]");
    }

    /** What it amounts to when the connection broke. */
    WholeAnswer brokenOff(Breakage breakage) {
        if (kind == ResponseKind.NONE) {
            return new WholeAnswer(
                    breakage.clientsOwn() ? Outcome.CLIENT_ERROR : Outcome.CONNECT_ERROR, breakage.text(request.uri()));
        }
        if (wrong != null) {
            return told(silence(breakage));
        }
        if (over && timeline.carried(Carried.TOKENS)) {
            return WholeAnswer.SUCCESS;
        }
        String after = kind == ResponseKind.EVENTS ? " after " + events() : "";
        return new WholeAnswer(
                Outcome.STREAM_ERROR, "the response broke off" + after + ": " + breakage.text(request.uri()));
    }

    private String events() {
        return timeline.events() == 1 ? "1 event" : timeline.events() + " events";
    }

    /** What a body that broke off said, or why it said nothing. */
    private String silence(Breakage breakage) {
        if (body == null) {
            return "";
        }
        return body.length() == 0 ? "its body broke off: " + breakage.text(request.uri()) : body.message();
    }

    /** What the client says is wrong, then what the body said, unless that is encoded. */
    private WholeAnswer told(String body) {
        return encoded ? wrong : new WholeAnswer(wrong.outcome(), ErrorBody.join(wrong.message(), body));
    }

    /** How far it has come, for a request that took too long. */
    String progress() {
        return switch (kind) {
            case NONE -> "no response came";
            case EVENTS -> "the stream stalled after " + events();
            case ANSWER, REFUSAL, UNEXPECTED -> "the body did not end";
        };
    }
}
