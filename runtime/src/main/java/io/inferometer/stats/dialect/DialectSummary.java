package io.inferometer.stats.dialect;

import io.inferometer.record.RequestRecord;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Gaps;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Sample;
import io.inferometer.stats.Summary;

/**
 * What the requests of a trial amount to in a dialect's words.
 *
 * @param completed how many succeeded
 * @param failed how many did not
 * @param inputTokens of those that succeeded
 * @param outputTokens of those that succeeded
 * @param durationNanos first {@code released} to last {@code end}, summed over the iterations; NaN where none succeeded
 * @param ttft in nanoseconds
 * @param tpot in nanoseconds
 * @param itl in nanoseconds
 * @param e2el in nanoseconds
 */
public record DialectSummary(
        long completed,
        long failed,
        long inputTokens,
        long outputTokens,
        double durationNanos,
        Distribution ttft,
        Distribution tpot,
        Distribution itl,
        Distribution e2el) {
    /** The same figures of a run that was told in such words, of which there is a summary. */
    public static DialectSummary told(Summary summary) {
        return new DialectSummary(
                summary.outcomes().succeeded(),
                summary.outcomes().failed(),
                summary.tokens().input(),
                summary.tokens().output(),
                summary.throughput().durationNanos(),
                summary.metric(Metric.TTFT),
                summary.metric(Metric.TPOT),
                summary.metric(Metric.ITL),
                summary.metric(Metric.E2EL));
    }

    /** {@code amount} for each second of the duration. */
    public double perSecond(double amount) {
        return amount * 1e9 / durationNanos;
    }

    /** Takes requests in, one at a time, iteration by iteration. Keeps about as much as a summary's builder does. */
    public static final class Builder {
        private final Sample ttft = new Sample();
        private final Sample tpot = new Sample();
        private final Sample e2el = new Sample();
        private final Gaps itl = new Gaps();
        private long completed;
        private long failed;
        private long inputTokens;
        private long outputTokens;
        private long duration;
        private long firstReleased = Long.MAX_VALUE;
        private long lastEnd = Long.MIN_VALUE;

        /** Takes in a request in the dialect's words. */
        public void add(RequestRecord record, Dialect.Request request) {
            if (record.releasedNanos() != RequestRecord.ABSENT) {
                firstReleased = Math.min(firstReleased, record.releasedNanos());
                lastEnd = Math.max(lastEnd, record.endNanos());
            }
            if (!record.succeeded()) {
                failed++;
                return;
            }
            completed++;
            inputTokens += request.inputTokens();
            outputTokens += request.outputTokens();
            ttft.add(request.ttftNanos());
            tpot.add(request.tpotNanos());
            e2el.add(request.e2elNanos());
            for (long gap : request.gapNanos()) {
                itl.add(gap);
            }
        }

        /** Ends an iteration: what comes before the next one belongs to no duration. */
        public void iterationEnded() {
            if (firstReleased != Long.MAX_VALUE) {
                duration += lastEnd - firstReleased;
                firstReleased = Long.MAX_VALUE;
                lastEnd = Long.MIN_VALUE;
            }
        }

        /** The summary of all that was taken in; ends the iteration. */
        public DialectSummary build() {
            iterationEnded();
            return new DialectSummary(
                    completed,
                    failed,
                    inputTokens,
                    outputTokens,
                    duration == 0 || completed == 0 ? Double.NaN : duration,
                    ttft.distribution(Percentiles.STANDARD),
                    tpot.distribution(Percentiles.STANDARD),
                    itl.distribution(Percentiles.STANDARD),
                    e2el.distribution(Percentiles.STANDARD));
        }
    }
}
