package io.inferometer;

import io.inferometer.cli.CommandContext;
import io.inferometer.cli.ConsoleSink;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.batch.JobOptions;
import io.inferometer.harness.batch.JobOutcome;
import io.inferometer.harness.batch.JobPlan;
import io.inferometer.harness.batch.JobPlanner;
import io.inferometer.harness.batch.JobRun;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.UsageException;
import io.inferometer.record.journal.JournalException;
import io.inferometer.report.JobListener;
import io.inferometer.report.JobReport;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.file.ResultFileException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs a job of the Batch API for a program. */
final class Job {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private Job() {}

    static JobResult run(JobOptions options, JobListener... listeners) throws InterruptedException {
        CommandContext process = CommandContext.ofProcess();
        Map<String, String> variables = options.options().variables();
        UnaryOperator<String> own = process.environment();
        UnaryOperator<String> environment = name -> variables.containsKey(name) ? variables.get(name) : own.apply(name);
        JobPlan plan = new JobPlanner(process.workloads(), environment, process.clock()).plan(options);
        plan.beside().ifPresent(PlanCheck::check);
        try (ConsoleSink sink = ConsoleSink.open(
                plan.plan().console(), Screen.of(NOWHERE), plan.plan().files().force())) {
            List<JobListener> all = new ArrayList<>(List.of(sink.report().job()));
            all.addAll(List.of(listeners));
            JobReport report = new JobRun(plan, environment, JobListener.all(all), sink.report()).run();
            return new JobResult(JobOutcome.of(report, plan.plan().judgement().maxFailures()), Optional.of(report));
        } catch (JournalException | ResultFileException e) {
            throw new UsageException(e.getMessage());
        } catch (PreFlightException e) {
            return failed(ExitCode.TOO_MANY_FAILURES, e, plan, environment);
        } catch (HarnessException | IOException | UncheckedIOException e) {
            return failed(ExitCode.FAILED, e, plan, environment);
        }
    }

    private static JobResult failed(ExitCode code, Exception e, JobPlan plan, UnaryOperator<String> environment) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        return new JobResult(new JobOutcome(code, plan.secrets(environment).redact(text)), Optional.empty());
    }
}
