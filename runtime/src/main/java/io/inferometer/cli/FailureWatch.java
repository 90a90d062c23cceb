package io.inferometer.cli;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunHeader;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Hands on to another report what it is told, and remembers of each trial what went wrong, in the warm-up too. */
final class FailureWatch implements Report {
    private final Report report;
    private final Map<Integer, Failed> trials = new TreeMap<>();

    FailureWatch(Report report) {
        this.report = report;
    }

    /**
     * What went wrong most often in a trial.
     *
     * @param outcome how those requests ended
     * @param status the response's status, 0 where none came
     * @param message what the first of them told
     */
    record MostFrequent(Outcome outcome, int status, String message) {}

    /** The most frequent failure of a trial's requests, warm-up or measured; empty where none failed. */
    Optional<MostFrequent> mostFrequent(TrialHeader trial) {
        return Optional.ofNullable(trials.get(trial.index())).flatMap(Failed::mostFrequent);
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) throws IOException {
        if (!record.succeeded() && record.outcome() != Outcome.CANCELLED) {
            trials.computeIfAbsent(record.trial(), trial -> new Failed()).add(record);
        }
        report.requestEnded(record, metrics);
    }

    @Override
    public void runStarted(RunHeader header) throws IOException {
        report.runStarted(header);
    }

    @Override
    public void preFlight(String line) throws IOException {
        report.preFlight(line);
    }

    @Override
    public void trialStarted(TrialHeader trial) throws IOException {
        report.trialStarted(trial);
    }

    @Override
    public void forkStarted(TrialHeader trial, int fork) throws IOException {
        report.forkStarted(trial, fork);
    }

    @Override
    public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) throws IOException {
        report.iterationStarted(trial, warmup, iteration);
    }

    @Override
    public void iterationResumed(TrialHeader trial, boolean warmup, int iteration) throws IOException {
        report.iterationResumed(trial, warmup, iteration);
    }

    @Override
    public void progress(long done, OptionalLong total, Duration elapsed) throws IOException {
        report.progress(done, total, elapsed);
    }

    @Override
    public void iterationEnded(IterationReport iteration) throws IOException {
        report.iterationEnded(iteration);
    }

    @Override
    public void runEnded(RunReport run) throws IOException {
        report.runEnded(run);
    }

    @Override
    public void close() throws IOException {
        report.close();
    }

    /** The failures of one trial, told apart by outcome and status alone: messages have no bound. */
    private static final class Failed {
        private final Map<Kind, String> messages = new LinkedHashMap<>();
        private final Map<Kind, Long> counts = new LinkedHashMap<>();

        void add(RequestRecord record) {
            Kind kind = new Kind(record.outcome(), record.status());
            messages.putIfAbsent(kind, record.error());
            counts.merge(kind, 1L, Long::sum);
        }

        Optional<MostFrequent> mostFrequent() {
            return counts.entrySet().stream()
                    .max(Comparator.comparingLong(Map.Entry::getValue))
                    .map(Map.Entry::getKey)
                    .map(kind -> new MostFrequent(kind.outcome, kind.status, messages.get(kind)));
        }
    }

    private record Kind(Outcome outcome, int status) {}
}
