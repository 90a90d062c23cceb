package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Failure;
import io.inferometer.report.FailureCounts;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import java.util.List;
import org.HdrHistogram.IntCountsHistogram;

/**
 * What is known so far of the requests of a trial, of its warm-up or of all its measured iterations. Percentiles are to two
 * digits while it goes on: in bounded room, and read in microseconds.
 */
final class LiveRow {
    private static final List<Double> SHOWN = List.of(50.0, 95.0, 99.0);
    private static final int DIGITS = 2;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final ObjectNode head = JsonNodeFactory.instance.objectNode();
    private final FailureCounts failures = new FailureCounts();
    private IntCountsHistogram ttft = new IntCountsHistogram(DIGITS);
    private IntCountsHistogram e2el = new IntCountsHistogram(DIGITS);
    private ObjectNode frozen;
    private long requests;
    private long succeeded;
    private long failed;
    private long tokens;
    private long nanos;

    LiveRow(String label, boolean warmup) {
        name = label + (warmup ? ", warm-up" : "");
        head.put("name", name).put("warmup", warmup);
    }

    String name() {
        return name;
    }

    void add(RequestRecord record, RequestMetrics metrics) {
        requests++;
        failures.add(record);
        if (record.succeeded()) {
            succeeded++;
            tokens += metrics.tokens().output();
            record(ttft, metrics.ttftNanos());
            record(e2el, metrics.e2elNanos());
        } else if (record.outcome() != Outcome.CANCELLED) {
            failed++;
        }
    }

    private static void record(IntCountsHistogram values, double value) {
        if (!Double.isNaN(value)) {
            values.recordValue(Math.max(0, Math.round(value)));
        }
    }

    /** So long one of its iterations was. */
    void lasted(long more) {
        nanos += more;
    }

    /** What went wrong, the most frequent first. */
    List<Failure> failures() {
        return failures.failures();
    }

    /** Nothing more comes: takes no more room than its figures. */
    void freeze() {
        if (frozen == null) {
            frozen = json(0);
            ttft = null;
            e2el = null;
        }
    }

    /** The figures of the result take the place of those that were known so far. */
    void settle(Summary summary) {
        ObjectNode node = head.deepCopy();
        counts(node, summary.outcomes().total(), summary.outcomes().failed());
        Summary.Throughput throughput = summary.throughput();
        rate(node, "requestsPerSecond", throughput.requestsPerSecond());
        rate(node, "outputTokensPerSecond", throughput.outputTokensPerSecond());
        exact(node.putObject("ttftMs"), summary.metric(Metric.TTFT));
        exact(node.putObject("e2elMs"), summary.metric(Metric.E2EL));
        frozen = node;
    }

    /** @param running for how long an iteration of it is going on; 0 where none is */
    ObjectNode json(long running) {
        if (frozen != null) {
            return frozen;
        }
        ObjectNode node = head.deepCopy();
        counts(node, requests, failed);
        double seconds = (nanos + running) / NANOS_PER_SECOND;
        rate(node, "requestsPerSecond", succeeded == 0 ? Double.NaN : succeeded / seconds);
        rate(node, "outputTokensPerSecond", tokens == 0 ? Double.NaN : tokens / seconds);
        rough(node.putObject("ttftMs"), ttft);
        rough(node.putObject("e2elMs"), e2el);
        return node;
    }

    private static void counts(ObjectNode node, long requests, long failed) {
        node.put("requests", requests).put("failed", failed);
    }

    private static void rate(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, Numbers.brief(value));
        } else {
            node.putNull(name);
        }
    }

    private static void rough(ObjectNode node, IntCountsHistogram values) {
        long count = values.getTotalCount();
        ArrayNode uncarried = node.putArray("uncarried");
        for (double p : SHOWN) {
            if (count > 0) {
                put(node, uncarried, p, values.getValueAtPercentile(p), Percentiles.carried(count, p));
            }
        }
    }

    private static void exact(ObjectNode node, Distribution distribution) {
        ArrayNode uncarried = node.putArray("uncarried");
        for (double p : SHOWN) {
            if (!Double.isNaN(distribution.percentile(p))) {
                put(node, uncarried, p, distribution.percentile(p), distribution.carries(p));
            }
        }
    }

    private static void put(ObjectNode node, ArrayNode uncarried, double p, double nanos, boolean carried) {
        node.put(Percentiles.label(p), Numbers.brief(nanos / NANOS_PER_MILLI));
        if (!carried) {
            uncarried.add(Percentiles.label(p));
        }
    }
}
