package io.inferometer.cli;

import io.inferometer.annotations.Setting;
import io.inferometer.cli.closing.ClosingLine;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cli.options.SettingOptions;
import io.inferometer.cli.options.WorkloadOptions;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.batch.JobOptions;
import io.inferometer.harness.batch.JobOutcome;
import io.inferometer.harness.batch.JobPlan;
import io.inferometer.harness.batch.JobPlanner;
import io.inferometer.harness.batch.JobRun;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.report.JobReport;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a job of the Batch API. */
@Command(
        name = "batch-job",
        sortOptions = false,
        customSynopsis = "java -jar JAR batch-job [OPTION...] WORKLOAD|--requests-file FILE",
        header = {
            "Measures a job of the Batch API: sends a file of requests, has the endpoint make a job of it, looks",
            "at it until it ends, fetches what came of it, and tells how long it queued, ran and was finalised,",
            "what it used and what failed. With --beside it measures what the job does to an interactive load.",
            ""
        },
        footer = {
            "",
            "Files:",
            "  Beside the journal, and by its name: .requests.jsonl with what was asked, .output.jsonl and",
            "  .errors.jsonl with what came of it. What there is already is replaced by --force alone.",
            "",
            "Interrupted:",
            "  The job goes on at the endpoint, and --resume JOURNAL goes on looking at it, with all other",
            "  options as they were; no job is made twice. With --cancel-on-interrupt it is cancelled.",
            "",
            "Examples:",
            "  java -jar JAR serve --port 8000 &",
            "  java -jar JAR batch-job Hello --base-url http://127.0.0.1:8000 --requests 500 --poll 1s",
            "  java -jar JAR batch-job --requests-file nightly.jsonl --base-url https://api.openai.com \\",
            "      --api-key-env OPENAI_API_KEY -rff nightly.json",
            "  java -jar JAR batch-job Hello --requests 500 --beside Hello --concurrency 4 -i 1 -r 30s \\",
            "      --base-url http://127.0.0.1:8000",
            "",
            "Exit codes:",
            "  0    the job has completed, and all its requests were answered",
            "  1    this program or the workload failed",
            "  2    what was asked for can't be done; nothing was sent",
            "  3    the job failed, expired or was cancelled, more of its requests failed than --max-failures",
            "       allows, or the endpoint could not be asked",
            "  130  interrupted by Ctrl-C; 143 by a signal to end"
        })
final class BatchJobCommand implements Subcommand {
    private final Runner runner;

