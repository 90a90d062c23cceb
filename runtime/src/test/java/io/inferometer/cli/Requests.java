package io.inferometer.cli;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.ARequest;

/** Records of requests of the first trial's only measured iteration. */
final class Requests {
    private Requests() {}

    static RequestRecord success(long index) {
        double sent = 100.0 * index;
        return at(index)
                .token(sent + 50)
                .token(sent + 60)
                .token(sent + 70)
                .usage(8, 3)
                .record();
    }

    static RequestRecord failure(long index, String error) {
        return failure(index, Outcome.HTTP_ERROR, 401, error);
    }

    static RequestRecord failure(long index, Outcome outcome, int status, String error) {
        return at(index).failed(outcome, status, error).record();
    }

    /** One of the warm-up. */
    static RequestRecord warmupFailure(Outcome outcome, int status, String error) {
        return at(0).of(0, true, 0).failed(outcome, status, error).record();
    }

    private static ARequest at(long index) {
        double sent = 100.0 * index;
        return ARequest.sent(sent).index(index).end(sent + 80).asked(3);
    }
}
