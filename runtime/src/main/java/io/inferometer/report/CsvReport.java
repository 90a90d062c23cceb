package io.inferometer.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.RequestMetrics;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A row for each measured request, written as it ends. The latency of a failed request is empty: what reads the column
 * must not take it for one. The file is made when the run starts, and rows are on disk a fifth of a second later at
 * most, as long as anything happens.
 */
final class CsvReport implements ResultReport {
    /** The first seven are what readers of such files expect. */
    private static final List<String> COLUMNS = List.of(
            "index",
            "prompt_tokens",
            "completion_tokens",
            "total_tokens",
            "latency_ms",
            "status",
            "error",
            "trial",
            "fork",
            "iteration",
            "slot",
            "http_status",
            "sent_ms",
            "end_ms",
            "ttft_ms",
            "ttfvt_ms",
            "tpot_ms",
            "client_dispatch_ms",
            "schedule_delay_ms",
            "requested_tokens",
            "tokens_from",
            "simulated");

    private static final long FLUSH_NANOS = 200_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final ResultFile result;
    private final boolean force;
    private RunHeader header;
    private BufferedWriter file;
    private CsvWriter csv;
    private long flushedNanos = Long.MIN_VALUE;

    CsvReport(ResultFile result, boolean force) {
        this.result = result;
        this.force = force;
    }

    @Override
    public ResultFile result() {
        return result;
    }

    @Override
    public void runStarted(RunHeader run) throws IOException {
        header = run;
        OpenOption create = force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
        file = Files.newBufferedWriter(
                result.path(),
                StandardCharsets.UTF_8,
                create,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
        csv.writeRecord(COLUMNS);
        flush();
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) throws IOException {
        if (record.warmup()) {
            return;
        }
        csv.writeRecord(
                Long.toString(record.index()),
                count(metrics.tokens().input()),
                count(metrics.tokens().output()),
                count(metrics.tokens().total()),
                millis(metrics.e2elNanos()),
                record.outcome().label(),
                record.error(),
                Integer.toString(record.trial()),
                Integer.toString(record.fork()),
                Integer.toString(record.iteration()),
                record.slot() < 0 ? "" : Integer.toString(record.slot()),
                record.status() == 0 ? "" : Integer.toString(record.status()),
                time(record.sentNanos()),
                time(record.endNanos()),
                millis(metrics.ttftNanos()),
                millis(metrics.ttfvtNanos()),
                millis(metrics.tpotNanos()),
                millis(metrics.clientDispatchNanos()),
                millis(metrics.scheduleDelayNanos()),
                count(record.requestedOutputTokens()),
                metrics.tokens().outputSource().label(),
                Boolean.toString(header.trial(record.trial()).simulated()));
        // The records' own clock tells when to flush: a row that comes alone is written at once.
        if (flushedNanos == Long.MIN_VALUE || record.endNanos() - flushedNanos >= FLUSH_NANOS) {
            flushedNanos = record.endNanos();
            flush();
        }
    }

    private static String count(int tokens) {
        return tokens == Usage.ABSENT ? "" : Integer.toString(tokens);
    }

    private static String millis(double nanos) {
        return Double.isNaN(nanos) ? "" : Double.toString(nanos / NANOS_PER_MILLI);
    }

    private static String time(long nanos) {
        return nanos == RequestRecord.ABSENT ? "" : millis(nanos);
    }

    @Override
    public void progress(long done, OptionalLong total, Duration elapsed) throws IOException {
        flush();
    }

    @Override
    public void iterationEnded(IterationReport iteration) throws IOException {
        flush();
    }

    private void flush() throws IOException {
        csv.flush();
        file.flush();
    }

    @Override
    public void close() throws IOException {
        if (csv != null) {
            CsvWriter open = csv;
            csv = null;
            open.close();
        }
    }
}
