package io.inferometer.plan.ab;

import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;

/**
 * Two sides as one plan.
 *
 * @param plan what is run: the trials of A and of B in turns
 * @param a all that A was asked for
 * @param b all that B was asked for
 */
public record AbPlan(Plan plan, Options a, Options b) {
    /**
     * {@return all that the side of a trial was asked for: a fork of it plans that side alone from these}
     *
     * @param trial one of this plan's
     */
    public Options options(Trial trial) {
        return trial.side().orElseThrow().letter() == Trial.Letter.A ? a : b;
    }
}
