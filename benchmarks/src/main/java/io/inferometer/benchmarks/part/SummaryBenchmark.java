package io.inferometer.benchmarks.part;

import io.inferometer.benchmarks.PartBenchmark;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.Load;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** Summing up an iteration of 1,000 requests with 1,000 events each, after it. An operation is the whole of it. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SummaryBenchmark extends PartBenchmark {
    static final int REQUESTS = 1_000;
    static final int EVENTS = 1_000;

    private final TokenAccounting accounting = TokenAccounting.withoutTokenizer();
    private List<RequestRecord> records;

    /** Makes the records. */
    @Setup
    public void setUp() {
        records = Records.of(REQUESTS, EVENTS);
    }

    /** All figures of the iteration. */
    @Benchmark
    public Summary summarise() {
        SummaryBuilder summary = new SummaryBuilder(new Load.Closed(64), Optional.empty(), Percentiles.STANDARD);
        for (RequestRecord record : records) {
            summary.add(record, RequestMetrics.of(record, accounting.count(record)));
        }
        return summary.build();
    }
}
