package io.inferometer.report.output;

import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Replacement;
import io.inferometer.report.file.ResultFileException;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What is told of a run as one report: those that listen, such as a console, and the result files. Those that listen are
 * told first, and what they throw goes on; a result file that fails is told of to them, and costs nothing else.
 */
public final class Reports implements Report {
    private final List<Report> listening;
    private final List<Guarded> results = new ArrayList<>();

    /** @param files the result files, which have been checked */
    public Reports(List<? extends Report> listening, ResultFiles files) {
        this.listening = List.copyOf(listening);
        files.reports().forEach(report -> results.add(new Guarded(report)));
    }

    /** Reports that all listen, without a result file. */
    public Reports(List<? extends Report> listening) {
        this.listening = List.copyOf(listening);
    }

    /** What could not be written, a line each; empty if all went well. */
    public List<String> problems() {
        return results.stream()
                .map(result -> result.problem)
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    @Override
    public void runStarted(RunHeader header) throws IOException {
        all(report -> report.runStarted(header));
    }

    @Override
    public void searching(SearchAsked asked) throws IOException {
        all(report -> report.searching(asked));
    }

    @Override
    public void planned(RunHeader header) throws IOException {
        all(report -> report.planned(header));
    }

    @Override
    public void probed(SearchReport known) throws IOException {
        all(report -> report.probed(known));
    }

    @Override
    public void live(String address) throws IOException {
        all(report -> report.live(address));
    }

    @Override
    public void preFlight(String line) throws IOException {
        all(report -> report.preFlight(line));
    }

    @Override
    public void note(String line) throws IOException {
        all(report -> report.note(line));
    }

    @Override
    public void checkThrew(Supplier<String> trace) throws IOException {
        all(report -> report.checkThrew(trace));
    }

    @Override
    public void trialStarted(TrialHeader trial) throws IOException {
        all(report -> report.trialStarted(trial));
    }

    @Override
    public void forkStarted(TrialHeader trial, int fork) throws IOException {
        all(report -> report.forkStarted(trial, fork));
    }

    @Override
    public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) throws IOException {
        all(report -> report.iterationStarted(trial, warmup, iteration));
    }

    @Override
    public void iterationResumed(TrialHeader trial, boolean warmup, int iteration) throws IOException {
        all(report -> report.iterationResumed(trial, warmup, iteration));
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) throws IOException {
        all(report -> report.requestEnded(record, metrics));
    }

    @Override
    public void progress(long done, OptionalLong total, Duration elapsed) throws IOException {
        all(report -> report.progress(done, total, elapsed));
    }

    @Override
    public void inFlight(int requests) throws IOException {
        all(report -> report.inFlight(requests));
    }

    @Override
    public void iterationEnded(IterationReport iteration) throws IOException {
        all(report -> report.iterationEnded(iteration));
    }

    @Override
    public void runEnded(RunReport run) throws IOException {
        listening(report -> report.runEnded(run));
        for (Guarded result : results) {
            result.tell(report -> report.runEnded(run));
            result.tell(Report::close);
            if (result.problem.isEmpty()) {
                for (Path file : result.report.destination().written()) {
                    listening(report ->
                            report.written(result.report.destination().asked().format(), file));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        all(Report::close);
    }

    private void all(Event event) throws IOException {
        listening(event);
        for (Guarded result : results) {
            result.tell(event);
        }
    }

    private void listening(Event event) throws IOException {
        for (Report report : listening) {
            event.tell(report);
        }
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

        private void tell(Event event) throws IOException {
            if (!problem.isEmpty()) {
                return;
            }
            try {
                event.tell(report);
            } catch (ResultFileException e) {
                fail(e.getMessage());
            } catch (IOException e) {
                fail("cannot write " + report.destination().asked().path() + ": "
                        + Replacement.reason(report.destination().asked().path(), e));
            } catch (RuntimeException e) {
                fail("cannot write " + report.destination().asked().path() + ": " + e);
            }
        }

        private void fail(String message) throws IOException {
            problem = message;
            listening(other -> other.problem(message));
            try {
                report.close();
            } catch (IOException e) {
                // The problem has been told.
            }
        }
    }
}
