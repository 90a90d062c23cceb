package io.inferometer.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrialContextTest {
    @Test
    void textsAreDrawnFromASeedOfTheTrialsAndForksOwn() {
        Set<Long> seeds = new HashSet<>();
        Set<Integer> lowBits = new HashSet<>();

        for (int trial = 0; trial < 50; trial++) {
            for (int fork = 0; fork < 20; fork++) {
                long seed = trial(trial, fork, false).textSeed();
                seeds.add(seed);
                lowBits.add((int) seed);
            }
        }

        assertThat(seeds).hasSize(1000);
        assertThat(lowBits).hasSize(1000);
        assertThat(trial(0, 0, false).textSeed()).isEqualTo(7);
    }

    @Test
    void aRequestsIdTellsTrialForkAndWarmup() {
        TrialContext trial = trial(2, 1, false);

        assertThat(new RequestContext(trial, false, 0, 17).id()).isEqualTo("2-1-17");
        assertThat(new RequestContext(trial, true, 0, 17).id()).isEqualTo("w2-1-17");
    }

    @Test
    void whereThePromptsAreToBeTheSameTrialsAndForksAreNotTold() {
        TrialContext trial = trial(2, 1, true);

        assertThat(trial.textSeed()).isEqualTo(7);
        assertThat(new RequestContext(trial, false, 0, 17).id()).isEqualTo("0-0-17");
        assertThat(new RequestContext(trial, true, 0, 17).id()).isEqualTo("w0-0-17");
    }

    @Test
    void requestsAreThoseOfAllIterations() {
        assertThat(trial(0, 0, false).requests()).hasValue(30);
        assertThat(new TrialContext(0, 0, "", "", new Load.Closed(1), 0, false, 0, 3, OptionalLong.empty()).requests())
                .isEmpty();
    }

    @Test
    void aTestOfAWorkloadHasContextsToCallItsMethodsWith() {
        TrialContext trial = TrialContext.first("m", 10);

        assertThat(trial.model()).isEqualTo("m");
        assertThat(trial.requests()).hasValue(10);
        assertThat(RequestContext.of(trial, 3).id()).isEqualTo("0-0-3");
    }

    @Test
    void nothingInAContextIsNull() {
        OptionalLong requests = OptionalLong.empty();

        assertThatNullPointerException()
                .isThrownBy(() -> new TrialContext(0, 0, null, "", new Load.Closed(1), 0, false, 0, 1, requests))
                .withMessage("model");
        assertThatNullPointerException()
                .isThrownBy(() -> new TrialContext(0, 0, "m", null, new Load.Closed(1), 0, false, 0, 1, requests))
                .withMessage("tokenizer");
        assertThatNullPointerException()
                .isThrownBy(() -> new TrialContext(0, 0, "m", "", null, 0, false, 0, 1, requests))
                .withMessage("load");
        assertThatNullPointerException()
                .isThrownBy(() -> new TrialContext(0, 0, "m", "", new Load.Closed(1), 0, false, 0, 1, null))
                .withMessage("requestsPerIteration");
        assertThatNullPointerException()
                .isThrownBy(() -> new RequestContext(null, false, 0, 0))
                .withMessage("trial");
    }

    private static TrialContext trial(int number, int fork, boolean samePrompts) {
        return new TrialContext(number, fork, "m", "", new Load.Closed(1), 7, samePrompts, 1, 3, OptionalLong.of(10));
    }
}