    @Spec
    private CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "WORKLOAD",
            description =
                    "A regular expression that finds the workload whose requests the job has by a part of its name.")
    private String workload = "";

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description = "The value of a parameter of the workload, or of the one beside it. May be repeated.")
    private List<String> params = new ArrayList<>();

    @Option(
            names = "--requests-file",
            paramLabel = "FILE",
            description = "The requests, a JSON object on each line: custom_id, method, url and body.")
    private String requestsFile = "";

    @Option(
            names = "--completion-window",
            paramLabel = "TIME",
            description = "Within which the endpoint is to complete the job, as it says that. Default: 24h.")
    private String window = "24h";

    @Option(
            names = "--poll",
            paramLabel = "TIME",
            description = "How long the job is left alone between two looks at it. Default: 5s.")
    private String poll = "5s";

    @Option(
            names = "--beside",
            paramLabel = "WORKLOAD",
            description = "Run a workload before the job, during it, and after it.")
    private String beside = "";

    @Option(names = "--cancel-on-interrupt", description = "Cancel the job when this is interrupted.")
    private boolean cancelOnInterrupt;

    @Mixin(name = "Endpoint")
    private final CommandSpec endpoint = SettingOptions.without(SettingOptions.endpoint(), Setting.STREAMING);

    @Mixin(name = "Job")
    private final CommandSpec job = SettingOptions.job();

    @Mixin(name = "Load beside the job")
    private final CommandSpec load = SettingOptions.load();

    @Mixin(name = "Iterations of the load beside the job")
    private final CommandSpec extent = SettingOptions.only(
            SettingOptions.extent(),
            Setting.ITERATIONS,
            Setting.TIME,
            Setting.REQUESTS_PER_SLOT,
            Setting.SESSIONS,
            Setting.MAX_TURNS,
            Setting.ON_FAILED_TURN,
            Setting.WARMUP_ITERATIONS,
            Setting.WARMUP_TIME,
            Setting.WARMUP_REQUESTS,
            Setting.WARMUP_REQUESTS_PER_SLOT,
            Setting.WARMUP_SESSIONS,
            Setting.GRACE,
            Setting.NO_CLIENT_WARMUP);

    @Mixin(name = "Judgement of the load beside the job")
    private final CommandSpec judgement = SettingOptions.only(
            SettingOptions.judgement(), Setting.SLO, Setting.STRICT, Setting.CALIBRATE, Setting.PERCENTILES);

    @Mixin(name = "Results")
    private final CommandSpec results = SettingOptions.jobResults();

    @Mixin(name = "Journal")
    private final CommandSpec journal = SettingOptions.jobJournal();

    @Mixin(name = "Console")
    private final CommandSpec console = SettingOptions.without(SettingOptions.console(), Setting.DIALECT);

    @Mixin
    private HelpOptions help;

    /** Runs jobs; what it is given is interrupted where the process is. */
    @FunctionalInterface
    interface Runner {
        JobReport run(JobRun job, Plan plan) throws HarnessException, IOException, InterruptedException;
    }

    BatchJobCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public String summary() {
        return "measure a job of the Batch API";
    }

    @Override
    public ExitCode run(CommandContext context) throws Exception {
        JobOptions options = options();
        context.showStackTraces(Planner.console(options.options()).verbosity() == Plan.Verbosity.EXTRA);
        JobPlan plan = new JobPlanner(context.workloads(), context.environment(), context.clock()).plan(options);
        context.keep(plan.secrets(context.environment()));
        plan.beside().ifPresent(PlanCheck::check);
        try (ConsoleSink sink = ConsoleSink.open(
                plan.plan().console(), context.screen(), plan.plan().files().force())) {
            return run(context, plan, sink);
        }
    }

    private ExitCode run(CommandContext context, JobPlan plan, ConsoleSink sink) throws Exception {
        JobRun run = new JobRun(plan, context.environment(), sink.report().job(), sink.report());
        JobReport report;
        try {
            report = runner.run(run, plan.plan());
        } catch (PreFlightException e) {
            context.tell(new ClosingLine(context.environment()).of(plan.beside().orElseThrow(), e), e);
            return ExitCode.TOO_MANY_FAILURES;
        } catch (HarnessException | IOException e) {
            run.left().ifPresent(context::tell);
            throw e;
        }
        return exitCode(context, plan, report);
    }

    /** The job's own first; where that is well, that of the load beside it. */
    private static ExitCode exitCode(CommandContext context, JobPlan plan, JobReport report) {
        JobOutcome outcome = JobOutcome.of(report, plan.plan().judgement().maxFailures());
        if (!outcome.text().isEmpty()) {
            context.tell(outcome.text());
        }
        if (!outcome.ok() || !outcome.text().isEmpty() || report.beside().isEmpty()) {
            return outcome.code();
        }
        RunOutcome beside =
                RunOutcome.of(plan.beside().orElseThrow(), report.beside().get());
        new ClosingLine(context.environment()).of(beside).ifPresent(context::tell);
        return ClosingLine.exitCode(beside);
    }

    /** What the options that were read ask for. */
    JobOptions options() {
        Options.Builder given = workload.isEmpty() ? Options.of() : Options.of(workload);
        WorkloadOptions.addParams(given, params);
        SettingOptions.addTo(given, command);
        return new JobOptions(
                given.build(),
                requestsFile.isEmpty() ? Optional.empty() : Optional.of(file()),
                window,
                Planner.time("--poll", poll),
                beside,
                cancelOnInterrupt);
    }

    private Path file() {
        try {
            return Path.of(requestsFile);
        } catch (InvalidPathException e) {
            throw new UsageException("--requests-file: there is no file " + requestsFile.replace('\0', '?'));
        }
    }
}
