package io.inferometer;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.cli.CommandContext;
import io.inferometer.cli.ConsoleSink;
import io.inferometer.cli.Main;
import io.inferometer.cli.options.OptionWords;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.harness.Harness;
import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.process.JdkModules;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.record.journal.JournalException;
import io.inferometer.report.Flag;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.file.ResultFileException;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.output.Reports;
import io.inferometer.report.output.ResultFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Java API: runs workloads from a program or a test.
 *
 * <pre>{@code
 * RunResult result = Inferometer.run(Options.of("Hello").baseUrl("http://localhost:8000").build());
 * assertTrue(result.outcome().ok(), result.outcome().text());
 * assertTrue(result.trial().millis(Metric.TTFT, 99) < 200);
 * }</pre>
 *
 * <p>It does what the command line does with the same options, but for what belongs to a process: it prints nothing but
 * to a file that is asked for, ends no JVM and handles no signal.
 *
 * <ul>
 *   <li>Workloads are found by {@link java.util.ServiceLoader} on the thread's context class loader; those of a test on its
 *       own class path are there too.
 *   <li>Variables are the process's own; keys are read from them.
 *   <li>Forks are JVMs with this one's class path and options, which find their workloads on that class path.
 *   <li>What forks and the simulated endpoint have to say, as of a JVM that failed, goes to this process's standard error.
 *   <li>On one or two processors it sets the system property {@code java.util.concurrent.ForkJoinPool.common.parallelism},
 *       unless it is set; while it runs, it is told of what no thread has caught.
 *   <li>It may be called again and again. Several runs may be on at one time, each by a thread of its own, but they are
 *       then a load beside each other's measurement.
 * </ul>
 */
public final class Inferometer {
    /** The files that runs of this JVM were to write; guarded by itself. */
    private static final Set<Path> NAMED = new HashSet<>();

    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private Inferometer() {}

    /**
     * Runs what the options ask for, to its end.
     *
     * @param reports are told what happens, by one thread at a time, never by one that reads responses; what one throws
     *     ends the run and comes out of here as it is, as a failed assertion; an {@link IOException} or an
     *     {@link UncheckedIOException} is {@link RunOutcome.Failed}
     * @return also where the run failed: the outcome says how
     * @throws UsageException if what was asked for can't be done; nothing was sent. The message is one line
     * @throws InterruptedException if the thread was interrupted; the journal has what was measured until then
     */
    public static RunResult run(Options options, Report... reports) throws InterruptedException {
        JdkModules.complaint().ifPresent(complaint -> {
            throw new UsageException(complaint);
        });
        JdkTransport.prepareJvm();
        CommandContext process = CommandContext.ofProcess();
        Plan plan = plan(options, process);
        Harness.check(plan);
        ResultFiles files = ResultFiles.of(plan, RunHeader.of(plan));
        Told told = new Told();
        List<String> problems = List.of();
        RunOutcome outcome;
        try {
            files.check();
            try (ConsoleSink sink = ConsoleSink.open(
                    plan.console(), NOWHERE, false, plan.files().force())) {
                List<Report> listening = new ArrayList<>(List.of(told, sink.report()));
                listening.addAll(List.of(reports));
                Reports all = new Reports(listening, files);
                RunReport run =
                        new Harness(plan, process.environment(), all, Main.forks(OptionWords.of(options))).run();
                outcome = RunOutcome.of(plan, run);
                problems = all.problems();
            }
        } catch (JournalException | ResultFileException e) {
            throw new UsageException(e.getMessage());
        } catch (PreFlightException e) {
            outcome = new RunOutcome.Refused(RunHeader.of(plan).trial(e.trial()), e.getMessage());
        } catch (HarnessException | IOException | UncheckedIOException e) {
            outcome = new RunOutcome.Failed(
                    plan.secrets(process.environment()).redact(e.getMessage() == null ? e.toString() : e.getMessage()));
        }
        if (!problems.isEmpty()) {
            outcome = new RunOutcome.Failed(String.join("; ", problems));
        }
        return told.result(outcome, plan);
    }

    /** A plan whose files are no other run's, be it one of this moment. */
    private static Plan plan(Options options, CommandContext process) {
        synchronized (NAMED) {
            Planner planner = new Planner(
                    process.workloads(),
                    process.environment(),
                    process.clock(),
                    file -> NAMED.contains(file) || Files.exists(file));
            Plan plan = planner.plan(options);
            plan.files().journal().ifPresent(NAMED::add);
            plan.files().results().forEach(result -> NAMED.add(result.path()));
            return plan;
        }
    }

    /**
     * Runs one workload with the words of a command line, and ends the process with its exit status: for a workload's own
     * {@code main}.
     */
    public static void main(Class<?> workload, String... args) {
        String name = "^" + workload.getName().replace("$", "\\$") + "$";
        Main.main(Stream.concat(Stream.of(name), Stream.of(args)).toArray(String[]::new));
    }

    /** What a run told of its result. */
    private static final class Told implements Report {
        private final List<Path> written = new ArrayList<>();
        private Optional<RunReport> run = Optional.empty();

        @Override
        public void runEnded(RunReport report) {
            run = Optional.of(report);
        }

        @Override
        public void written(ResultFormat format, Path file) {
            written.add(file);
        }

        private RunResult result(RunOutcome outcome, Plan plan) {
            List<TrialReport> trials = run.map(RunReport::trials).orElse(List.of());
            List<Flag> warnings = Stream.concat(
                            run.map(RunReport::flags).orElse(List.of()).stream(),
                            trials.stream().flatMap(trial -> trial.flags().stream()))
                    .toList();
            List<Path> files = new ArrayList<>(written);
            Stream.of(plan.files().journal(), plan.console().output())
                    .flatMap(Optional::stream)
                    .filter(Files::exists)
                    .forEach(files::add);
            return new RunResult(
                    outcome, run.filter(RunReport::complete).isPresent(), trials, warnings, plan.notes(), files);
        }
    }
}
