package io.inferometer.cli;

import io.inferometer.harness.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Runs a plan. */
@FunctionalInterface
interface RunLauncher {
    /** Runs it to its end and returns the result. Closes the report. */
    RunReport launch(Plan plan, UnaryOperator<String> environment, Report report)
            throws HarnessException, IOException, InterruptedException;
}
