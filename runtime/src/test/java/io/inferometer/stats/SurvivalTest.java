package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurvivalTest {
    private static final int REPETITIONS = Integer.getInteger("censored.repetitions", 200);

    @Test
    void withNobodyCutOffThePercentilesAreThoseOfTheValues() {
        Random random = new Random(3);
        for (int count = 1; count < 200; count++) {
            double[] values =
                    random.doubles(count).map(value -> Math.rint(value * 50)).toArray();
            Sample sample = sample(values);

            AllPercentiles all = new Survival().with(sample, 0, Percentiles.STANDARD);

            assertThat(all.percentiles())
                    .isEqualTo(sample.distribution(Percentiles.STANDARD).percentiles());
        }
    }

    @Test
    void aFailureStaysAtRiskForEver() {
        AllPercentiles all = new Survival().with(sample(1, 2, 3, 4, 5, 6, 7, 8), 2, Percentiles.STANDARD);

        assertThat(all.count()).isEqualTo(10);
        assertThat(all.percentile(50)).isEqualTo(5.5);
        assertThat(all.percentile(90)).isInfinite();
        assertThat(all.beyond()).isInfinite();
    }

    @Test
    void theWeightOfOneThatWasCutOffGoesToThoseThatWereStillAtRisk() {
        // By hand: 1 and 2 weigh 1, then 3 of 5 remain at risk of weight 1, so 4 and 5 weigh 1.5 each.
        Survival survival = new Survival();
        survival.cutOff(3);

        AllPercentiles all = survival.with(sample(1, 2, 4, 5), 0, List.of(0.0, 25.0, 50.0, 75.0, 100.0));

        assertThat(all.count()).isEqualTo(5);
        assertThat(all.cutOff()).isEqualTo(1);
        assertThat(all.percentiles().values()).containsExactly(1.0, 2.0, 4.0, 4.0, 5.0);
        assertThat(all.beyond()).isInfinite();
    }

    @Test
    void beyondTheLastValueIsKnownOnlyThatItTookLongerThanTheOldestHadRun() {
        Survival survival = new Survival();
        survival.cutOff(7);
        survival.cutOff(9);

        AllPercentiles all = survival.with(sample(1, 2, 3, 4), 1, Percentiles.STANDARD);

        assertThat(all.percentile(50)).isEqualTo(4);
        assertThat(all.percentile(90)).isInfinite();
        assertThat(all.beyond()).isEqualTo(9);
    }

    @Test
    void aValueThatWasKnownBeforeTheCutCountsAsOne() {
        Survival survival = new Survival();
        survival.known(3);

        AllPercentiles all = survival.with(sample(1, 2), 0, List.of(50.0, 100.0));

        assertThat(all.percentiles().values()).containsExactly(2.0, 3.0);
        assertThat(all.cutOff()).isZero();
    }

    @Test
    void ofEqualsAValueComesBeforeACut() {
        Survival survival = new Survival();
        survival.cutOff(2);

        AllPercentiles all = survival.with(sample(1, 2, 3), 0, List.of(100.0));

        assertThat(all.percentile(100)).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} % cut off")
    @ValueSource(ints = {5, 20, 40})
    void theMedianIsRightWithinAFewPercentWhereSurvivorsAloneAreNot(int percent) {
        Estimate estimate = estimate(percent, 50);

        assertThat(estimate.mean).isCloseTo(estimate.truth, within(0.05 * estimate.truth));
        if (percent == 40) {
            assertThat(estimate.survivors).isLessThan(0.9 * estimate.truth);
        }
    }

    @ParameterizedTest(name = "{0} % cut off")
    @ValueSource(ints = {5, 20})
    void theP90IsRightWithinTenPercent(int percent) {
        Estimate estimate = estimate(percent, 90);

        assertThat(estimate.mean).isCloseTo(estimate.truth, within(0.1 * estimate.truth));
    }

    /** Requests of an open loop that begin evenly over a time that ends when so many of them are still in flight. */
    private static Estimate estimate(int percentCut, double p) {
        double sigma = 0.5;
        double truth = 10 * Math.exp(sigma * (p == 50 ? 0 : 1.2815515655446004));
        double window = 10 * Math.exp(sigma * sigma / 2) * 100 / percentCut;
        double sum = 0;
        double survivors = 0;
        Random random = new Random(percentCut);
        for (int i = 0; i < REPETITIONS; i++) {
            Survival survival = new Survival();
            Sample ended = new Sample();
            for (int k = 0; k < 400; k++) {
                double age = window * (1 - k / 400.0);
                double takes = 10 * Math.exp(sigma * random.nextGaussian());
                if (takes <= age) {
                    ended.add(takes);
                } else {
                    survival.cutOff(age);
                }
            }
            sum += survival.with(ended, 0, List.of(p)).percentile(p);
            survivors += ended.percentile(p);
        }
        return new Estimate(truth, sum / REPETITIONS, survivors / REPETITIONS);
    }

    private static Sample sample(double... values) {
        Sample sample = new Sample();
        Arrays.stream(values).forEach(sample::add);
        return sample;
    }

    private record Estimate(double truth, double mean, double survivors) {}
}
