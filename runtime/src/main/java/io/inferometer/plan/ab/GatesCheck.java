package io.inferometer.plan.ab;

import io.inferometer.annotations.Setting;
import io.inferometer.judge.Contrast;
import io.inferometer.judge.Figure;
import io.inferometer.judge.Gate;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.stats.Percentiles;
import java.util.OptionalLong;

/** Whether what is asked of two sides can be told by their plan, so that nobody waits for its end to hear that it can't. */
final class GatesCheck {
    private GatesCheck() {}

    /** @throws UsageException if it can't, with what to give */
    static void check(Plan plan, Plan.Beside beside) {
        for (Trial trial : plan.trials()) {
            int forks = trial.forks().count();
            if (forks < Contrast.FEWEST_FORKS) {
                throw new UsageException(Options.name(Setting.FORKS) + " " + forks + ": " + Contrast.FEWEST_FORKS
                        + " forks a side are the least that can be judged; " + AbPlanner.FORKS + " are usual");
            }
            beside.gates().forEach(gate -> check(plan, trial, gate, beside.named()));
        }
    }

    private static void check(Plan plan, Trial trial, Gate gate, boolean named) {
        Figure figure = gate.figure();
        if (!figure.standard()
                && !plan.judgement().percentiles().contains(figure.percentile().orElseThrow())) {
            throw new UsageException("--gate " + figure + ": name this percentile in --percentiles too");
        }
        if (figure.name().equals("goodput") && trial.figures().objective().isEmpty()) {
            throw new UsageException("--gate " + figure + ": "
                    + trial.binding().descriptor().name() + " has no limits to meet; give --slo ttft=200,tpot=20");
        }
        OptionalLong requests = trial.schedule().requests(false);
        boolean perRequest = figure.percentile().isPresent() && !figure.name().startsWith("itl.");
        if (named && perRequest && requests.isPresent()) {
            long needed = Percentiles.needed(figure.percentile().orElseThrow());
            if (requests.getAsLong() < needed) {
                throw new UsageException("--gate " + figure + " takes " + needed
                        + " values in each iteration, and there are " + requests.getAsLong()
                        + " requests; give more, or"
                        + " another percentile");
            }
        }
    }
}
