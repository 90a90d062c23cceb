package io.inferometer.endpoint.protocol;

import io.inferometer.record.FinishReason;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;

/**
 * What a response amounts to.
 *
 * @param outcome how the request ended
 * @param message what is wrong with it; empty for a success
 */
public record WholeAnswer(Outcome outcome, String message) {
    /** All is well. */
    public static final WholeAnswer SUCCESS = new WholeAnswer(Outcome.SUCCESS, "");

    /**
     * Reads the body of an answer that is not streamed into the timeline: its text, its token counts, the endpoint's
     * stamps.
     *
     * @param scanner one of its protocol that has read nothing
     */
    public static WholeAnswer read(BodyBuffer body, FrameScanner scanner, RequestTimeline timeline) {
        String status = "status " + timeline.status();
        if (body.length() == 0) {
            return new WholeAnswer(Outcome.DECODE_ERROR, status + ", but the answer is empty");
        }
        int carried = scanner.scanWhole(body.bytes(), body.start(), body.length(), timeline);
        if (carried == FrameScanner.MALFORMED && ErrorBody.isError(body.bytes(), body.start(), body.length())) {
            carried = FrameScanner.ERROR;
        }
        if (carried == FrameScanner.MALFORMED) {
            return new WholeAnswer(
                    Outcome.DECODE_ERROR,
                    "the answer is no JSON: " + ErrorBody.excerpt(body.bytes(), 0, body.length()));
        }
        if (carried == FrameScanner.ERROR) {
            return new WholeAnswer(Outcome.STREAM_ERROR, body.message());
        }
        if (FinishReason.broke(timeline.finishReason())) {
            return broke(timeline);
        }
        String lack = scanner.lack(carried, timeline);
        return lack.isEmpty()
                ? SUCCESS
                : new WholeAnswer(
                        Outcome.DECODE_ERROR,
                        status + ", but " + lack + ": " + ErrorBody.excerpt(body.bytes(), 0, body.length()));
    }

    /** An answer of which the endpoint itself says, by its finish reason alone, that it broke off. */
    public static WholeAnswer broke(RequestTimeline timeline) {
        int told = timeline.completionTokens();
        int tokens = told == Usage.ABSENT ? timeline.tokenEvents() : told;
        return new WholeAnswer(
                Outcome.STREAM_ERROR,
                "the endpoint broke the answer off after " + tokens + (tokens == 1 ? " token" : " tokens")
                        + ": its finish reason is " + ErrorBody.line(timeline.finishReason()));
    }
}
