package io.inferometer.harness.search;

import io.inferometer.harness.Harness;
import io.inferometer.harness.process.Interruptible;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** One search: its plan is run, load after load. */
public final class SearchRun implements Interruptible {
    private final Harness harness;

    /**
     * A search that has not started.
     *
     * @param plan what is searched, and the trial that each probe is
     * @param environment gives the value of an environment variable, null where it is not set
     * @param report is told what happens
     */
    public SearchRun(SearchPlan plan, UnaryOperator<String> environment, Report report) {
        harness = new Harness(plan.plan(), environment, report);
        harness.supplyBy(plan);
    }

    /**
     * Sets what is done as of {@link Harness#lastResort}.
     *
     * @param action must not wait for the run
     */
    public void lastResort(Runnable action) {
        harness.lastResort(action);
    }

    /**
     * Runs it to its end, or until it is interrupted; the result has what it came to.
     *
     * @return all probes as trials, and what the search came to
     * @throws HarnessException if the harness, a fork or the workload's own code failed
     * @throws IOException if the journal or a report failed
     * @throws InterruptedException if the thread was interrupted; the journal has what was measured until then
     */
    public RunReport run() throws HarnessException, IOException, InterruptedException {
        return harness.run();
    }

    @Override
    public void interrupt() {
        harness.interrupt();
    }

    @Override
    public boolean interrupt(Duration grace, Duration patience) throws InterruptedException {
        return harness.interrupt(grace, patience);
    }
}
