package io.inferometer.report.console;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.judge.search.SearchRule;
import io.inferometer.plan.Plan.Verbosity;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Failure;
import io.inferometer.report.IterationReport;
import io.inferometer.report.JobListener;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Comparison;
import io.inferometer.report.console.trace.ClosingTraces;
import io.inferometer.report.gate.SearchSheets;
import io.inferometer.report.gate.Sheet;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.imported.ImportedRun;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.search.SearchWords;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Metric;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.stats.dialect.Dialect;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A run as text, in the manner of JMH: header lines that begin with {@code #}, a line for each iteration, and tables at
 * the end. Plain ASCII, at most 120 columns but for what others have written.
 */
public final class ConsoleReport implements Report {
    private static final int WARMUP_MESSAGES = 3;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Screen screen;
    private final Verbosity verbosity;
    private final DialectTable dialects;
    private RunProgress progress;
    private Narrowness narrowness;
    private List<String> trialLines = List.of();
    private String iterationName = "";
    private Load load;
    private Duration lastLine = Duration.ZERO;
    private boolean resultsBegun;
    private boolean searching;

    /**
     * @param out where to; flushed after each line
     * @param terminal whether {@code out} shows a line that is written again in place
     * @param verbosity how much is told
     */
    public ConsoleReport(PrintStream out, boolean terminal, Verbosity verbosity) {
        this(out, terminal, verbosity, List.of());
    }

    /**
     * @param out where to; flushed after each line
     * @param terminal whether {@code out} shows a line that is written again in place
     * @param verbosity how much is told
     * @param dialects in whose words the run is told too
     */
    public ConsoleReport(PrintStream out, boolean terminal, Verbosity verbosity, List<Dialect> dialects) {
        this.dialects = new DialectTable(dialects);
        screen = new Screen(out, terminal);
        this.verbosity = verbosity;
    }

    @Override
    public void runStarted(RunHeader header) {
        progress = new RunProgress(header);
        narrowness = new Narrowness(header);
        dialects.runStarted(header);
        trialLines = List.of();
        resultsBegun = false;
        HeaderLines.of(header).forEach(line -> print("# " + line));
    }

    @Override
    public void searching(SearchAsked asked) {
        progress.openEnded();
        searching = true;
        Page.wrapped("# Search: ", SearchWords.question(asked)).forEach(this::print);
        Page.wrapped(
                        "# Probes: ",
                        SearchRule.WINDOWS + " windows of " + Format.setting(asked.window()) + " after "
                                + Format.setting(asked.lead()) + " that are not judged, up to " + SearchRule.mostTimes()
                                + " times until it can be told")
                .forEach(this::print);
    }

    @Override
    public void planned(RunHeader header) {
        progress.goesOnWith(header);
        narrowness = new Narrowness(header);
    }

    @Override
    public void probed(SearchReport known) {
        Page.wrapped("# ", SearchWords.last(known)).forEach(this::print);
    }

    @Override
    public void preFlight(String line) {
        print("# Pre-flight: " + line);
    }

    @Override
    public void note(String line) {
        print("# Note: " + line);
    }

    @Override
    public void trialStarted(TrialHeader trial) {
        dialects.trialStarted(trial);
        List<String> lines = HeaderLines.of(trial).stream()
                .filter(line -> !searching || told(line))
                .toList();
        List<String> further =
                lines.stream().filter(line -> !trialLines.contains(line)).toList();
        if (!trialLines.isEmpty() && (trial.side().isEmpty() || !further.isEmpty())) {
            print("");
        }
        further.forEach(line -> print("# " + line));
        trialLines = lines;
        if (trial.side().isEmpty()) {
            print("");
            print("# Run progress: " + progress.line());
        }
    }

    /** How long the probes of a search are is told of all of them. */
    private static boolean told(String line) {
        return !line.startsWith("Measurement: ") && !line.equals("Warmup: none");
    }

    @Override
    public void forkStarted(TrialHeader trial, int fork) {
        if (trial.forks().count() > 0) {
            trial.side().ifPresent(side -> print(""));
            print("# Fork: " + (fork + 1) + " of " + trial.forks().count()
                    + trial.side()
                            .map(side -> " of " + side.letter() + ", " + progress.line())
                            .orElse(""));
        }
    }

    @Override
    public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) {
        iterationName =
                (warmup ? "# Warmup iteration " : "Iteration ") + String.format(Locale.ROOT, "%3d", iteration + 1);
        load = trial.schedule().load(warmup);
        lastLine = Duration.ZERO;
    }

    @Override
    public void iterationResumed(TrialHeader trial, boolean warmup, int iteration) {
        dialects.iterationResumed(trial, warmup, iteration);
        print((warmup ? "" : "# ") + iterationName + ": interrupted, and gone on with");
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        progress.ended(record);
        dialects.requestEnded(record, metrics);
        if (verbosity == Verbosity.EXTRA && !record.succeeded()) {
            print("# Request " + record.index() + ": " + record.outcome().label() + ", " + record.error());
        }
    }

    @Override
    public void checkThrew(Supplier<String> trace) {
        if (verbosity == Verbosity.EXTRA) {
            trace.get().lines().forEach(line -> print("# " + line));
        }
    }

    @Override
    public void progress(long done, OptionalLong total, Duration elapsed) {
        boolean due = screen.terminal() || elapsed.minus(lastLine).compareTo(BETWEEN_LINES) >= 0;
        if (verbosity == Verbosity.SILENT || !due) {
            return;
        }
        lastLine = elapsed;
        String line = iterationName + ": " + stage(elapsed) + RunProgress.iteration(done, total, elapsed);
        if (screen.terminal()) {
            screen.printInPlace(line);
        } else {
            print(line.startsWith("#") ? line : "# " + line);
        }
    }

    /** Which stage of the load is on; nothing where it has none. */
    private String stage(Duration elapsed) {
        if (!(load instanceof StagedLoad staged)) {
            return "";
        }
        int stage = staged.stageAt(elapsed.toNanos());
        return "stage " + (stage + 1) + " of " + staged.stages().size() + " ("
                + Format.stage(staged.kind(), staged.stages().get(stage)) + "), ";
    }

    @Override
    public void iterationEnded(IterationReport iteration) {
        progress.iterationEnded(iteration);
        dialects.iterationEnded(iteration);
        print(iterationName + ": " + line(iteration.summary()));
        narrowness.line(iteration).ifPresent(this::print);
        iteration.suspect().ifPresent(suspect -> print("#   The client is suspect: " + suspect.text()));
        if (iteration.warmup()) {
            // Those of measured iterations stand at the end.
            Failure.lines(iteration.failures(), WARMUP_MESSAGES).forEach(line -> print("#   " + line));
            if (givenUp(iteration)) {
                print("#   No request succeeded: nothing is measured, and the next trial follows");
            }
        }
    }

    /** Whether a warm-up iteration ended its trial, and there are others. */
    private boolean givenUp(IterationReport iteration) {
        Summary.Outcomes outcomes = iteration.summary().outcomes();
        return outcomes.failed() > 0 && outcomes.succeeded() == 0 && !progress.last(iteration.trial());
    }

    private static String line(Summary summary) {
        StringBuilder line = new StringBuilder(Format.count(summary.outcomes().total(), "request"));
        if (summary.outcomes().succeeded() > 0) {
            line.append(" in ").append(Format.seconds(summary.throughput().durationNanos()));
        }
        if (summary.outcomes().failed() > 0) {
            line.append(", ").append(Format.count(summary.outcomes().failed())).append(" failed");
        }
        if (summary.outcomes().succeeded() > 0) {
            for (Metric metric : List.of(Metric.TTFT, Metric.TPOT, Metric.E2EL)) {
                if (!summary.metric(metric).isEmpty()) {
                    line.append(", ").append(metric.label()).append(' ');
                    line.append(Format.briefMillis(summary.metric(metric).percentile(50)));
                }
            }
            Summary.Throughput throughput = summary.throughput();
            line.append(" (p50), ")
                    .append(
                            Double.isNaN(throughput.itemsPerSecond())
                                    ? Format.brief(throughput.outputTokensPerSecond()) + " output tokens/s"
                                    : Format.brief(throughput.itemsPerSecond()) + " items/s");
        }
        return line.toString();
    }

    @Override
    public void runEnded(RunReport report) {
        print("");
        print(
                report.complete()
                        ? "# Run complete. Total time: " + Format.clock(progress.elapsed())
                        : "# Run NOT complete: " + report.end().text() + ". What there is:");
        print("");
        tables(report.ofConfirmation());
        report.search().ifPresent(this::show);
    }

    private void tables(RunReport report) {
        if (report.trials().isEmpty()) {
            print(
                    report.search().isPresent()
                            ? "No fresh run has confirmed a load."
                            : "No measured iteration has run.");
        } else {
            new ClosingTables(report).lines().forEach(this::print);
            new ClosingIntervals(report).lines().forEach(this::print);
            ClosingPrecision.lines(report).forEach(this::print);
            new ClosingBatches(report).lines().forEach(this::print);
            new ClosingTraces(report).lines().forEach(this::print);
            dialects.lines(report).forEach(this::print);
            ClientLines.of(report).forEach(this::print);
        }
        new ClosingNotes(report).lines().forEach(this::print);
    }

    private void show(SearchReport search) {
        Sheet probes = SearchSheets.probes(search);
        separate();
        Page.wrapped("# Searched: ", SearchWords.question(search.asked())).forEach(this::print);
        print("");
        if (!probes.rows().isEmpty()) {
            probes.table().forEach(this::print);
            print("");
        }
        probes.notes().forEach(note -> Page.wrapped("  ", note).forEach(this::print));
        Page.wrapped("# Found: ", SearchWords.sentence(search)).forEach(this::print);
    }

    /** Shows a job of the Batch API, on the same screen. */
    public JobListener job() {
        return new JobConsole(screen, verbosity);
    }

    /** Leaves a line between two runs. */
    public void separate() {
        print("");
    }

    /** Shows a run that another tool has measured. */
    public void show(ImportedRun.Result result) {
        RunReport run = result.report();
        for (TrialReport trial : run.trials()) {
            String description = trial.header().work().description();
            print("# File: " + result.places().get(trial.header().index())
                    + (description.isEmpty() ? "" : " (" + description + ")"));
            print("# Model: "
                    + (trial.header().model().isEmpty()
                            ? "not told"
                            : trial.header().model()));
            print("# Load: " + Format.load(trial.header().load()));
        }
        print("");
        new ClosingTables(run).lines().forEach(this::print);
        result.beside().forEach(this::print);
        new ClosingNotes(run).lines().forEach(this::print);
    }

    /** Shows what was judged. */
    public void show(Sheet sheet) {
        separate();
        print("# Judged: " + sheet.title());
        print("");
        sheet.about().forEach(line -> Page.wrapped("  ", line).forEach(this::print));
        if (!sheet.rows().isEmpty()) {
            if (!sheet.about().isEmpty()) {
                print("");
            }
            sheet.table().forEach(this::print);
            print("");
        }
        sheet.notes().forEach(note -> Page.wrapped("  ", note).forEach(this::print));
        print("# Verdict: " + sheet.verdict());
    }

    /** Shows runs beside each other, beneath what has been told of each. */
    public void show(Comparison comparison) {
        separate();
        print("# Comparison");
        print("");
        ComparisonTable.lines(comparison).forEach(this::print);
    }

    @Override
    public void written(ResultFormat format, Path file) {
        if (!resultsBegun) {
            resultsBegun = true;
            print("");
        }
        print("# Result: " + file + " (" + format.name().toLowerCase(Locale.ROOT) + ")");
    }

    /** Told at any verbosity. */
    @Override
    public void problem(String message) {
        screen.print(message);
    }

    private void print(String line) {
        if (verbosity != Verbosity.SILENT) {
            screen.print(line);
        }
    }
}
