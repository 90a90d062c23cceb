package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.RequestRecord;
import java.util.Arrays;

/**
 * How much was going on, by buckets of time: the number of buckets is bounded, and their width doubles as time passes. Times
 * are nanoseconds since the start of the run.
 */
final class TimeCourse {
    private static final int BUCKETS = 1_024;
    private static final int SHOWN = 400;
    private static final long FIRST_WIDTH_NANOS = 50_000_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private static final int ARRIVED = 0;
    private static final int BEGUN = 1;
    private static final int ENDED = 2;
    private static final int FAILED = 3;
    private static final int TOKENS = 4;
    private static final int KINDS = 5;

    private final double[][] counts;
    private long start = RequestRecord.ABSENT;
    private long width = FIRST_WIDTH_NANOS;

    TimeCourse() {
        counts = new double[KINDS][BUCKETS];
    }

    /** As it is now. */
    TimeCourse(TimeCourse other) {
        counts = Arrays.stream(other.counts).map(double[]::clone).toArray(double[][]::new);
        start = other.start;
        width = other.width;
    }

    void add(Point point) {
        long begin = point.begin();
        if (begin == RequestRecord.ABSENT) {
            return;
        }
        count(ARRIVED, point.scheduled() == RequestRecord.ABSENT ? begin : point.scheduled(), 1);
        count(BEGUN, begin, 1);
        if (point.end() != RequestRecord.ABSENT) {
            count(ENDED, point.end(), 1);
            if (!point.succeeded()) {
                count(FAILED, point.end(), 1);
            }
        }
        if (point.tokens() > 0 && point.succeeded()) {
            spread(point);
        }
    }

    /** An answer's tokens come evenly from its first to its last. */
    private void spread(Point point) {
        long from = point.first() == RequestRecord.ABSENT ? point.end() : point.first();
        long to = point.last() == RequestRecord.ABSENT ? point.end() : point.last();
        bucket(from);
        int last = bucket(to);
        int first = bucket(from);
        if (first == last) {
            counts[TOKENS][last] += point.tokens();
            return;
        }
        double perNano = point.tokens() / (double) (to - from);
        for (int i = first; i <= last; i++) {
            long left = Math.max(from, start + i * width);
            long right = Math.min(to, start + (i + 1) * width);
            counts[TOKENS][i] += (right - left) * perNano;
        }
    }

    private void count(int kind, long nanos, double amount) {
        counts[kind][bucket(nanos)] += amount;
    }

    /** The bucket of a time; makes room for it, which moves other buckets. */
    private int bucket(long nanos) {
        if (start == RequestRecord.ABSENT) {
            start = nanos;
        }
        while (nanos < start) {
            long missing = (start - nanos + width - 1) / width;
            if (missing < BUCKETS && lastUsed() + missing < BUCKETS) {
                shift((int) missing);
            } else {
                widen();
            }
        }
        while ((nanos - start) / width >= BUCKETS) {
            widen();
        }
        return (int) ((nanos - start) / width);
    }

    private int lastUsed() {
        for (int i = BUCKETS - 1; i >= 0; i--) {
            for (double[] kind : counts) {
                if (kind[i] != 0) {
                    return i;
                }
            }
        }
        return 0;
    }

    private void shift(int by) {
        for (double[] kind : counts) {
            System.arraycopy(kind, 0, kind, by, BUCKETS - by);
            Arrays.fill(kind, 0, by, 0);
        }
        start -= by * width;
    }

    private void widen() {
        for (double[] kind : counts) {
            for (int i = 0; i < BUCKETS / 2; i++) {
                kind[i] = kind[2 * i] + kind[2 * i + 1];
            }
            Arrays.fill(kind, BUCKETS / 2, BUCKETS, 0);
        }
        width *= 2;
    }

    /** Columns by bucket: its begin in ms, requests that were due, begun, ended or failed in it, in flight at its end, tokens. */
    void json(ObjectNode node) {
        ArrayNode at = node.putArray("atMs");
        ArrayNode arrivals = node.putArray("arrivalsPerSecond");
        ArrayNode inFlight = node.putArray("inFlight");
        ArrayNode failed = node.putArray("failed");
        ArrayNode ended = node.putArray("endedPerSecond");
        ArrayNode tokens = node.putArray("outputTokensPerSecond");
        if (start == RequestRecord.ABSENT) {
            return;
        }
        double open = 0;
        while (lastUsed() >= SHOWN) {
            widen();
        }
        node.put("bucketMs", width / NANOS_PER_MILLI);
        double seconds = width / NANOS_PER_SECOND;
        for (int i = 0; i <= lastUsed(); i++) {
            open += counts[BEGUN][i] - counts[ENDED][i];
            at.add(Numbers.brief((start + i * width) / NANOS_PER_MILLI));
            arrivals.add(Numbers.brief(counts[ARRIVED][i] / seconds));
            inFlight.add((long) open);
            failed.add((long) counts[FAILED][i]);
            ended.add(Numbers.brief(counts[ENDED][i] / seconds));
            tokens.add(Numbers.brief(counts[TOKENS][i] / seconds));
        }
    }
}
