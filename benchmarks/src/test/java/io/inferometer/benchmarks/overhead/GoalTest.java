package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void isMetOrMissedWhereTheWholeIntervalIs() {
        assertThat(Goal.atMost(150).verdict(between(140, 150))).isEqualTo("met");
        assertThat(Goal.atMost(150).verdict(between(140, 151))).isEqualTo("open");
        assertThat(Goal.atMost(150).verdict(between(151, 160))).isEqualTo("missed");
        assertThat(Goal.atLeast(40_000).verdict(between(40_000, 50_000))).isEqualTo("met");
        assertThat(Goal.atLeast(40_000).verdict(between(39_999, 50_000))).isEqualTo("open");
        assertThat(Goal.atLeast(40_000).verdict(between(30_000, 39_999))).isEqualTo("missed");
        assertThat(Goal.ofBare(1.5).verdict(between(1.2, 1.5))).isEqualTo("met");
    }

    @Test
    void isOpenWithoutAnInterval() {
        assertThat(Goal.atMost(150).verdict(Sample.of(List.of(1.0, 1.0, 1.0, 1.0))))
                .isEqualTo("open");
    }

    @Test
    void saysWhatItsBoundIs() {
        assertThat(Goal.atMost(0.01).words()).isEqualTo("≤ 0.01");
        assertThat(Goal.atLeast(40_000).words()).isEqualTo("≥ 40,000");
        assertThat(Goal.ofBare(1.5).words()).isEqualTo("≤ 1.5 × bare");
    }

    private static Sample between(double low, double high) {
        return Sample.of(List.of(low, high, low, high, low));
    }

    @Test
    void numbersHaveAboutThreeDigits() {
        assertThat(Goal.number(86_300.4)).isEqualTo("86,300");
        assertThat(Goal.number(128.7)).isEqualTo("129");
        assertThat(Goal.number(12.34)).isEqualTo("12.3");
        assertThat(Goal.number(1.5)).isEqualTo("1.5");
        assertThat(Goal.number(-0.0213)).isEqualTo("-0.021");
        assertThat(Goal.number(0)).isEqualTo("0");
        assertThat(Goal.number(0.0002)).isEqualTo("<0.001");
        assertThat(Goal.number(-0.0002)).isEqualTo(">-0.001");
        assertThat(Goal.number(Double.NaN)).isEqualTo("–");
    }
}
