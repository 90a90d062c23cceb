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
import io.inferometer.report.console.page.Page;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.console.progress.IterationProgress;
import io.inferometer.report.console.progress.Narrowness;
import io.inferometer.report.console.progress.RunProgress;
import io.inferometer.report.console.server.ClosingServer;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run as text, in the manner of JMH: header lines that begin with {@code #}, a line for each iteration, and tables at
 * the end. Plain ASCII, and no line longer than the screen is wide, but for names, paths and URLs, which can be copied.
 */
public final class ConsoleReport implements Report {
    private static final int WARMUP_MESSAGES = 3;
    /** Further lines of a comment stand beneath what its name is followed by, if that is no longer. */
    private static final int INDENT = 20;

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Screen screen;
    private final Page page;
    private final Verbosity verbosity;
    private final DialectTable dialects;
    private RunProgress progress;
    private Narrowness narrowness;
    private List<String> trialLines = List.of();
    private IterationProgress iteration;
    private Duration lastLine = Duration.ZERO;
    private boolean resultsBegun;
    private boolean searching;
    private boolean introducing;

    /**
     * @param screen where to
     * @param verbosity how much is told
     * @param dialects in whose words the run is told too
     */
    public ConsoleReport(Screen screen, Verbosity verbosity, List<Dialect> dialects) {
        this.dialects = new DialectTable(dialects);
        this.screen = screen;
        this.page = screen.page();
        this.verbosity = verbosity;
    }

    /** The run begins with what somebody should know who has asked for nothing. */
    public void introduce() {
        introducing = true;
    }

    @Override
    public void runStarted(RunHeader header) {
        progress = new RunProgress(header);
        narrowness = new Narrowness(header);
        dialects.runStarted(header);
        trialLines = List.of();
        resultsBegun = false;
        if (introducing) {
            Introduction.lines(header).forEach(this::comment);
        }
        HeaderLines.of(header).forEach(this::comment);
    }

    @Override
    public void searching(SearchAsked asked) {
        progress.openEnded();
        searching = true;
        page.wrapped("# Search: ", SearchWords.question(asked)).forEach(this::print);
        page.wrapped(
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
        page.wrapped("# ", SearchWords.last(known)).forEach(this::print);
    }

    /** Told at any verbosity: who asks for a page has to find it. */
    @Override
    public void live(String address) {
        screen.print("# Live: " + address);
    }

    @Override
    public void preFlight(String line) {
        comment("Pre-flight: " + line);
    }

    @Override
    public void note(String line) {
        comment("Note: " + line);
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
        further.forEach(this::comment);
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
        this.iteration = new IterationProgress(trial, warmup, iteration);
        lastLine = Duration.ZERO;
    }

    @Override
    public void iterationResumed(TrialHeader trial, boolean warmup, int iteration) {
        dialects.iterationResumed(trial, warmup, iteration);
        print((warmup ? "" : "# ") + this.iteration.name() + ": interrupted, and gone on with");
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        progress.ended(record);
        iteration.ended(record, metrics);
        dialects.requestEnded(record, metrics);
        if (verbosity == Verbosity.EXTRA && !record.succeeded()) {
            page.wrapped("# Request " + record.index() + ": ", record.outcome().label() + ", " + record.error())
                    .forEach(this::print);
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
        iteration.passed(done, elapsed);
        boolean due = screen.terminal() || elapsed.minus(lastLine).compareTo(BETWEEN_LINES) >= 0;
        if (verbosity == Verbosity.SILENT || !due) {
            return;
        }
        lastLine = elapsed;
        String start = screen.terminal() || iteration.name().startsWith("#") ? "" : "# ";
        String line = start + iteration.line(done, total, elapsed, page.width() - 1 - start.length());
        if (screen.terminal()) {
            screen.printInPlace(line);
        } else {
            print(line);
        }
    }

    @Override
    public void iterationEnded(IterationReport ended) {
        progress.iterationEnded(ended);
        dialects.iterationEnded(ended);
        lines(iteration.name() + ": ", ended.summary()).forEach(this::print);
        narrowness.line(ended).ifPresent(this::aside);
        ended.suspect().ifPresent(suspect -> aside("The client is suspect: " + suspect.text()));
        if (ended.warmup()) {
            // Those of measured iterations stand at the end.
            Failure.lines(ended.failures(), WARMUP_MESSAGES).forEach(this::aside);
            if (givenUp(ended)) {
                aside("No request succeeded: nothing is measured, and the next trial follows");
            }
        }
    }

    /** Whether a warm-up iteration ended its trial, and there are others. */
    private boolean givenUp(IterationReport iteration) {
        Summary.Outcomes outcomes = iteration.summary().outcomes();
        return outcomes.failed() > 0 && outcomes.succeeded() == 0 && !progress.last(iteration.trial());
    }

    /** In one line, or where that is too long in two. */
    private List<String> lines(String start, Summary summary) {
        String came = came(summary);
        String latencies = latencies(summary);
        String all = start + came + (latencies.isEmpty() ? "" : ", " + latencies);
        if (all.length() <= page.width() || latencies.isEmpty()) {
            return List.of(all);
        }
        String indent = (start.startsWith("#") ? "#" : " ") + " ".repeat(start.length() - 1);
        return Stream.of(page.wrapped(start, came + ","), page.wrapped(indent, latencies))
                .flatMap(List::stream)
                .toList();
    }

    private static String came(Summary summary) {
        Summary.Outcomes outcomes = summary.outcomes();
        Summary.Throughput throughput = summary.throughput();
        String all = Format.count(outcomes.total(), "request");
        String failed = outcomes.failed() > 0 ? ", " + Format.count(outcomes.failed()) + " failed" : "";
        if (outcomes.succeeded() == 0) {
            return all + failed;
        }
        return all + " in " + Format.seconds(throughput.durationNanos()) + failed + ", "
                + (Double.isNaN(throughput.itemsPerSecond())
                        ? Format.brief(throughput.outputTokensPerSecond()) + " output tokens/s"
                        : Format.brief(throughput.itemsPerSecond()) + " items/s");
    }

    /** {@code p50 ttft 51.0 ms, tpot 10.2 ms, e2el 695 ms}. */
    private static String latencies(Summary summary) {
        String all = Stream.of(Metric.TTFT, Metric.TPOT, Metric.E2EL)
                .filter(metric -> !summary.metric(metric).isEmpty())
                .map(metric -> metric.label() + " "
                        + Format.briefMillis(summary.metric(metric).percentile(50)))
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : "p50 " + all;
    }

    @Override
    public void runEnded(RunReport report) {
        print("");
        comment(
                report.complete()
                        ? "Run complete. Total time: " + Format.clock(progress.elapsed())
                        : "Run NOT complete: " + report.end().text() + ". What there is:");
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
            new ClosingTables(report, page).lines().forEach(this::print);
            new ClosingIntervals(report, page).lines().forEach(this::print);
            ClosingPrecision.lines(report, page).forEach(this::print);
            new ClosingBatches(report, page).lines().forEach(this::print);
            new ClosingTraces(report, page).lines().forEach(this::print);
            new ClosingServer(report, page).lines().forEach(this::print);
            dialects.lines(report, page).forEach(this::print);
            ClientLines.of(report, page).forEach(this::print);
        }
        new ClosingNotes(report, page).lines().forEach(this::print);
    }

    private void show(SearchReport search) {
        Sheet probes = SearchSheets.probes(search);
        separate();
        page.wrapped("# Searched: ", SearchWords.question(search.asked())).forEach(this::print);
        print("");
        if (!probes.rows().isEmpty()) {
            page.table(probes.table()).forEach(this::print);
            print("");
        }
        probes.notes().forEach(note -> page.wrapped("  ", note).forEach(this::print));
        page.wrapped("# Found: ", SearchWords.sentence(search)).forEach(this::print);
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
            comment("File: " + result.places().get(trial.header().index())
                    + (description.isEmpty() ? "" : " (" + description + ")"));
            comment("Model: "
                    + (trial.header().model().isEmpty()
                            ? "not told"
                            : trial.header().model()));
            comment("Load: " + Format.load(trial.header().load()));
        }
        print("");
        new ClosingTables(run, page).lines().forEach(this::print);
        result.beside().forEach(this::print);
        new ClosingNotes(run, page).lines().forEach(this::print);
    }

    /** Shows what was judged. */
    public void show(Sheet sheet) {
        separate();
        comment("Judged: " + sheet.title());
        print("");
        sheet.about().forEach(line -> page.wrapped("  ", line).forEach(this::print));
        if (!sheet.rows().isEmpty()) {
            if (!sheet.about().isEmpty()) {
                print("");
            }
            page.table(sheet.table()).forEach(this::print);
            print("");
        }
        sheet.notes().forEach(note -> page.wrapped("  ", note).forEach(this::print));
        comment("Verdict: " + sheet.verdict());
    }

    /** Shows runs beside each other, beneath what has been told of each. */
    public void show(Comparison comparison) {
        separate();
        print("# Comparison");
        print("");
        ComparisonTable.lines(comparison, page).forEach(this::print);
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

    /** A line of the header, or one like it. */
    private void comment(String line) {
        int colon = line.indexOf(": ");
        int end = colon < 0 || colon > INDENT ? 0 : colon + 2;
        page.wrapped("# " + line.substring(0, end), line.substring(end)).forEach(this::print);
    }

    /** What is to be said of the line before. */
    private void aside(String text) {
        page.wrapped("#   ", text).forEach(this::print);
    }

    private void print(String line) {
        if (verbosity != Verbosity.SILENT) {
            screen.print(line);
        }
    }
}
