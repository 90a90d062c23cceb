package io.inferometer.endpoint;

import io.inferometer.endpoint.protocol.BodyBuffer;
import io.inferometer.endpoint.protocol.BodyStart;
import io.inferometer.endpoint.protocol.ErrorBody;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.SseDecoder;
import io.inferometer.endpoint.protocol.WholeAnswer;
import io.inferometer.endpoint.request.WireProtocol;
import io.inferometer.record.Carried;
import io.inferometer.record.FinishReason;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What has come of a response so far, and what it amounts to when it ends, however it ends. It knows no time and no
 * transport. Used by one thread at a time.
 */
final class Response implements SseDecoder.Sink {
    private static final int NOT_FOUND = 404;
    private static final byte[] NOTHING = {};
    private static final int LONGEST_FIRST_EVENT = 512;

    private final WireRequest request;
    private final RequestTimeline timeline;
    private final RequestBounds limits;
    private final WireProtocol protocol;
    private final FrameScanner scanner;
    private ResponseHeaders headers;
    /** The first event, if it had no choices: it may tell which protocol this is. */
    private byte[] firstEvent = NOTHING;
    /** The first line of the stream that is no field of an event; empty where all are. */
    private String stray = "";
    /** Whether the stream has ended, so that what is no event is only the rest of one. */
    private boolean ended;

    private final SseDecoder decoder;

    private ResponseKind kind = ResponseKind.NONE;
    private BodyBuffer body;
    private boolean encoded;
    private long readNanos;
    private long bodyBytes;
    /** Whether a byte of the body came that is not blank. */
    private boolean begun;

    /** Whether the stream said {@code [DONE]}, or an error. */
    private boolean done;
    /** What is wrong with it, as far as that is known before its end. */
    private WholeAnswer wrong;

    Response(WireRequest request, RequestTimeline timeline, RequestBounds limits) {
        this.request = request;
        this.timeline = timeline;
        this.limits = limits;
        this.protocol = WireProtocol.of(request.protocol());
        this.scanner = protocol.scanner();
        this.decoder = new SseDecoder(this, limits.eventBytes());
        scanner.names(decoder.name());
    }

    /** How long the body is so far. */
    long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the stream has said that nothing more comes, though its body may still be open. */
    boolean over() {
        return done || scanner.over();
    }

    /** Takes the status and the headers. */
    void head(int status, ResponseHeaders responseHeaders, long nanos) {
        timeline.headers(status, nanos);
        headers = responseHeaders;
        kind = ResponseKind.of(status, headers, request.streamed());
        if (kind == ResponseKind.EVENTS) {
            return;
        }
        body = new BodyBuffer(kind == ResponseKind.ANSWER ? limits.answerBytes() : limits.errorBytes());
        if (kind == ResponseKind.REFUSAL) {
            wrong = new WholeAnswer(
                    Outcome.HTTP_ERROR,
                    headers.remark(status) + (status == NOT_FOUND ? " from " + ApiUrls.shown(request.uri()) : ""));
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
        if (!begun) {
            begin(bytes);
        }
        bodyBytes += bytes.remaining();
        if (kind == ResponseKind.EVENTS) {
            return events(bytes);
        }
        if (!body.add(bytes)) {
            return overlong();
        }
        return kind == ResponseKind.UNEXPECTED && request.streamed() && !encoded && body.beginsLikeStream()
                ? streamAfterAll()
                : null;
    }

    /** The body may prove to be no stream by its first byte that is not blank. */
    private void begin(ByteBuffer bytes) {
        byte first = BodyStart.firstByte(bytes);
        begun = first != 0;
        if (kind == ResponseKind.EVENTS && BodyStart.isBare(first)) {
            kind = ResponseKind.BARE;
            body = new BodyBuffer(limits.errorBytes());
            wrong = new WholeAnswer(Outcome.DECODE_ERROR, "what came is no stream of events");
        }
    }

    /** The body proves to be a stream, whatever the headers call it. */
    private WholeAnswer streamAfterAll() {
        kind = ResponseKind.EVENTS;
        wrong = null;
        timeline.contentType(ErrorBody.line(headers.value("content-type")));
        return events(ByteBuffer.wrap(body.bytes(), 0, body.length()));
    }

    private WholeAnswer events(ByteBuffer bytes) {
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
            done = true;
            return;
        }
        int carried = scanner.scan(buffer, from, to, readNanos, timeline);
        if (carried == FrameScanner.ERROR) {
            error(buffer, from, to);
        } else if (carried == FrameScanner.MALFORMED) {
            malformed(buffer, from, to);
        } else if (timeline.events() > limits.events()) {
            undecodable("the stream has more than " + limits.events() + " events");
        } else if (timeline.textBytes() > limits.answerBytes()) {
            undecodable("the answer is longer than " + limits.answerBytes() + " bytes");
        } else if (timeline.events() == 1 && (carried & Carried.CHOICES) == 0) {
            firstEvent = Arrays.copyOfRange(buffer, from, Math.min(to, from + LONGEST_FIRST_EVENT));
        }
    }

