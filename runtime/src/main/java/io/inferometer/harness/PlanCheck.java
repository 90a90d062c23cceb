package io.inferometer.harness;

import io.inferometer.corpus.tokenizer.Tokenizers;
import io.inferometer.plan.Nearest;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.report.compare.Unlike;
import io.inferometer.simulator.Profile;

/** Makes sure of a plan, before anything is written, of what the planner does not know: profiles and tokenizers. */
public final class PlanCheck {
    private PlanCheck() {}

    /**
     * @param plan whose trials are looked at
     * @throws UsageException if a simulated endpoint's profile, or a tokenizer, is none
     */
    public static void check(Plan plan) {
        plan.judgement().beside().ifPresent(beside -> Unlike.check(beside.allowed()));
        for (Trial trial : plan.trials()) {
            if (trial.endpoint().simulated()) {
                try {
                    Profile.parse(trial.endpoint().profile());
                } catch (IllegalArgumentException e) {
                    throw new UsageException(trial.endpoint().url() + ": " + e.getMessage());
                }
            }
            checkTokenizer(trial.figures().tokenizer());
        }
    }

    private static void checkTokenizer(String name) {
        try {
            if (!name.isEmpty()) {
                Tokenizers.of(name);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage()
                    + Nearest.to(name, Tokenizers.known())
                            .map(meant -> "; did you mean " + meant + "?")
                            .orElse(""));
        }
    }
}
