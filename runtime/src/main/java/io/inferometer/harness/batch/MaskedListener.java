package io.inferometer.harness.batch;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.record.batch.JobHistory.JobFile;
import io.inferometer.record.batch.JobState;
import io.inferometer.report.JobListener;
import io.inferometer.report.JobReport;
import io.inferometer.report.header.RunHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Tells another what happens, one thing at a time and without secrets. */
record MaskedListener(JobListener other, UnaryOperator<String> redact) implements JobListener {
    @Override
    public synchronized void started(RunHeader header, JobFile file) {
        other.started(header, file);
    }

    @Override
    public synchronized void told(String line) {
        other.told(redact.apply(line));
    }

    @Override
    public synchronized void looked(JobState state, Duration elapsed) {
        other.looked(state, elapsed);
    }

    @Override
    public synchronized void written(ResultFormat format, Path file) throws IOException {
        other.written(format, file);
    }

    @Override
    public synchronized void ended(JobReport report) throws IOException {
        other.ended(report);
    }
}
