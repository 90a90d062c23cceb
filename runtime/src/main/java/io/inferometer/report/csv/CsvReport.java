package io.inferometer.report.csv;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A row for each measured request, written as it ends. The file is made when the first iteration begins, and rows are on
 * disk a fifth of a second later at most, as long as anything happens.
 */
public final class CsvReport implements ResultReport {
    private static final long FLUSH_NANOS = 200_000_000;

    private final Destination destination;
    private final Function<RunHeader, List<CsvColumn>> layout;
    private RunHeader header;
    private List<CsvColumn> columns;
    private Rows rows;
    private long flushedNanos = Long.MIN_VALUE;

    /** @param layout gives the columns for a run */
    public CsvReport(Destination destination, Function<RunHeader, List<CsvColumn>> layout) {
        this.destination = destination;
        this.layout = layout;
    }

    @Override
    public Destination destination() {
        return destination;
    }

    @Override
    public void runStarted(RunHeader run) throws IOException {
        header = run;
        columns = layout.apply(run);
    }

    @Override
    public void planned(RunHeader longer) {
        header = longer;
    }

    @Override
    public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) throws IOException {
        open();
    }

    private static boolean lines(ResultFile asked) {
        return asked.format() == ResultFormat.REQUESTS
                && asked.path().toString().endsWith(".jsonl");
    }

    /** Makes the file, when the first iteration begins: a run that comes to nothing before leaves none behind. */
    private void open() throws IOException {
        if (rows != null) {
            return;
        }
        List<String> names = columns.stream().map(CsvColumn::name).toList();
        rows = lines(destination.asked())
                ? new JsonRows(names, destination.open())
                : new CsvRows(names, destination.open());
        rows.flush();
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) throws IOException {
        if (record.warmup()) {
            return;
        }
        TrialHeader trial = header.trial(record.trial());
        Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = columns.get(i).value().of(trial, record, metrics);
        }
        rows.row(row);
        // The records' own clock tells when to flush: a row that comes alone is written at once.
        if (flushedNanos == Long.MIN_VALUE || record.endNanos() - flushedNanos >= FLUSH_NANOS) {
            flushedNanos = record.endNanos();
            rows.flush();
        }
    }

    @Override
    public void progress(long done, OptionalLong total, Duration elapsed) throws IOException {
        rows.flush();
    }

    @Override
    public void iterationEnded(IterationReport iteration) throws IOException {
        rows.flush();
    }

    @Override
    public void runEnded(RunReport report) throws IOException {
        open();
    }

    @Override
    public void close() throws IOException {
        if (rows != null) {
            Rows open = rows;
            rows = null;
            open.close();
        }
    }
}
