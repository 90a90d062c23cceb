package io.inferometer.cli;

import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;

/** Records of requests of the first trial's only measured iteration. */
final class Requests {
    private static final long MILLI = 1_000_000;

    private Requests() {}

    static RequestRecord success(long index) {
        long sent = 100 * MILLI * index;
        byte token = Carried.CHOICES | Carried.CONTENT;
        return record(
                index,
                Outcome.SUCCESS,
                200,
                "",
                sent,
                new long[] {sent + 50 * MILLI, sent + 60 * MILLI, sent + 70 * MILLI},
                new byte[] {token, token, token},
                new Usage(8, 3, Usage.ABSENT, Usage.ABSENT));
    }

    static RequestRecord failure(long index, String error) {
        return failure(index, Outcome.HTTP_ERROR, 401, error);
    }

    static RequestRecord failure(long index, Outcome outcome, int status, String error) {
        return record(index, outcome, status, error, 100 * MILLI * index, new long[0], new byte[0], Usage.NONE);
    }

    /** The same request in the warm-up. */
    static RequestRecord warmup(RequestRecord r) {
        return new RequestRecord(
                r.trial(),
                r.fork(),
                true,
                r.iteration(),
                r.index(),
                r.slot(),
                r.outcome(),
                r.status(),
                r.error(),
                r.streamed(),
                r.scheduledNanos(),
                r.releasedNanos(),
                r.sentNanos(),
                r.opening(),
                r.headersNanos(),
                r.endNanos(),
                r.eventNanos(),
                r.eventCarried(),
                r.serverReceivedNanos(),
                r.serverEventNanos(),
                r.usage(),
                r.eventTokens(),
                r.expectedPromptTokens(),
                r.requestedOutputTokens(),
                r.ignoreEos(),
                r.form(),
                r.text());
    }

    private static RequestRecord record(
            long index,
            Outcome outcome,
            int status,
            String error,
            long sent,
            long[] events,
            byte[] carried,
            Usage usage) {
        return new RequestRecord(
                0,
                0,
                false,
                0,
                index,
                0,
                outcome,
                status,
                error,
                true,
                sent,
                sent,
                sent,
                Opening.NONE,
                sent + 40 * MILLI,
                sent + 80 * MILLI,
                events,
                carried,
                RequestRecord.ABSENT,
                new long[0],
                usage,
                new int[0],
                Usage.ABSENT,
                3,
                true,
                AnswerForm.NONE,
                "");
    }
}