    @Override
    public void error(byte[] buffer, int from, int to) {
        if (wrong == null && !ErrorBody.isEmpty(buffer, from, to)) {
            wrong = new WholeAnswer(Outcome.STREAM_ERROR, ErrorBody.message(buffer, from, to));
            done = true;
        }
    }

    /** Data that is no JSON object: an error in another shape, the end in another spelling, or nothing that can be read. */
    private void malformed(byte[] buffer, int from, int to) {
        if (ErrorBody.isError(buffer, from, to)) {
            error(buffer, from, to);
        } else if (SseDecoder.isLikeDone(buffer, from, to)) {
            done = true;
        } else if (!ended && !done && !scanner.tolerates(decoder.named()) && !ErrorBody.isNull(buffer, from, to)) {
            undecodable("an event is no JSON object: " + ErrorBody.excerpt(buffer, from, to));
        }
    }

    @Override
    public void stray(byte[] buffer, int from, int to) {
        if (buffer[from] == '{' && ErrorBody.isError(buffer, from, to)) {
            error(buffer, from, to);
        } else if (stray.isEmpty()) {
            stray = ErrorBody.excerpt(buffer, from, to);
        }
    }

    private void undecodable(String message) {
        wrong = new WholeAnswer(Outcome.DECODE_ERROR, message);
    }

    /** What it amounts to when its body is complete. */
    WholeAnswer complete() {
        if (kind == ResponseKind.ANSWER) {
            return WholeAnswer.read(body, scanner, timeline);
        }
        if (kind != ResponseKind.EVENTS) {
            return told(body.message());
        }
        endEvents();
        return amounts();
    }

    /** What it amounts to when it was {@link #over}, and its body did not end. */
    WholeAnswer lingered() {
        return amounts();
    }

    /** The last lines of a stream may lack the blank line behind them. */
    private void endEvents() {
        ended = true;
        decoder.end();
    }

    /** What a stream amounts to that has ended, by itself or by the word. */
    private WholeAnswer amounts() {
        if (wrong != null) {
            return wrong;
        }
        if (FinishReason.broke(timeline.finishReason())) {
            return WholeAnswer.broke(timeline);
        }
        if (!timeline.carried(Carried.TOKENS)) {
            return new WholeAnswer(
                    Outcome.DECODE_ERROR,
                    "status " + timeline.status() + ", but no token in "
                            + events()
                            + (timeline.events() > 0 || stray.isEmpty() ? otherwise() : ": " + stray));
        }
        return switch (scanner.ending(timeline, done)) {
            case WELL -> WholeAnswer.SUCCESS;
            case WITHOUT_LAST -> {
                timeline.withoutLast();
                yield WholeAnswer.SUCCESS;
            }
            case BROKEN ->
                new WholeAnswer(
                        Outcome.STREAM_ERROR, ErrorBody.join("the stream ended without " + protocol.ending(), stray));
        };
    }

    /** Of events of another protocol: which ones they are. */
    private String otherwise() {
        String foreign = timeline.events() == 0 ? "" : scanner.foreign(timeline);
        if (foreign.isEmpty()) {
            return "";
        }
        String name = ErrorBody.kind(firstEvent);
        return ", " + foreign + (name.isEmpty() ? "" : "; the first is " + name)
                + SpokenProtocol.ofKind(name)
                        .filter(spoken -> spoken != request.protocol())
                        .map(spoken -> " (--protocol " + WireProtocol.of(spoken).word() + "?)")
                        .orElse("");
    }

    /** What it amounts to when the connection broke. */
    WholeAnswer brokenOff(Breakage breakage) {
        if (kind == ResponseKind.NONE) {
            return new WholeAnswer(
                    breakage.clientsOwn() ? Outcome.CLIENT_ERROR : Outcome.CONNECT_ERROR, breakage.text(request.uri()));
        }
        if (kind == ResponseKind.EVENTS) {
            endEvents();
        }
        if (wrong != null) {
            return told(silence(breakage));
        }
        if (over() && timeline.carried(Carried.TOKENS) || FinishReason.broke(timeline.finishReason())) {
            return amounts();
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
            case ANSWER, REFUSAL, UNEXPECTED, BARE -> "the body did not end";
        };
    }
}
