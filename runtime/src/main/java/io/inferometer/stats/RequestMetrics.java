package io.inferometer.stats;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.token.DecodeWindow;
import io.inferometer.stats.token.TokenCount;
import io.inferometer.workload.Objective;

/**
 * What one request took, in nanoseconds. What it does not have is NaN: everything of a failed request, ttft and tpot of
 * one that was not streamed, ttfvt of an answer without visible text, tpot of an answer that is too short or came in one
 * read.
 *
 * @param ttftNanos first token-bearing event − {@code sent}
 * @param ttfvtNanos first event with visible text − {@code sent}
 * @param tpotNanos (e2el − ttft) / (n − k), where n are the tokens that were streamed and k those that had come
 *     by the first token-bearing event; only where k is known, n &gt; k, and the token-bearing events came in at least two
 *     reads
 * @param furtherTokens n − k of tpot
 * @param e2elNanos last token-bearing event − {@code sent}; {@code end} − {@code sent} where nothing was streamed
 * @param ttftFromScheduleNanos first token-bearing event − {@code scheduled}
 * @param e2elFromScheduleNanos what e2el ends with − {@code scheduled}
 * @param clientDispatchNanos {@code sent} − {@code released}, less connect and TLS where they fell between and are known
 * @param scheduleDelayNanos {@code released} − {@code scheduled}
 * @param connectNanos what opening its own connection took
 * @param tlsNanos what agreeing on the encryption of it took
 * @param tokens its tokens, of a failed request too
 */
public record RequestMetrics(
        double ttftNanos,
        double ttfvtNanos,
        double tpotNanos,
        double furtherTokens,
        double e2elNanos,
        double ttftFromScheduleNanos,
        double e2elFromScheduleNanos,
        double clientDispatchNanos,
        double scheduleDelayNanos,
        double connectNanos,
        double tlsNanos,
        TokenCount tokens) {
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * {@return the metrics of a request whose tokens have been counted}
     *
     * @param record a request that has ended
     * @param tokens those of its prompt and answer
     */
    public static RequestMetrics of(RequestRecord record, TokenCount tokens) {
        if (!record.succeeded()) {
            double none = Double.NaN;
            return new RequestMetrics(none, none, none, none, none, none, none, none, none, none, none, tokens);
        }
        DecodeWindow window = tokens.window();
        long first = window.firstNanos();
        long last = window.lastNanos();
        long visible = RequestRecord.ABSENT;
        for (int i = 0; i < record.eventNanos().length && visible == RequestRecord.ABSENT; i++) {
            if ((record.eventCarried()[i] & Carried.CONTENT) != 0) {
                visible = record.eventNanos()[i];
            }
        }
        long end = last == RequestRecord.ABSENT ? record.endNanos() : last;
        long sent = record.sentNanos();
        boolean timed = window.reads() > 1 && window.firstTokens() != Usage.ABSENT;
        int after = timed ? tokens.streamed() - window.firstTokens() : 0;
        double further = after > 0 ? after : Double.NaN;
        return new RequestMetrics(
                between(sent, first),
                between(sent, visible),
                between(first, last) / further,
                further,
                between(sent, end),
                between(record.scheduledNanos(), first),
                between(record.scheduledNanos(), end),
                between(record.releasedNanos(), sent) - waitedForConnection(record),
                between(record.scheduledNanos(), record.releasedNanos()),
                record.opening().connectNanos(),
                record.opening().tlsNanos(),
                tokens);
    }

    /** Where it is not known when the connection was dialed, as in older journals, that was as soon as it could be. */
    private static double waitedForConnection(RequestRecord record) {
        long ready = record.opening().readyNanos();
        long from = Math.max(record.releasedNanos(), record.opening().dialedNanos());
        return ready > from && ready <= record.sentNanos() ? ready - from : 0;
    }

    private static double between(long from, long to) {
        return from == RequestRecord.ABSENT || to == RequestRecord.ABSENT ? Double.NaN : to - from;
    }

    /**
     * {@return whether a figure is beyond its limit in an objective}
     *
     * @param objective limits, some of which may not be set
     */
    public boolean misses(Objective objective) {
        return beyond(ttftNanos, objective.ttftMillis())
                || beyond(tpotNanos, objective.tpotMillis())
                || beyond(e2elNanos, objective.e2elMillis());
    }

    /**
     * {@return whether it has no figure where an objective has a limit, as the tpot of an answer that came in one read}
     *
     * @param objective limits, some of which may not be set
     */
    public boolean lacks(Objective objective) {
        return objective.ttftMillis() > 0 && Double.isNaN(ttftNanos)
                || objective.tpotMillis() > 0 && Double.isNaN(tpotNanos)
                || objective.e2elMillis() > 0 && Double.isNaN(e2elNanos);
    }

    private static boolean beyond(double nanos, double limitMillis) {
        return limitMillis > 0 && nanos / NANOS_PER_MILLI > limitMillis;
    }

    /**
     * {@return the value of a metric that a request has one of, NaN where this one has none}
     *
     * @param metric which one
     */
    public double value(Metric metric) {
        return switch (metric) {
            case TTFT -> ttftNanos;
            case TTFVT -> ttfvtNanos;
            case TPOT -> tpotNanos;
            case E2EL -> e2elNanos;
            case TTFT_FROM_SCHEDULE -> ttftFromScheduleNanos;
            case E2EL_FROM_SCHEDULE -> e2elFromScheduleNanos;
            case CLIENT_DISPATCH -> clientDispatchNanos;
            case SCHEDULE_DELAY -> scheduleDelayNanos;
            case CONNECT -> connectNanos;
            case TLS -> tlsNanos;
            case ITL -> throw new IllegalArgumentException("a request has many itl");
        };
    }
}
