package io.inferometer;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.cli.CommandContext;
import io.inferometer.cli.Main;
import io.inferometer.cli.options.OptionWords;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.harness.Harness;
import io.inferometer.harness.RunOutcome;
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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Java API: runs workloads from a program or a test.
 *
 * <pre>{@code
 * RunResult result = Inferometer.run(Options.of("Hello").baseUrl("http://localhost:8000").build());
 * assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
 * assertThat(result.trial().millis(Metric.TTFT, 99)).isLessThan(200);
 * }</pre>
 *
 * <p>It does what the command line does with the same options, but for what belongs to a process: it prints nothing, ends
 * no JVM and handles no signal.
 *
 * <ul>
 *   <li>Workloads are found by {@link java.util.ServiceLoader} on the thread's context class loader; those of a test on its
 *       own class path are there too.
 *   <li>Variables are the process's own; keys are read from them.
 *   <li>Forks are JVMs with this one's class path and options, which find their workloads on that class path.
 *   <li>It may be called again and again. Several runs may be on at one time, each by a thread of its own, but they are
 *       then a load beside each other's measurement.
 * </ul>
 */
public final class Inferometer {
    private Inferometer() {}

    /**
     * Runs what the options ask for, to its end.
     *
     * @param reports are told what happens, by one thread at a time, never by one that reads responses; what one throws
     *     ends the run and comes out of here, an error as the cause of an {@link IllegalStateException}
     * @return also where the run failed: the outcome says how
     * @throws UsageException if what was asked for can't be done; nothing was sent. The message is one line
     * @throws InterruptedException if the thread was interrupted; the journal has what was measured until then
     */
    public static RunResult run(Options options, Report... reports) throws InterruptedException {
        JdkTransport.prepareJvm();
        CommandContext process = CommandContext.ofProcess();
        Plan plan = new Planner(process.workloads(), process.environment(), process.clock()).plan(options);
        Harness.check(plan);
        ResultFiles files = ResultFiles.of(plan, RunHeader.of(plan));
        Told told = new Told();
        Reports all =
                new Reports(Stream.concat(Stream.of(told), Stream.of(reports)).toList(), files);
        RunOutcome outcome;
        try {
            files.check();
            outcome = RunOutcome.of(
                    plan, new Harness(plan, process.environment(), all, Main.forks(OptionWords.of(options))).run());
        } catch (JournalException | ResultFileException e) {
            throw new UsageException(e.getMessage());
        } catch (PreFlightException e) {
            outcome = new RunOutcome.Refused(e.getMessage());
        } catch (HarnessException | IOException | UncheckedIOException e) {
            outcome = new RunOutcome.Failed(plan.secrets(process.environment()).redact(e.getMessage()));
        }
        if (!all.problems().isEmpty()) {
            outcome = new RunOutcome.Failed(String.join("; ", all.problems()));
        }
        return told.result(outcome, plan.files().journal());
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

        private RunResult result(RunOutcome outcome, Optional<Path> journal) {
            List<TrialReport> trials = run.map(RunReport::trials).orElse(List.of());
            List<Flag> warnings = Stream.concat(
                            run.map(RunReport::flags).orElse(List.of()).stream(),
                            trials.stream().flatMap(trial -> trial.flags().stream()))
                    .toList();
            List<Path> files = Stream.concat(written.stream(), journal.filter(Files::exists).stream())
                    .toList();
            return new RunResult(outcome, trials, warnings, files);
        }
    }
}
