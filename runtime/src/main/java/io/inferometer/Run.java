package io.inferometer;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.cli.CommandContext;
import io.inferometer.cli.ConsoleSink;
import io.inferometer.cli.Main;
import io.inferometer.corpus.tokenizer.Tokenizers;
import io.inferometer.harness.Harness;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.record.journal.JournalException;
import io.inferometer.report.Flag;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Judged;
import io.inferometer.report.console.page.Screen;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A run that is on, as {@link Inferometer#start} gives it.
 *
 * <p>Thread-safe. The run has daemon threads alone, so it ends with the program, and has then only its journal.
 */
public final class Run {
    /** The files that runs of this JVM were to write; guarded by itself. */
    private static final Set<Path> NAMED = new HashSet<>();

    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final Plan plan;
    private final UnaryOperator<String> environment;
    private final List<Flag> broken;
    private final Told told = new Told();
    private final ConsoleSink sink;
    private final Reports reports;
    private final Harness harness;
    private final FutureTask<RunResult> task = new FutureTask<>(this::toItsEnd);

    /**
     * A plan, and how its forks come to it.
     *
     * @param words the options with which a trial is in the plan of a run
     */
    record Asked(Plan plan, Function<Trial, List<String>> words) {}

    /**
     * A run that has not started.
     *
     * @param variables variables before the process's own
     * @param planning makes the plan
     */
    Run(Map<String, String> variables, Function<Planner, Asked> planning, Report... listeners) {
        CommandContext process = CommandContext.ofProcess();
        UnaryOperator<String> own = process.environment();
        environment = name -> variables.containsKey(name) ? variables.get(name) : own.apply(name);
        Asked asked = plan(planning, process, environment);
        plan = asked.plan();
        broken = Stream.of(process.workloads(), Tokenizers.providers())
                .flatMap(providers -> providers.complaints().stream())
                .map(complaint -> new Flag("broken-provider", complaint))
                .toList();
        PlanCheck.check(plan);
        ResultFiles files = ResultFiles.of(plan, RunHeader.of(plan));
        try {
            files.check();
        } catch (ResultFileException e) {
            throw new UsageException(e.getMessage());
        }
        sink = ConsoleSink.open(plan.console(), Screen.of(NOWHERE), plan.files().force());
        List<Report> all = new ArrayList<>(List.of(told, sink.report()));
        all.addAll(List.of(listeners));
        reports = new Reports(all, files);
        harness = new Harness(plan, environment, reports, Main.members(plan, environment, asked.words(), variables));
    }

    /** A plan whose files are no other run's, be it one of this moment. */
    private static Asked plan(
            Function<Planner, Asked> planning, CommandContext process, UnaryOperator<String> environment) {
        synchronized (NAMED) {
            Planner planner = new Planner(
                    process.workloads(),
                    environment,
                    process.clock(),
                    file -> NAMED.contains(file) || Files.exists(file));
            Asked asked = planning.apply(planner);
            Plan plan = asked.plan();
            plan.files().journal().ifPresent(NAMED::add);
            plan.files().results().forEach(result -> NAMED.add(result.path()));
            return asked;
        }
    }

    /** Starts it on a thread of its own. */
    Run start() {
        daemon("inferometer-run", task);
        return this;
    }

    /** Runs it on this thread. */
    RunResult toItsEnd() throws InterruptedException {
        RunOutcome outcome;
        try (sink) {
            RunReport run = harness.run();
            Judged.of(run).forEach(sink.report()::show);
            outcome = RunOutcome.of(plan, run);
            if (!reports.problems().isEmpty()) {
                outcome = new RunOutcome.Failed(String.join("; ", reports.problems()));
            }
        } catch (JournalException | ResultFileException e) {
            throw new UsageException(e.getMessage());
        } catch (PreFlightException e) {
            outcome = new RunOutcome.Refused(RunHeader.of(plan).trial(e.trial()), e.getMessage());
        } catch (HarnessException | IOException | UncheckedIOException e) {
            outcome = new RunOutcome.Failed(
                    plan.secrets(environment).redact(e.getMessage() == null ? e.toString() : e.getMessage()));
        }
        return result(outcome);
    }

    /**
     * Ends the run early: nothing more is sent, and what is in flight has the time of {@code Options.grace} to end. Returns at
     * once; {@link #result} has what was measured, and {@link RunOutcome.Interrupted}. Does nothing to a run that has ended. May
     * be called by a report, too.
     */
    public void stop() {
        harness.interrupt();
        daemon("inferometer-grace", () -> {
            try {
                harness.interrupt(plan.course().grace(), Duration.ZERO);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Waits for the run's end; what a report threw comes out of here as it is, as of {@link Inferometer#run}.
     *
     * @return also where the run failed, or was stopped: the outcome says how
     * @throws UsageException if what was asked for turned out to be impossible only when it was begun
     * @throws InterruptedException if this thread was interrupted; the run goes on
     */
    public RunResult result() throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private RunResult result(RunOutcome outcome) {
        Optional<RunReport> run = told.run;
        List<TrialReport> trials = run.map(RunReport::trials).orElse(List.of());
        List<Flag> warnings = Stream.of(
                        broken.stream(),
                        run.map(RunReport::flags).orElse(List.of()).stream(),
                        trials.stream().flatMap(trial -> trial.flags().stream()))
                .flatMap(flags -> flags)
                .toList();
        List<Path> files = new ArrayList<>(told.written);
        Stream.of(plan.files().journal(), plan.console().output())
                .flatMap(Optional::stream)
                .filter(Files::exists)
                .forEach(files::add);
        List<String> notes = Stream.concat(plan.notes().stream(), run.map(RunReport::notes).orElse(List.of()).stream())
                .toList();
        return new RunResult(
                outcome,
                run.filter(RunReport::complete).isPresent(),
                trials,
                run.map(Judged::of).orElse(List.of()),
                warnings,
                notes,
                files);
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
    }
}
