package io.inferometer.report.search;

import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.RequestMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What requests gave in each window of an iteration, per second: a request, and the tokens of its prompt, when it ended, and the
 * tokens of its answer evenly from the first of them to its end.
 *
 * @param figure one of {@link SearchAim#RATES}
 */
record RateWindows(String figure, List<Given> given) {
    RateWindows(String figure) {
        this(figure, new ArrayList<>());
    }

    /** What one request gave, from when to when. */
    record Given(long from, long to, double amount) {
        private double within(long begin, long end) {
            if (from == to) {
                return to >= begin && to < end ? amount : 0;
            }
            double both = Math.min(to, end) - (double) Math.max(from, begin);
            return both <= 0 ? 0 : amount * both / (to - from);
        }
    }

    /** A request that succeeded; whether it is known what it gave. */
    boolean add(RequestRecord record, RequestMetrics metrics) {
        long end = record.endNanos();
        int amount = switch (figure) {
            case "requestsPerSecond" -> 1;
            case "inputTokensPerSecond" -> metrics.tokens().input();
            default -> metrics.tokens().output();
        };
        boolean streamed = figure.equals("outputTokensPerSecond") && metrics.ttftNanos() >= 0;
        long from = streamed ? Math.min(end, record.sentNanos() + Math.round(metrics.ttftNanos())) : end;
        if (amount != Usage.ABSENT) {
            given.add(new Given(from, end, amount));
        }
        return amount != Usage.ABSENT;
    }

    /**
     * By window.
     *
     * @param begin when the first one begins
     * @param nanos how long each is
     */
    DoubleStream perSecond(long begin, long nanos, int windows) {
        double[] amounts = new double[windows];
        for (Given one : given) {
            for (int i = 0; i < windows; i++) {
                amounts[i] += one.within(begin + i * nanos, begin + (i + 1) * nanos);
            }
        }
        return Arrays.stream(amounts).map(amount -> amount / nanos * 1e9);
    }
}
