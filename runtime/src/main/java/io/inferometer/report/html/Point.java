package io.inferometer.report.html;

import io.inferometer.record.Carried;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.token.DecodeWindow;

/**
 * A request as a page draws it. Times are nanoseconds since the start of the run, {@link RequestRecord#ABSENT} where it did not
 * come so far.
 *
 * @param first when its first token came
 * @param last when its last token came
 * @param gapFrom when its longest gap between two tokens began
 * @param gap how long that was, 0 where it had none
 * @param latencyNanos from {@code sent} to the last token; NaN of a failed request
 * @param ttftNanos from {@code sent} to the first token; NaN without one
 */
record Point(
        int fork,
        int iteration,
        long index,
        int slot,
        Place place,
        String outcome,
        boolean succeeded,
        long scheduled,
        long released,
        long sent,
        long first,
        long last,
        long end,
        long gapFrom,
        long gap,
        int tokens,
        double latencyNanos,
        double ttftNanos) {
    static Point of(RequestRecord record, RequestMetrics metrics) {
        DecodeWindow window = metrics.tokens().window();
        long from = RequestRecord.ABSENT;
        long longest = 0;
        long before = RequestRecord.ABSENT;
        for (int i = 0; i < record.eventNanos().length; i++) {
            if ((record.eventCarried()[i] & Carried.TOKENS) == 0) {
                continue;
            }
            long now = record.eventNanos()[i];
            if (before != RequestRecord.ABSENT && now - before > longest) {
                longest = now - before;
                from = before;
            }
            before = now;
        }
        return new Point(
                record.fork(),
                record.iteration(),
                record.index(),
                record.slot(),
                record.place(),
                record.outcome().label(),
                record.succeeded(),
                record.scheduledNanos(),
                record.releasedNanos(),
                record.sentNanos(),
                window.firstNanos(),
                window.lastNanos(),
                record.endNanos(),
                from,
                longest,
                metrics.tokens().output(),
                metrics.e2elNanos(),
                metrics.ttftNanos());
    }

    /** When it began, as far as is known. */
    long begin() {
        return sent != RequestRecord.ABSENT ? sent : released != RequestRecord.ABSENT ? released : scheduled;
    }
}
