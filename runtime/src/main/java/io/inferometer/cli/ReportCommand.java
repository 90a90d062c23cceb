package io.inferometer.cli;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cli.options.SettingOptions;
import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.TokenCounting;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.LateChecks;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.report.JobReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.chart.SvgReport;
import io.inferometer.report.compare.Comparison;
import io.inferometer.report.compare.Judged;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.html.HtmlPage;
import io.inferometer.report.html.RunCourse;
import io.inferometer.report.imported.ImportedRun;
import io.inferometer.report.journal.JobJournal;
import io.inferometer.report.journal.JournalReplay;
import io.inferometer.report.output.JobResult;
import io.inferometer.report.output.ResultFiles;
import io.inferometer.workload.Objective;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows runs again from their journals, and beside each other. */
@Command(
        name = "report",
        sortOptions = false,
        customSynopsis = "java -jar JAR report [OPTION...] FILE...",
        header = {
            "Computes the result of a run from its journal: the same as the run showed, also of one that was cut",
            "off, in other formats, by another objective, with other percentiles. Reads results of vLLM's",
            "serving benchmark, bench_serving, SGLang's, GuideLLM, AIPerf and InferenceMAX too. Several runs are",
            "compared: throughput against interactivity, and what is not alike. With --merge several journals of",
            "one plan are one run: those that ran at the same time are its members, whose rates add up, and",
            "those of different times its forks.",
            ""
        },
        footer = {
            "",
            "Exit code: 0; 1 where a file could not be written or a line not be read; 2 where that can't be had;",
            "3 where no request of a run succeeded, so that there is nothing to report. That too many failed, or",
            "that the client was suspect, is what the exit code of the run itself tells.",
            "",
            "Examples:",
            "  java -jar JAR report inferometer-20261121-101112.journal.jsonl -rf csv -rff requests.csv",
            "  java -jar JAR report --merge monday.journal.jsonl tuesday.journal.jsonl -rff both.json",
            "  java -jar JAR report mine.journal.jsonl theirs-c4.json theirs-c16.json -rf svg -rff curve.svg"
        })
final class ReportCommand implements Subcommand {
    /** What several runs can be shown in together. */
    private static final Set<ResultFormat> OF_SEVERAL = EnumSet.of(ResultFormat.SVG, ResultFormat.HTML);

