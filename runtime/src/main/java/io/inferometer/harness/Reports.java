package io.inferometer.harness;

import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunHeader;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Tells several reports the same. One that fails does not keep the others from being told; the first failure is thrown. */
public final class Reports implements Report {
    private final List<Report> reports;

    /** Tells these reports, in this order. */
    public Reports(List<Report> reports) {
        this.reports = List.copyOf(reports);
    }

    @Override
    public void runStarted(RunHeader header) throws IOException {
        tell(report -> report.runStarted(header));
    }

    @Override
    public void trialStarted(TrialHeader trial) throws IOException {
        tell(report -> report.trialStarted(trial));
    }

    @Override
    public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) throws IOException {
        tell(report -> report.iterationStarted(trial, warmup, iteration));
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) throws IOException {
        tell(report -> report.requestEnded(record, metrics));
    }

    @Override
    public void progress(long done, OptionalLong total, Duration elapsed) throws IOException {
        tell(report -> report.progress(done, total, elapsed));
    }

    @Override
    public void iterationEnded(IterationReport iteration) throws IOException {
        tell(report -> report.iterationEnded(iteration));
    }

    @Override
    public void runEnded(RunReport result) throws IOException {
        tell(report -> report.runEnded(result));
    }

    @Override
    public void close() throws IOException {
        tell(Report::close);
    }

    private interface Telling {
        void tell(Report report) throws IOException;
    }

    private void tell(Telling telling) throws IOException {
        IOException failure = null;
        for (Report report : reports) {
            try {
                telling.tell(report);
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
