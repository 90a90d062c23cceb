package io.inferometer.simulator.engine;

import io.inferometer.simulator.engine.TokenSchedule.Speculation;
import java.util.Random;

/**
 * Speculation: before each step some tokens of every answer are drafted, and the step takes over those up to the first
 * that is wrong. How often they are right varies from answer to answer: the logit of the share is normal.
 */
final class Drafts {
    private static final double SPREAD = 0.5;

    private final StepCosts.Drafting law;
    private final Random random;
    private long drafts;
    private long acceptedTokens;

    Drafts(StepCosts.Drafting law, long seed) {
        this.law = law;
        this.random = new Random(seed);
    }

    /** The most tokens that a step may write of an answer. */
    int mostTokens() {
        return 1 + law.tokens();
    }

    /** The acceptance of one more answer. */
    double acceptance() {
        if (law.tokens() == 0) {
            return 0;
        }
        double odds = law.acceptance() / (1 - law.acceptance()) * Math.exp(SPREAD * random.nextGaussian());
        return Double.isInfinite(odds) ? 1 : odds / (1 + odds);
    }

    /** How many tokens a step writes of an answer. */
    int tokens(Sequence sequence) {
        if (law.tokens() == 0) {
            return 1;
        }
        drafts++;
        int accepted = 0;
        while (accepted < law.tokens() && random.nextDouble() < sequence.acceptance) {
            accepted++;
        }
        acceptedTokens += accepted;
        return Math.min(1 + accepted, sequence.unwrittenTokens());
    }

    /** What it came to. */
    Speculation told() {
        return new Speculation(drafts, drafts * law.tokens(), acceptedTokens);
    }
}
