package io.inferometer.cli;

import io.inferometer.cli.closing.ClosingLine;
import io.inferometer.cli.options.CheckOptions;
import io.inferometer.cli.options.ForkedOptions;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cli.options.ListOptions;
import io.inferometer.cli.options.SettingOptions;
import io.inferometer.cli.options.WorkloadOptions;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.member.MemberProvider;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import java.io.IOException;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs workloads. */
@Command(
        name = "run",
        sortOptions = false,
        customSynopsis = {"java -jar JAR [run] [OPTION...] [WORKLOAD...]", "       java -jar JAR SUBCOMMAND [OPTION...]"
        },
        header = {
            "Measures LLM inference endpoints: runs workloads against an endpoint and reports time to first",
            "token (ttft), time per output token (tpot), inter-token latency (itl) and end-to-end latency",
            "(e2el).",
            ""
        },
        footer = {
            "",
            "Where a value comes from:",
            "  The command line wins over the environment variables that a workload declares, those over its",
            "  annotations. Of several variables for one setting the first non-empty one wins; -lp lists them.",
            "  Load, extent and endpoint are one setting each: --requests replaces a time, --rate a closed",
            "  loop.",
            "  Several values (--concurrency 4,8,16 or -p isl=128,1024) are swept: their product is run.",
            "",
            "Units:",
            "  TIME is a number and ms, s, m or h: 500ms, 10s, 2m, 1h. SHARE is 1%% or 0.01.",
            "",
            "Examples:",
            "  java -jar JAR                            run the main workload",
            "  java -jar JAR Hello -i 3 -r 10s          three iterations of ten seconds",
            "  java -jar JAR Hello --base-url http://localhost:8000 --model my-model --concurrency 4,8,16",
            "  java -jar JAR Hello --rate 5 --requests 100 --slo ttft=200,tpot=20",
            "  java -jar JAR Hello -rf json -rff run.json -rf csv -rff run.csv",
            "",
            "Keys:",
            "  A key is read from the variable that --api-key-env or the workload names. It is shown and",
            "  written nowhere.",
            "",
            "Exit codes:",
            "  0    it ran, and all is well",
            "  1    the harness or the workload failed",
            "  2    what was asked for can't be done; nothing was sent",
            "  3    more measured requests failed than --max-failures allows, or the pre-flight did",
            "  4    the client is suspect of having slowed itself down, and --strict was given",
            "  5    a figure is not as --require asks, by its interval",
            "  6    whether all are as --require asks can't be told, or --until was not reached",
            "  130  interrupted by Ctrl-C; 143 by a signal to end"
        })
final class RunCommand implements Subcommand {
    private final PlanRunner runner;

    @Spec
    private CommandSpec command;

    @Mixin
    private WorkloadOptions workloads;

    @Mixin(name = "Endpoint")
    private final CommandSpec endpoint = SettingOptions.endpoint();

    @Mixin(name = "Load")
    private final CommandSpec load = SettingOptions.load();

    @Mixin(name = "Iterations")
    private final CommandSpec extent = SettingOptions.extent();

    @Mixin(name = "Forks")
    private final CommandSpec forks = SettingOptions.forks();

    @Mixin(name = "Members on other machines")
    private final CommandSpec members = SettingOptions.members();

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
    private ForkedOptions forked;

    @Mixin(name = "Instead of running")
    private ListOptions list;

    @Mixin(name = "Instead of running on agents")
    private CheckOptions check;

    @Mixin
    private HelpOptions help;

    RunCommand(PlanRunner runner) {
        this.runner = runner;
    }

    /** Runs plans. */
    @FunctionalInterface
    interface PlanRunner {
        /**
         * Runs one to its end and returns the result. Closes the report.
         *
         * @param forked whether this process is itself a fork of a run
         */
        RunReport run(Plan plan, Report report, boolean forked)
                throws HarnessException, IOException, InterruptedException;
    }

    @Override
    public String summary() {
        return "run workloads; the word may be left out";
    }

    @Override
    public ExitCode run(CommandContext context) throws Exception {
        if (list.asked()) {
            new Listing(context.out()).print(list, context.workloads(), workloads.workloads());
            return ExitCode.OK;
        }
        Options options = options();
        context.showStackTraces(Planner.console(options).verbosity() == Plan.Verbosity.EXTRA);
        Planner planner = new Planner(context.workloads(), context.environment(), context.clock());
        if (!forked.forked()) {
            boolean bare = command.commandLine().getParseResult().originalArgs().isEmpty();
            Plan plan = planner.plan(options);
            return check.agents() ? checkAgents(context, plan) : new PlannedRun(context, runner).run(plan, bare);
        }
        Plan whole = planner.unchecked(options);
        context.showStackTraces(whole.console().verbosity() == Plan.Verbosity.EXTRA);
        return runFork(context, forked.of(whole));
    }

    private static ExitCode checkAgents(CommandContext context, Plan plan) throws IOException, InterruptedException {
        if (plan.course().agents().isEmpty()) {
            throw new UsageException("--check looks whether agents could run it; --agents HOST:PORT names some");
        }
        PlanCheck.check(plan);
        boolean could = MemberProvider.find()
                .check(
                        new MemberProvider.Wanted(plan, context.environment(), context.forkWords()),
                        context.out()::println);
        return could ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Its run tells what is in its journal; a stack trace is not, and is told here. */
    private ExitCode runFork(CommandContext context, Plan plan) throws Exception {
        context.keep(plan.secrets(context.environment()));
        PlanCheck.check(plan);
        Report traces = new Report() {
            @Override
            public void checkThrew(Supplier<String> trace) {
                context.tellTrace(trace);
            }
        };
        try {
            return runner.run(plan, traces, true).complete() ? ExitCode.OK : ExitCode.FAILED;
        } catch (PreFlightException e) {
            context.tell(new ClosingLine(context.environment()).of(plan, e), e);
            return ExitCode.TOO_MANY_FAILURES;
        }
    }

    /** What the options that were read ask for. */
    Options options() {
        Options.Builder options = workloads.options();
        SettingOptions.addTo(options, command);
        return options.build();
    }
}
