package io.inferometer.plan.resolve;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.judge.Figure;
import io.inferometer.judge.Requirement;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.stats.interval.Intervals;
import java.util.List;

/** Whether what is required of a run can be told by it, so that nobody waits for its end to hear that it can't. */
final class RequirementsCheck {
    private RequirementsCheck() {}

    /** @throws UsageException if it can't, with what to give */
    static void check(Plan plan) {
        List<Requirement> required = plan.judgement().required();
        if (required.isEmpty()) {
            if (plan.files().results().stream().anyMatch(file -> file.format() == ResultFormat.JUNIT)) {
                throw new UsageException(
                        "-rf junit has a test case for each thing that is required; give --require 'ttft.p99 <= 200ms'");
            }
            return;
        }
        for (Requirement requirement : required) {
            Figure figure = requirement.figure();
            if (!figure.standard()
                    && !plan.judgement()
                            .percentiles()
                            .contains(figure.percentile().orElseThrow())) {
                throw new UsageException("--require " + figure + ": name this percentile in --percentiles too");
            }
        }
        plan.trials().forEach(trial -> check(trial, required));
    }

    private static void check(Trial trial, List<Requirement> required) {
        String workload = trial.binding().descriptor().name();
        for (Requirement requirement : required) {
            if (requirement.figure().name().equals("goodput")
                    && trial.figures().objective().isEmpty()) {
                throw new UsageException("--require " + requirement + ": " + workload
                        + " has no limits to meet; give --slo ttft=200,tpot=20");
            }
        }
        int iterations = trial.schedule().measurement().count();
        if (trial.forks().count() < 2 && iterations < Intervals.FEWEST_ITERATIONS) {
            throw new UsageException("--require judges by intervals, and " + workload + " has " + iterations
                    + " measured iteration" + (iterations == 1 ? "" : "s") + "; give -i 3 or more, or -f 2 or more");
        }
    }
}