    /** What a journal's name ends with, which is that of the run's first result and more. */
    private static final String JOURNAL = "(?<=.)(\\.(json|csv|svg))?\\.journal\\.jsonl$";

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "A journal, or a result of another tool; results whose names differ by their last number alone are"
                            + " one sweep.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--gpus", paramLabel = "N", description = "How many GPUs the endpoint has, of runs that don't say.")
    private int gpus;

    @Option(
            names = "--merge",
            description =
                    "Take several journals of one plan for one run: those of one time, as from several machines, for its"
                            + " members, and those of different times for its forks. What is not of one plan, or"
                            + " overlaps in part, is refused.")
    private boolean merge;

    @Spec
    private CommandSpec command;

    @Mixin
    private final CommandSpec figures = SettingOptions.figures();

    @Mixin(name = "Results")
    private final CommandSpec results = SettingOptions.results();

    @Mixin(name = "Console")
    private final CommandSpec console = SettingOptions.console();

    @Mixin
    private HelpOptions help;

    private boolean force;
    private boolean saveDetailed;
    private Optional<Objective> objective = Optional.empty();
    private Optional<List<Double>> shown = Optional.empty();
    private final List<Comparison.Source> sources = new ArrayList<>();
    /** Of each of them, in the same order. */
    private final List<RunCourse> courses = new ArrayList<>();

    private boolean failed;
    private boolean without;

    @Override
    public String summary() {
        return "show and convert journals of earlier runs";
    }

    @Override
    public ExitCode run(CommandContext context) throws IOException {
        if (gpus < 0) {
            throw new UsageException("--gpus " + gpus + ": a number of GPUs is at least 1");
        }
        Options.Builder given = Options.of();
        SettingOptions.addTo(given, command);
        Options options = given.build();
        force = options.flag(Setting.FORCE);
        saveDetailed = options.flag(Setting.SAVE_DETAILED);
        Plan.Console told = Planner.console(options);
        context.showStackTraces(told.verbosity() == Plan.Verbosity.EXTRA);
        List<Plan.ResultFile> wanted = Planner.results(options, context.clock());
        if (wanted.stream().anyMatch(file -> file.format() == ResultFormat.JUNIT)) {
            throw new UsageException("-rf junit tells what was judged; it is had of run --require and of compare");
        }
        objective = Planner.objective(options);
        shown = Planner.percentiles(options);
        List<Path> paths = files.stream().map(ReportCommand::path).toList();
        Optional<Path> job = paths.stream().filter(JobJournal::is).findFirst();
        if (job.isPresent()) {
            return show(job.get(), wanted, told, context);
        }
        List<Path> journals =
                paths.stream().filter(path -> !ImportedRun.reads(path)).toList();
        for (Path path : journals) {
            ImportedRun.refusal(path).ifPresent(reason -> {
                throw new UsageException(reason);
            });
        }
        List<ImportedRun> others =
                ImportedRun.of(paths.stream().filter(ImportedRun::reads).toList());
        if (!others.isEmpty() && !told.dialects().isEmpty()) {
            throw new UsageException("--dialect needs a journal: "
                    + others.get(0).files().get(0) + " does not tell what the other tools look at");
        }
        List<List<Path>> runs = merge && !journals.isEmpty()
                ? List.of(journals)
                : journals.stream().map(List::of).toList();
        if (merge) {
            checkMerge(journals);
        }
        boolean whole = runs.size() + others.size() == 1;
        if (!whole) {
            checkDrawings(wanted);
        }
        try (ConsoleSink sink = ConsoleSink.open(told, context.screen(), force)) {
            ConsoleReport report = sink.report();
            for (List<Path> run : runs) {
                replay(run, report, whole ? wanted : List.of(), context);
            }
            for (ImportedRun run : others) {
                separate(report);
                read(run, report, whole ? wanted : List.of(), context);
            }
            if (sources.size() > 1) {
                report.show(Comparison.of(sources));
            }
            if (!whole) {
                draw(wanted, report);
            }
        }
        return failed ? ExitCode.FAILED : without ? ExitCode.TOO_MANY_FAILURES : ExitCode.OK;
    }

    /** Shows a job of the Batch API, which has nothing to be compared with. */
    private ExitCode show(Path journal, List<Plan.ResultFile> wanted, Plan.Console told, CommandContext context)
            throws IOException {
        if (files.size() > 1) {
            throw new UsageException(journal + " is of a batch job, which is shown alone");
        }
        JobReport report = JobJournal.read(journal).report();
        new ResultFiles(wanted, report.header(), force, false).check();
        try (ConsoleSink sink = ConsoleSink.open(told, context.screen(), force)) {
            sink.report().job().ended(report);
            for (Plan.ResultFile file : wanted) {
                JobResult.refusal(file.format()).ifPresent(reason -> {
                    throw new UsageException(reason);
                });
                JobResult.write(new Destination(file, trial -> file.path(), force), report);
                sink.report().written(file.format(), file.path());
            }
        }
        return report.figures().requests().completed() > 0 ? ExitCode.OK : ExitCode.TOO_MANY_FAILURES;
    }

    /** A run that is counted twice would make intervals narrower than they are. */
    private static void checkMerge(List<Path> journals) {
        Set<Path> known = new HashSet<>();
        for (Path journal : journals) {
            if (!known.add(journal.toAbsolutePath().normalize())) {
                throw new UsageException("--merge: " + journal + " is given twice");
            }
        }
        if (journals.size() < 2) {
            throw new UsageException("--merge needs two journals or more");
        }
    }

    private static void checkDrawings(List<Plan.ResultFile> wanted) {
        if (wanted.stream().anyMatch(file -> !OF_SEVERAL.contains(file.format()))) {
            throw new UsageException(
                    "a result file holds one run; several are drawn, with -rf html or svg, or converted one by one");
        }
    }

    private void separate(ConsoleReport report) {
        if (!sources.isEmpty()) {
            report.separate();
        }
    }

    private void replay(List<Path> run, ConsoleReport report, List<Plan.ResultFile> wanted, CommandContext context)
            throws IOException {
        separate(report);
        RunCourse course = new RunCourse(files.size());
        courses.add(course);
        JournalReplay replay = new JournalReplay(
                run, report, new JournalReplay.Output(wanted, force, saveDetailed, List.of(course), this::changed));
        try (LateChecks late = new LateChecks(context.workloads().working())) {
            replay.run(TokenCounting::of, late);
            late.complaint().ifPresent(context::tell);
        } catch (HarnessException e) {
            context.tell(e.getMessage(), e);
        }
        replay.notes().forEach(context::tell);
        Judged.of(replay.result()).forEach(report::show);
        if (!replay.problems().isEmpty()) {
            failed = true;
        }
        Path journal = run.get(0);
        String name = journal.getFileName().toString().replaceFirst(JOURNAL, "");
        add(name, journal, replay.result(), context);
    }

    private RunHeader changed(RunHeader header) {
        RunHeader known = header.withGpus(gpus);
        known = shown.map(known::withPercentiles).orElse(known);
        return objective.map(known::withObjective).orElse(known);
    }

    private void read(ImportedRun run, ConsoleReport report, List<Plan.ResultFile> wanted, CommandContext context)
            throws IOException {
        ImportedReport.Told told =
                new ImportedReport(gpus, objective, shown, force, saveDetailed).tell(run, report, wanted);
        failed |= !told.written();
        courses.add(RunCourse.untold(told.run()));
        add(run.name(), run.files().get(0), told.run(), context);
    }

    /** Under its path where another run has its name. */
    private void add(String name, Path path, RunReport run, CommandContext context) {
        RunOutcome.withoutSuccess(run).ifPresent(nothing -> {
            without = true;
            context.tell(nothing.text());
        });
        boolean taken = sources.stream().anyMatch(source -> source.name().equals(name));
        sources.add(new Comparison.Source(taken ? path.toString() : name, run));
    }

    private void draw(List<Plan.ResultFile> wanted, ConsoleReport report) throws IOException {
        new ResultFiles(wanted, sources.get(0).run().header(), force, false).check();
        for (Plan.ResultFile file : wanted) {
            Destination drawing = new Destination(file, trial -> file.path(), force);
            if (file.format() == ResultFormat.HTML) {
                HtmlPage page = new HtmlPage("").flags(Comparison.of(sources).differences());
                for (int i = 0; i < sources.size(); i++) {
                    page.run(sources.get(i).name(), sources.get(i).run(), courses.get(i));
                }
                page.write(drawing);
            } else {
                new SvgReport(drawing).draw(Comparison.of(sources));
            }
            report.written(file.format(), file.path());
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new UsageException("there is no file " + file);
        }
    }
}
