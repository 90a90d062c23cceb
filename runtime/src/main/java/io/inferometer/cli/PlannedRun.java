package io.inferometer.cli;

import io.inferometer.cli.closing.ClosingLine;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.RunOutcome;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Plan;
import io.inferometer.report.RunReport;
import io.inferometer.report.compare.Judged;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.output.Reports;
import io.inferometer.report.output.ResultFiles;
import java.util.List;

/** Runs a plan and tells of it, to the exit code. */
final class PlannedRun {
    private final CommandContext context;
    private final RunCommand.PlanRunner runner;

    PlannedRun(CommandContext context, RunCommand.PlanRunner runner) {
        this.context = context;
        this.runner = runner;
    }

    /** @param bare whether nothing was asked for, so that the run should say what it is */
    ExitCode run(Plan plan, boolean bare) throws Exception {
        context.showStackTraces(plan.console().verbosity() == Plan.Verbosity.EXTRA);
        context.keep(plan.secrets(context.environment()));
        PlanCheck.check(plan);
        try {
            return runAndReport(plan, bare);
        } catch (PreFlightException e) {
            context.tell(new ClosingLine(context.environment()).of(plan, e), e);
            return ExitCode.TOO_MANY_FAILURES;
        }
    }

    private ExitCode runAndReport(Plan plan, boolean bare) throws Exception {
        ResultFiles files = ResultFiles.of(plan, RunHeader.of(plan));
        files.check();
        try (ConsoleSink sink =
                ConsoleSink.open(plan.console(), context.screen(), plan.files().force())) {
            if (bare) {
                sink.report().introduce();
            }
            Reports reports = new Reports(List.of(sink.report()), files);
            RunReport run = runner.run(plan, reports, false);
            Judged.of(run).forEach(sink.report()::show);
            RunOutcome outcome = RunOutcome.of(plan, run);
            new ClosingLine(context.environment()).of(outcome).ifPresent(context::tell);
            return reports.problems().isEmpty() ? ClosingLine.exitCode(outcome) : ExitCode.FAILED;
        }
    }
}
