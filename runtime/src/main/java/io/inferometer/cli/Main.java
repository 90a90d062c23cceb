package io.inferometer.cli;

import io.inferometer.cli.options.ForkedOptions;
import io.inferometer.cli.options.Legible;
import io.inferometer.cli.options.OptionSections;
import io.inferometer.cli.options.ParseErrors;
import io.inferometer.corpus.tokenizer.Tokenizers;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.harness.Harness;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.member.ForkLauncher;
import io.inferometer.harness.member.JvmForkLauncher;
import io.inferometer.harness.member.MemberProvider;
import io.inferometer.harness.member.MemberSource;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.process.FullHeap;
import io.inferometer.harness.process.Interruption;
import io.inferometer.harness.process.JdkModules;
import io.inferometer.harness.process.LastResort;
import io.inferometer.harness.process.ParentWatch;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.instrument.CleanHeap;
import io.inferometer.instrument.Compilation;
import io.inferometer.plan.Nearest;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.record.journal.JournalException;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.ResultFileException;
import io.inferometer.report.header.RunHeader;
import io.inferometer.service.Providers;
import io.inferometer.workload.binding.WorkloadBinding;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.security.Security;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The command line: finds the subcommand, reads its options, runs it, and turns whatever comes of it into one line and an
 * exit status.
 *
 * <p>The only class that looks at the environment.
 */
public final class Main {
    private static final String DEFAULT = "run";
    private static final int HELP_WIDTH = 100;

    /** Narrower than this picocli can't be. */
    private static final int LEAST_HELP_WIDTH = 55;

    private final CommandContext context;
    private final Map<String, CommandLine> commands;

    Main(CommandContext context, RunCommand.PlanRunner runner, Iterable<Subcommand> others) {
        this(context, runner, (job, plan) -> job.run(), (search, plan) -> search.run(), others);
    }

