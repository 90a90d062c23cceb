package io.inferometer.cli;

import io.inferometer.harness.HarnessException;
import io.inferometer.report.RunReport;
import java.io.IOException;

/** Runs a plan. */
@FunctionalInterface
interface RunLauncher {
    /** Runs it to its end and returns the result. Closes the report. */
    RunReport launch(Launch launch) throws HarnessException, IOException, InterruptedException;
}
