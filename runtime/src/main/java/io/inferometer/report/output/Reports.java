package io.inferometer.report.output;

import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.file.Replacement;
import io.inferometer.report.file.ResultFileException;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The console and the result files of a run as one report. The console is always told first; a result file that fails
 * is told of on the console, and costs nothing else.
 */
public final class Reports implements Report {
    private final ConsoleReport console;
    private final List<Guarded> results = new ArrayList<>();

    /** A report to the console and to the result files, which have been checked. */
    public Reports(ConsoleReport console, ResultFiles files) {
        this.console = console;
        files.reports().forEach(report -> results.add(new Guarded(report)));
    }

    /** What could not be written, a line each; empty if all went well. */
    public List<String> problems() {
        return results.stream()
                .map(result -> result.problem)
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    @Override
    public void runStarted(RunHeader header) {
        console.runStarted(header);
        results(report -> report.runStarted(header));
    }

    @Override
    public void preFlight(String line) {
        console.preFlight(line);
        results(report -> report.preFlight(line));
    }

    @Override
    public void trialStarted(TrialHeader trial) {
        console.trialStarted(trial);
        results(report -> report.trialStarted(trial));
    }

    @Override
    public void forkStarted(TrialHeader trial, int fork) {
        console.forkStarted(trial, fork);
        results(report -> report.forkStarted(trial, fork));
    }

    @Override
    public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) {
        console.iterationStarted(trial, warmup, iteration);
        results(report -> report.iterationStarted(trial, warmup, iteration));
    }

    @Override
    public void iterationResumed(TrialHeader trial, boolean warmup, int iteration) {
        console.iterationResumed(trial, warmup, iteration);
        results(report -> report.iterationResumed(trial, warmup, iteration));
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        console.requestEnded(record, metrics);
        results(report -> report.requestEnded(record, metrics));
    }

    @Override
    public void progress(long done, OptionalLong total, Duration elapsed) {
        console.progress(done, total, elapsed);
        results(report -> report.progress(done, total, elapsed));
    }

    @Override
    public void iterationEnded(IterationReport iteration) {
        console.iterationEnded(iteration);
        results(report -> report.iterationEnded(iteration));
    }

    @Override
    public void runEnded(RunReport run) {
        console.runEnded(run);
        for (Guarded result : results) {
            result.tell(report -> report.runEnded(run));
            result.tell(Report::close);
            if (result.problem.isEmpty()) {
                result.report
                        .files()
                        .forEach(file -> console.written(result.report.result().format(), file));
            }
        }
    }

    @Override
    public void close() {
        results(Report::close);
    }

    private void results(Event event) {
        results.forEach(result -> result.tell(event));
    }

    private interface Event {
        void tell(Report report) throws IOException;
    }

    /** A result that is told nothing more once it has failed. */
    private final class Guarded {
        private final ResultReport report;
        private String problem = "";

        private Guarded(ResultReport report) {
            this.report = report;
        }

        private void tell(Event event) {
            if (!problem.isEmpty()) {
                return;
            }
            try {
                event.tell(report);
            } catch (ResultFileException e) {
                fail(e.getMessage());
            } catch (IOException e) {
                fail("cannot write " + report.result().path() + ": "
                        + Replacement.reason(report.result().path(), e));
            } catch (RuntimeException e) {
                fail("cannot write " + report.result().path() + ": " + e);
            }
        }

        private void fail(String message) {
            problem = message;
            console.problem(message);
            try {
                report.close();
            } catch (IOException e) {
                // The problem has been told.
            }
        }
    }
}
