package io.inferometer.cli;

import io.inferometer.cli.options.GateOptions;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cli.options.OneWord;
import io.inferometer.cli.options.OptionWords;
import io.inferometer.cli.options.ParseErrors;
import io.inferometer.cli.options.SettingOptions;
import io.inferometer.cli.options.ShellWords;
import io.inferometer.cli.options.WorkloadOptions;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.ab.AbOptions;
import io.inferometer.plan.ab.AbPlan;
import io.inferometer.plan.ab.AbPlanner;
import io.inferometer.plan.resolve.Planner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges B beside A, both measured in turns, and makes it an exit code. */
@Command(
        name = "ab",
        sortOptions = false,
        customSynopsis = "java -jar JAR ab WORKLOAD [--a 'OPTIONS'] [--b 'OPTIONS'] [OPTION...]",
        header = {
            "Tells a regression from noise where both sides can be measured now: runs a workload as A and as B,",
            "a fork of each in turns, A B B A A B B A, so that drift falls on both, and judges each fork of B",
            "beside its neighbour of A by a paired test. A and B may differ in anything that an option of run",
            "sets. Both are sent prompts of the same lengths, and no text twice.",
            ""
        },
        footer = {
            "",
            "OPTIONS are split into words as a shell does, with nothing expanded. They win over the options",
            "outside, which both sides have. There is one journal: report shows the run and its verdict again,",
            "compare judges it by other gates, and --resume goes on with one that was interrupted.",
            "",
            "Examples:",
            "  java -jar JAR ab Hello --a '--base-url http://old:8000' --b '--base-url http://new:8000'",
            "  java -jar JAR ab Hello --concurrency 16 -i 3 -r 20s --b '--extra-body \"{\\\"top_k\\\": 1}\"'",
            "  java -jar JAR ab Hello --a '--transport jdk' --b '--transport nio' -f 8 --gate 'ttft.p50 2%%'",
            "",
            "Exit codes:",
            "  0    it is proven that no figure of B is worse by its margin, and all is as --require asks",
            "  5    one is worse, and not by chance, or is not as --require asks",
            "  6    neither can be told",
            "  1, 2, 3, 4, 130 and 143 as those of run; there is no verdict then"
        })
final class AbCommand implements Subcommand {
    private final RunCommand.PlanRunner runner;

    @Spec
    private CommandSpec command;

    @Mixin
    private WorkloadOptions workloads;

    @Option(
            names = "--a",
            paramLabel = "'OPTIONS'",
            parameterConsumer = OneWord.class,
            description = "What A has besides: options of run, in one word.")
    private String a = "";

    @Option(
            names = "--b",
            paramLabel = "'OPTIONS'",
            parameterConsumer = OneWord.class,
            description = "What B has besides.")
    private String b = "";

    @Mixin
    private GateOptions gates;

    @Mixin(name = "Endpoint")
    private final CommandSpec endpoint = SettingOptions.endpoint();

    @Mixin(name = "Load")
    private final CommandSpec load = SettingOptions.load();

    @Mixin(name = "Iterations")
    private final CommandSpec extent = SettingOptions.extent();

    @Mixin(name = "Forks of each side (5, unless -f says otherwise)")
    private final CommandSpec forks = SettingOptions.forks();

    @Mixin(name = "Judgement")
    private final CommandSpec judgement = SettingOptions.judgement();

    @Mixin(name = "Results")
    private final CommandSpec results = SettingOptions.results();

    @Mixin(name = "Journal")
    private final CommandSpec journal = SettingOptions.journal();

    @Mixin(name = "Console")
    private final CommandSpec console = SettingOptions.console();

    @Mixin(name = "Live page")
    private final CommandSpec live = SettingOptions.live();

    @Mixin
    private HelpOptions help;

    AbCommand(RunCommand.PlanRunner runner) {
        this.runner = runner;
    }

    @Override
    public String summary() {
        return "measure two sides in turns and judge one beside the other: an exit code";
    }

    @Override
    public ExitCode run(CommandContext context) throws Exception {
        AbOptions asked = asked();
        context.showStackTraces(Planner.console(asked.common()).verbosity() == Plan.Verbosity.EXTRA);
        Planner planner = new Planner(context.workloads(), context.environment(), context.clock());
        AbPlan ab = new AbPlanner(planner).plan(asked);
        context.forkWords(trial -> OptionWords.of(ab.options(trial)));
        return new PlannedRun(context, runner).run(ab.plan(), false);
    }

    private AbOptions asked() {
        if (workloads.workloads().isEmpty()) {
            throw new UsageException("WORKLOAD is missing; ab --help tells what there is");
        }
        Options.Builder common = workloads.options();
        SettingOptions.addTo(common, command);
        return new AbOptions(
                common.build(),
                side("--a", a),
                side("--b", b),
                gates.gates(),
                gates.margin(),
                gates.equivalent(),
                gates.allowed());
    }

    /** Read as the options of a run are. */
    private static Options side(String option, String text) {
        CommandLine run = Main.commandLine(new RunCommand(null));
        try {
            CommandLine.ParseResult words = ParseErrors.parse(run, ShellWords.of(option, text));
            if (words.isUsageHelpRequested() || words.isVersionHelpRequested()) {
                throw new UsageException("ab --help tells what there is");
            }
            return run.<RunCommand>getCommand().options();
        } catch (UsageException e) {
            throw e.getMessage().startsWith(option) ? e : new UsageException(option + ": " + e.getMessage());
        }
    }
}
