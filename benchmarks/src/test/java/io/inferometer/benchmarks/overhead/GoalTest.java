package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void tellsWhetherAValueMeetsIt() {
        assertThat(Goal.atMost(150).told(150, Double.NaN)).isEqualTo("≤ 150 met");
        assertThat(Goal.atMost(0.01).told(0.011, Double.NaN)).isEqualTo("≤ 0.01 missed");
        assertThat(Goal.atLeast(40_000).told(50_000, 0)).isEqualTo("≥ 40,000 met");
        assertThat(Goal.ofLimit(1.5).told(15, 10)).isEqualTo("≤ 1.5 × limit met");
        assertThat(Goal.ofLimit(1.5).told(15.1, 10)).isEqualTo("≤ 1.5 × limit missed");
    }

    @Test
    void saysNothingWhereThereIsNothingToJudge() {
        assertThat(Goal.NONE.told(1, 1)).isEmpty();
        assertThat(Goal.ofLimit(3).told(1, Double.NaN)).isEmpty();
        assertThat(Goal.atMost(1).told(Double.NaN, 1)).isEmpty();
    }

    @Test
    void numbersHaveAboutThreeDigits() {
        assertThat(Goal.number(86_300.4)).isEqualTo("86,300");
        assertThat(Goal.number(128.7)).isEqualTo("129");
        assertThat(Goal.number(12.34)).isEqualTo("12.3");
        assertThat(Goal.number(1.5)).isEqualTo("1.5");
        assertThat(Goal.number(-0.0213)).isEqualTo("-0.021");
        assertThat(Goal.number(0)).isEqualTo("0");
        assertThat(Goal.number(Double.NaN)).isEqualTo("–");
    }
}
