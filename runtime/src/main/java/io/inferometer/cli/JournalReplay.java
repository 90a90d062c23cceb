package io.inferometer.cli;

import io.inferometer.instrument.Health;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.JournalReader;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.ConsoleReport;
import io.inferometer.report.Replay;
import io.inferometer.report.Reports;
import io.inferometer.report.ResultFiles;
import io.inferometer.report.RunHeader;
import io.inferometer.report.RunReport;
import io.inferometer.report.RunReportBuilder;
import io.inferometer.report.TrialHeader;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.TokenAccounting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tells the reports what a journal says. */
final class JournalReplay implements JournalReader.Visitor {
    private final Path journal;
    private final ConsoleReport console;
    private final List<Plan.ResultFile> files;
    private final boolean force;
    private final boolean detailed;
    private final int gpus;
    private Function<TrialHeader, TokenAccounting> accounting;
    private RunHeader header;
    private Reports reports;
    private Replay replay;
    private boolean torn;
    private RunReport result;

    JournalReplay(
            Path journal,
            ConsoleReport console,
            List<Plan.ResultFile> files,
            boolean force,
            boolean detailed,
            int gpus) {
        this.journal = journal;
        this.console = console;
        this.files = files;
        this.force = force;
        this.detailed = detailed;
        this.gpus = gpus;
    }

    /**
     * Reads it to its end.
     *
     * @param counting gives what counts the tokens of a trial
     * @throws UsageException if it can't be read
     * @throws IOException if a report can't be written
     */
    void run(Function<TrialHeader, TokenAccounting> counting) throws IOException {
        accounting = counting;
        try {
            JournalReader.Ending ending = read();
            torn = ending.torn();
            result = replay.end(ending.complete(), ending.reason());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (reports != null) {
                reports.close();
            }
        }
    }

    /** What the run came to. */
    RunReport result() {
        return result;
    }

    /** Whether the last line was left out. */
    boolean torn() {
        return torn;
    }

    /** What could not be written, a line each. */
    List<String> problems() {
        return reports.problems();
    }

    private JournalReader.Ending read() {
        try {
            return JournalReader.read(journal, this);
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
    }

    @Override
    public void header(Map<String, Object> run) {
        try {
            header = RunHeader.ofMap(run).withGpus(gpus);
        } catch (IllegalArgumentException e) {
            throw new UsageException(journal + " is not the journal of a run: " + e.getMessage());
        }
        tell(() -> {
            ResultFiles results = new ResultFiles(files, header, force, detailed);
            results.check();
            reports = new Reports(console, results);
            replay = new Replay(header, new RunReportBuilder(header, accounting), reports);
        });
    }

    @Override
    public void iterationStarted(IterationSpan span) {
        checkTrial(span.trial());
        tell(() -> replay.iterationStarted(span.trial(), span.fork(), span.warmup(), span.iteration()));
    }

    @Override
    public void iterationEnded(IterationSpan span, Map<String, Object> health) {
        Optional<Health> seen = health.isEmpty() ? Optional.empty() : Optional.of(Health.ofMap(health));
        tell(() -> replay.iterationEnded(seen));
    }

    @Override
    public void clientOverhead(int trial, int fork, Map<String, Object> overhead) {
        checkTrial(trial);
        replay.clientOverhead(trial, ClientOverhead.ofMap(overhead));
    }

    @Override
    public void request(RequestRecord request) {
        checkTrial(request.trial());
        tell(() -> replay.add(request));
    }

    private void checkTrial(int trial) {
        if (header.trials().stream().noneMatch(known -> known.index() == trial)) {
            throw new UsageException(journal + " is not the journal of a run: it has no trial " + trial);
        }
    }

    private interface Telling {
        void tell() throws IOException;
    }

    private void tell(Telling telling) {
        try {
            telling.tell();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