    private Main(
            CommandContext context,
            RunCommand.PlanRunner runner,
            BatchJobCommand.Runner jobs,
            SearchCommand.Runner searches,
            Iterable<Subcommand> others) {
        this.context = context;
        this.commands = new LinkedHashMap<>();
        List.of(
                        new RunCommand(runner),
                        new AbCommand(runner),
                        new ListCommand(),
                        new ServeCommand(),
                        new GenerateCommand(),
                        new BatchJobCommand(jobs),
                        new ReportCommand(),
                        new CompareCommand(),
                        new SearchCommand(searches),
                        new DoctorCommand(),
                        new CompletionCommand(commands.values()))
                .forEach(this::add);
        others.forEach(this::add);
        commands.get(DEFAULT).getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> subcommands());
    }

    /**
     * Runs a command line and ends the process with its exit status.
     *
     * @param args a subcommand with its options, or options of {@code run} alone
     */
    public static void main(String[] args) {
        JdkModules.complaint().ifPresent(Main::endWith);
        JdkTransport.prepareJvm();
        // Names are resolved once, not in the middle of a measurement.
        Security.setProperty("networkaddress.cache.ttl", "-1");
        // On JDK 22 and later there is a console even where there is no terminal, unless this is set.
        System.setProperty("jdk.console", "java.base");
        CommandContext context = CommandContext.ofProcess();
        Providers<Subcommand> subcommands = Providers.find(Subcommand.class, Main::commandLine);
        complain(context, subcommands, List.of(args));
        Interruption interruption = new Interruption(System.err, context.terminal());
        int status = new Main(
                        context,
                        (plan, report, forked) -> run(plan, report, forked, context, interruption),
                        (job, plan) -> {
                            Compilation.beLean();
                            CleanHeap.keep();
                            Runnable over =
                                    interruption.watchOver(job, plan.course().grace());
                            try {
                                return job.run();
                            } finally {
                                over.run();
                            }
                        },
                        (search, plan) -> {
                            Compilation.beLean();
                            CleanHeap.keep();
                            search.lastResort(new LastResort());
                            Runnable over =
                                    interruption.watchOver(search, plan.course().grace());
                            try {
                                return search.run();
                            } finally {
                                over.run();
                            }
                        },
                        subcommands.working())
                .run(args);
        System.out.flush();
        interruption.over();
        System.exit(status);
    }

    private static void endWith(String complaint) {
        System.err.println("inferometer: " + complaint);
        System.exit(ExitCode.USAGE.status());
    }

    /**
     * Runs a command line in this JVM, which goes on afterwards, and returns the exit status.
     *
     * @param args as of {@link #main}
     * @param environment a variable's value by its name, null where it is unset
     * @param out where results go
     * @param err where everything else goes
     * @return as {@link io.inferometer.harness.process.ExitCode} has it
     */
    public static int run(List<String> args, UnaryOperator<String> environment, PrintStream out, PrintStream err) {
        CommandContext context =
                new CommandContext(workloads(), environment, Clock.systemDefaultZone(), out, err, false);
        return new Main(
                        context,
                        (plan, report, forked) -> new Harness(
                                        plan,
                                        environment,
                                        report,
                                        members(plan, environment, context.forkWords(), Map.of()))
                                .run(),
                        Providers.find(Subcommand.class, Main::commandLine).working())
                .run(args.toArray(String[]::new));
    }

    private static RunReport run(
            Plan plan, Report report, boolean forked, CommandContext context, Interruption interruption)
            throws HarnessException, IOException, InterruptedException {
        Compilation.beLean();
        CleanHeap.keep();
        Harness harness = new Harness(
                plan,
                context.environment(),
                report,
                members(plan, context.environment(), context.forkWords(), Map.of()));
        harness.lastResort(new LastResort());
        if (forked) {
            ParentWatch.start(harness, harness::go, harness::enough, System.in);
            return harness.run();
        }
        Runnable over = interruption.watchOver(harness, plan.course().grace());
        try {
            return harness.run();
        } finally {
            over.run();
        }
    }

    /**
     * Gathers the members of a run: this machine alone, unless its plan names agents.
     *
     * @param plan names the agents, if there are any
     * @param environment gives the value of an environment variable, null where it is not set
     * @param words as of {@link #forks}
     * @param variables as of {@link #forks}
     * @return who share the load of each fork
     */
    public static MemberSource members(
            Plan plan,
            UnaryOperator<String> environment,
            Function<Trial, List<String>> words,
            Map<String, String> variables) {
        if (plan.course().agents().isEmpty()) {
            return MemberSource.here(plan.course().crew().members(), forks(words, variables));
        }
        MemberProvider elsewhere = MemberProvider.find();
        return stopping -> elsewhere.gather(new MemberProvider.Wanted(plan, environment, words), stopping);
    }

    /**
     * {@return what starts the forks of a run}
     *
     * @param words the options with which {@code run} has a trial in its plan
     * @param variables variables that they get beside those of this process
     */
    public static ForkLauncher forks(Function<Trial, List<String>> words, Map<String, String> variables) {
        return new JvmForkLauncher(
                Main.class,
                variables,
                share -> Stream.of(List.of(DEFAULT), ForkedOptions.words(share), words.apply(share.trial()))
                        .flatMap(List::stream)
                        .toList());
    }

    /**
     * {@return the plan that a command line of {@code run} has, for one who starts its forks} Nothing of this machine has
     * been looked at for it: {@link PlanCheck} does that.
     *
     * @param words its words, without the subcommand's name
     * @param context the workloads that there are, and where to tell what of the plan
     * @param environment gives the value of an environment variable, null where it is not set
     * @throws UsageException where it can't be done as asked, or has words of a fork among them, which who starts it gives
     */
    public static Plan plan(List<String> words, CommandContext context, UnaryOperator<String> environment) {
        RunCommand run = new RunCommand((plan, report, forked) -> {
            throw new IllegalStateException("only its plan was asked for");
        });
        CommandLine.ParseResult parsed = ParseErrors.parse(commandLine(run), words);
        parsed.matchedOptions().stream()
                .filter(CommandLine.Model.OptionSpec::hidden)
                .findFirst()
                .ifPresent(option -> {
                    throw new UsageException(option.longestName() + " is for nobody to give");
                });
        return new Planner(context.workloads(), environment, context.clock()).unchecked(run.options());
    }

    @SuppressWarnings("rawtypes")
    static Providers<WorkloadBinding<?>> workloads() {
        Providers<WorkloadBinding> found = Providers.find(WorkloadBinding.class, WorkloadBinding::descriptor);
        List<WorkloadBinding<?>> workloads = new ArrayList<>();
        for (WorkloadBinding workload : found.working()) {
            workloads.add(workload);
        }
        return new Providers<>(workloads, found.broken());
    }

    /** What is broken is told once, not by every fork again. */
    private static void complain(CommandContext context, Providers<Subcommand> subcommands, List<String> args) {
        if (!ForkedOptions.among(args)) {
            Stream.of(context.workloads(), subcommands, Tokenizers.providers())
                    .flatMap(providers -> providers.complaints().stream())
                    .forEach(context::tell);
        }
    }

    /** All subcommands by their names, in the order of the help. */
    Map<String, CommandLine> commands() {
        return Collections.unmodifiableMap(commands);
    }

    private void add(Subcommand subcommand) {
        CommandLine command = commandLine(subcommand);
        commands.put(command.getCommandName(), command);
    }

    private String subcommands() {
        int width = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder("\nSubcommands, each with its own --help:\n");
        commands.forEach((name, command) -> text.append("  ")
                .append(name)
                .append(" ".repeat(width - name.length() + 2))
                .append(command.<Subcommand>getCommand().summary())
                .append('\n'));
        return text.toString();
    }

    /** How the words of a subcommand are read. */
    static CommandLine commandLine(Subcommand subcommand) {
        CommandLine command = new CommandLine(subcommand)
                .setPosixClusteredShortOptionsAllowed(false)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        OptionSections.layOut(command);
        return command;
    }

    /** Runs a command line and returns the exit status. */
    int run(String... args) {
        String first = args.length == 0 ? "" : args[0];
        boolean named = commands.containsKey(first);
        CommandLine command = commands.get(named ? first : DEFAULT);
        List<String> rest = List.of(args).subList(named ? 1 : 0, args.length);
        try {
            Legible.words(rest);
            return run(command, rest).status();
        } catch (UsageException | JournalException | ResultFileException e) {
            context.tell(e.getMessage() + (named ? "" : otherCommand(first)), e);
            return ExitCode.USAGE.status();
        } catch (InterruptedException e) {
            context.tell("interrupted", e);
            return ExitCode.FAILED.status();
        } catch (Exception | OutOfMemoryError e) {
            context.tell(text(e), e);
            return ExitCode.FAILED.status();
        }
    }

    private int helpWidth() {
        return context.terminal()
                ? Math.max(
                        LEAST_HELP_WIDTH,
                        Math.min(HELP_WIDTH, context.screen().page().width()))
                : HELP_WIDTH;
    }

    private ExitCode run(CommandLine command, List<String> args) throws Exception {
        CommandLine.ParseResult parsed = ParseErrors.parse(command, args);
        context.forkWords(trial -> args);
        PrintStream out = context.out();
        if (parsed.isUsageHelpRequested()) {
            command.setUsageHelpWidth(helpWidth()).setSeparator(" ").usage(out);
            return ExitCode.OK;
        }
        if (parsed.isVersionHelpRequested()) {
            out.println("Inferometer " + RunHeader.programVersion() + " on Java " + Runtime.version());
            return ExitCode.OK;
        }
        return command.<Subcommand>getCommand().run(context);
    }

    /** The message of a failure that was foreseen; of any other one its type too, for the message may say too little. */
    private static String text(Throwable e) {
        boolean foreseen =
                e instanceof Exception && !(e instanceof RuntimeException) || e instanceof UncheckedIOException;
        if (!foreseen && FullHeap.isCauseOf(e)) {
            return "the heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB was full: give it more, as in java -Xmx4g -jar";
        }
        return foreseen && e.getMessage() != null ? e.getMessage() : e + " (-v EXTRA shows where)";
    }

    /** A word that names a workload is no subcommand misspelt. */
    private String otherCommand(String first) {
        if (first.startsWith("-") || first.isEmpty() || isWorkload(first)) {
            return "";
        }
        return Nearest.to(first, commands.keySet())
                .map(name -> "; did you mean the subcommand " + name + "?")
                .orElse("");
    }

    private boolean isWorkload(String word) {
        try {
            return !Planner.find(context.workloads(), List.of(word)).isEmpty();
        } catch (UsageException e) {
            return false;
        }
    }
}
