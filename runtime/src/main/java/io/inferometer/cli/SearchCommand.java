package io.inferometer.cli;

import io.inferometer.annotations.Setting;
import io.inferometer.cli.closing.ClosingLine;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cli.options.SettingOptions;
import io.inferometer.cli.options.WorkloadOptions;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.search.SearchOptions;
import io.inferometer.harness.search.SearchOutcome;
import io.inferometer.harness.search.SearchPlan;
import io.inferometer.harness.search.SearchPlanner;
import io.inferometer.harness.search.SearchRun;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.report.RunReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.output.Reports;
import io.inferometer.report.output.ResultFiles;
import io.inferometer.report.search.SearchAsked;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches the highest load under an objective. */
@Command(
        name = "search",
        sortOptions = false,
        customSynopsis = "java -jar JAR search [OPTION...] --rate FROM..TO|--concurrency FROM..TO WORKLOAD",
        header = {
            "Searches the highest load at which so many requests meet their limits: doubles it until they don't,",
            "then halves what is between, by ratio, and measures what it has found once more with all that run",
            "tells. Each load is a probe of 6 windows, which goes on until its bounds tell, or it is 8 times as",
            "long; what can't be told stays undecided, and is said.",
            ""
        },
        footer = {
            "",
            "A search takes about ten probes. With -r 10s (the default) and a lead of as long, each is 70 s and",
            "what is in flight then; nothing is in flight between them, and no prompt is sent twice.",
            "",
            "Interrupted:",
            "  The bracket that is known so far is told, and --resume JOURNAL goes on with it.",
            "",
            "Examples:",
            "  java -jar JAR search Hello --rate 1..64 --slo ttft=200,tpot=20",
            "  java -jar JAR search Hello --concurrency 1..512 --slo e2el=5000 --attainment 95%% -r 30s",
            "  java -jar JAR search Hello --concurrency 1..512 --max outputTokensPerSecond",
            "  java -jar JAR search Hello --rate 1..64 --slo ttft=200 -rf json -rff found.json -rf svg -rff found.svg",
            "",
            "Exit codes:",
            "  0    there is a bracket, or the upper end is met: at least that",
            "  1    this program or the workload failed",
            "  2    what was asked for can't be done; nothing was sent",
            "  3    no request succeeded, or the pre-flight failed",
            "  4    the client is suspect of having slowed itself down, and --strict was given",
            "  5    the lower end misses the limits",
            "  6    no load is met for certain, or the fresh run does not confirm the one that was found",
            "  130  interrupted by Ctrl-C; 143 by a signal to end"
        })
final class SearchCommand implements Subcommand {
    private final Runner runner;

    @Spec
    private CommandSpec command;

    @Mixin
    private WorkloadOptions workloads;

    @Mixin(name = "Endpoint")
    private final CommandSpec endpoint = SettingOptions.endpoint();

    @Mixin(name = "What is searched (one of the first two)")
    private final CommandSpec load = SettingOptions.searched();

    @Option(
            names = "--attainment",
            paramLabel = "SHARE",
            description = "How many of its requests must meet the limits for a load to be met. Default: 99%%.")
    private String attainment;

    @Option(
            names = "--max",
            paramLabel = "RATE",
            description = "In place of --slo: the knee of a rate, the least load that gives as much as any but for the"
                    + " tolerance; outputTokensPerSecond, inputTokensPerSecond or requestsPerSecond.")
    private String max;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            description =
                    "How far apart the ends of the bracket may be, and with --max how much less than the greatest rate"
                            + " is as much. Default: 5%%.")
    private String tolerance = "5%";

    @Mixin(name = "Probes")
    private final CommandSpec extent = SettingOptions.probes();

    @Mixin(name = "Judgement")
    private final CommandSpec judgement = SettingOptions.only(
            SettingOptions.judgement(),
            Setting.SLO,
            Setting.STRICT,
            Setting.CALIBRATE,
            Setting.PERCENTILES,
            Setting.FAIL_ON_ERROR);

    @Mixin(name = "Seed")
    private final CommandSpec seed = SettingOptions.only(SettingOptions.forks(), Setting.SEED);

    @Mixin(name = "Results")
    private final CommandSpec results = SettingOptions.results(SearchPlanner.formats());

    @Mixin(name = "Journal")
    private final CommandSpec journal = SettingOptions.journal();

    @Mixin(name = "Console")
    private final CommandSpec console = SettingOptions.console();

    @Mixin(name = "Live page")
    private final CommandSpec live = SettingOptions.live();

    @Mixin
    private HelpOptions help;

    /** Runs searches; what it is given is interrupted where the process is. */
    @FunctionalInterface
    interface Runner {
        RunReport run(SearchRun search, Plan plan) throws HarnessException, IOException, InterruptedException;
    }

    SearchCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public String summary() {
        return "search the highest load under an objective";
    }

    @Override
    public ExitCode run(CommandContext context) throws Exception {
        SearchOptions options = options();
        context.showStackTraces(Planner.console(options.options()).verbosity() == Plan.Verbosity.EXTRA);
        SearchPlan search =
                new SearchPlanner(context.workloads(), context.environment(), context.clock()).plan(options);
        Plan plan = search.plan();
        context.keep(plan.secrets(context.environment()));
        PlanCheck.check(plan);
        ResultFiles files = ResultFiles.of(plan, RunHeader.of(plan));
        files.check();
        try (ConsoleSink sink =
                ConsoleSink.open(plan.console(), context.screen(), plan.files().force())) {
            Reports reports = new Reports(List.of(sink.report()), files);
            RunReport run = runner.run(new SearchRun(search, context.environment(), reports), plan);
            SearchOutcome outcome = SearchOutcome.of(plan, run);
            if (!outcome.text().isEmpty()) {
                context.tell(outcome.text());
            }
            return reports.problems().isEmpty() ? outcome.code() : ExitCode.FAILED;
        } catch (PreFlightException e) {
            context.tell(new ClosingLine(context.environment()).of(plan, e), e);
            return ExitCode.TOO_MANY_FAILURES;
        }
    }

    /** What the options that were read ask for. */
    SearchOptions options() {
        Options.Builder given = workloads.options();
        SettingOptions.addTo(given, command);
        Options all = given.build();
        Optional<String> rate = all.text(Setting.RATE);
        Optional<String> concurrency = all.text(Setting.CONCURRENCY);
        if (rate.isPresent() == concurrency.isPresent()) {
            throw new UsageException("a search is of one range of loads: give --rate 1..64, or --concurrency 1..512");
        }
        SearchOptions search = rate.isPresent()
                ? SearchOptions.range(SearchAsked.Axis.RATE, rate.get(), without(all, Setting.RATE))
                : SearchOptions.range(
                        SearchAsked.Axis.CONCURRENCY, concurrency.get(), without(all, Setting.CONCURRENCY));
        search = search.tolerance(Planner.share("--tolerance", tolerance));
        if (max != null && attainment != null) {
            throw new UsageException("--attainment is of --slo; with --max it has no meaning");
        }
        if (max != null) {
            return search.max(max);
        }
        return attainment == null ? search : search.attainment(Planner.share("--attainment", attainment));
    }

    private static Options without(Options all, Setting setting) {
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        settings.putAll(all.settings());
        settings.remove(setting);
        return new Options(all.workloads(), all.excludes(), settings, all.params(), all.resume(), all.variables());
    }
}
