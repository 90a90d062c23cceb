package io.inferometer.judge.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchRuleTest {
    private static final int REPETITIONS = Integer.getInteger("search.repetitions", 400);
    private static final double ATTAINMENT = 0.99;
    private static final double WINDOW_SECONDS = 10;

    @Test
    void loadsAreDoubledUntilOneMissesAndThenTheMiddleIsTried() {
        SearchRule rule = new SearchRule(1, 64, false, 0.05);

        List<Tried> tried = search(rule, load -> load <= 10 ? met(load) : missed(load));

        assertThat(tried.stream().mapToDouble(Tried::load))
                .containsExactly(1.0, 2.0, 4.0, 8.0, 16.0, 11.31, 9.512, 10.37, 9.932);
        assertThat(Bracket.of(tried)).isEqualTo(new Bracket(OptionalDouble.of(9.932), OptionalDouble.of(10.37)));
    }

    @Test
    void wholeLoadsEndBesideEachOther() {
        SearchRule rule = new SearchRule(1, 512, true, 0.05);

        List<Tried> tried = search(rule, load -> load <= 5 ? met(load) : missed(load));

        assertThat(tried.stream().mapToDouble(Tried::load)).containsExactly(1.0, 2.0, 4.0, 8.0, 6.0, 5.0);
        assertThat(Bracket.of(tried)).isEqualTo(new Bracket(OptionalDouble.of(5), OptionalDouble.of(6)));
    }

    @Test
    void theUpperEndIsTriedLastAndHasNoneAbove() {
        SearchRule rule = new SearchRule(3, 20, false, 0.05);

        List<Tried> tried = search(rule, SearchRuleTest::met);

        assertThat(tried.stream().mapToDouble(Tried::load)).containsExactly(3.0, 6.0, 12.0, 20.0);
        assertThat(Bracket.of(tried)).isEqualTo(new Bracket(OptionalDouble.of(20), OptionalDouble.empty()));
    }

    @Test
    void nothingIsTriedAboveALowerEndThatMissed() {
        List<Tried> tried = search(new SearchRule(1, 64, false, 0.05), SearchRuleTest::missed);

        assertThat(tried).hasSize(1);
        assertThat(Bracket.of(tried)).isEqualTo(new Bracket(OptionalDouble.empty(), OptionalDouble.of(1)));
    }

    @Test
    void whatIsUndecidedStaysSoAndItsTwoSidesAreNarrowed() {
        SearchRule rule = new SearchRule(1, 64, false, 0.05);

        List<Tried> tried = search(rule, load -> load < 7.5 ? met(load) : load > 8.5 ? missed(load) : undecided(load));

        Bracket bracket = Bracket.of(tried);
        assertThat(bracket.low().getAsDouble()).isBetween(7.0, 7.5);
        assertThat(bracket.high().getAsDouble()).isBetween(8.5, 9.2);
        assertThat(rule.narrow(bracket)).isFalse();
        assertThat(tried.stream().filter(one -> one.verdict() == ProbeVerdict.UNDECIDED))
                .extracting(Tried::load)
                .contains(8.0);
    }

    @Test
    void nothingIsProvenByAnUndecidedLowerEndAlone() {
        List<Tried> tried =
                search(new SearchRule(1, 4, false, 0.05), load -> load < 3 ? undecided(load) : missed(load));

        assertThat(tried.stream().mapToDouble(Tried::load)).containsExactly(1.0, 2.0, 4.0);
        assertThat(Bracket.of(tried)).isEqualTo(new Bracket(OptionalDouble.empty(), OptionalDouble.of(4)));
    }

    @Test
    void aShareThatRisesWithTheLoadIsSeen() {
        Tried cold = new Tried(1, new MetShare(0.992, 0.990, 0.994, 1000), ProbeVerdict.MET);
        Tried warm = new Tried(2, new MetShare(0.999, 0.997, 1, 1000), ProbeVerdict.MET);

        assertThat(SearchRule.rising(List.of(cold, warm))).contains(List.of(cold, warm));
        assertThat(SearchRule.rising(List.of(met(1), met(2), missed(3)))).isEmpty();
    }

    @Test
    void aProbeIsLookedAtFourTimes() {
        assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 8).stream().filter(SearchRule::looks))
                .containsExactly(1, 2, 4, 8);
        assertThat(SearchRule.mostTimes()).isEqualTo(8);
    }

    @Test
    void aRangeOfNoLoadsIsRefused() {
        assertThatThrownBy(() -> new SearchRule(0, 4, false, 0.05)).hasMessage("no range of loads: 0.0 to 4.0");
        assertThatThrownBy(() -> new SearchRule(4, 4, false, 0.05)).hasMessage("no range of loads: 4.0 to 4.0");
        assertThatThrownBy(() -> new SearchRule(1, 4, false, 0)).hasMessage("a tolerance is above 0, not 0.0");
    }

    /**
     * A curve of the share over the load, where windows of one probe differ from each other by more than chance and resemble
     * their neighbours.
     *
     * @param steepness by how much, as a logarithm, the load grows while the odds of a miss grow e-fold
     * @param scatter the deviation of a window's log odds
     * @param truth the load at which 99 % meet the objective
     */
    @ParameterizedTest
    @CsvSource({"0.02, 0.3, 23.7", "0.05, 0.3, 23.7", "0.05, 0.6, 11.2", "0.1, 0.3, 47.3", "0.05, 0.3, 5.3"})
    void theBracketHoldsTheTruth(double steepness, double scatter, double truth) {
        Random random = new Random(16);
        DoubleUnaryOperator odds = curve(steepness, scatter, truth);
        SearchRule rule = new SearchRule(1, 64, false, 0.05);
        int held = 0;
        int probes = 0;
        double width = 0;
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            List<Tried> tried = search(rule, load -> probe(load, odds.applyAsDouble(load), scatter, random));
            Bracket bracket = Bracket.of(tried);
            double low = bracket.low().orElse(0);
            double high = bracket.high().orElse(Double.POSITIVE_INFINITY);
            held += low <= truth && truth <= high ? 1 : 0;
            probes += tried.size();
            width += Math.log(high / low);
        }

        assertThat((double) held / REPETITIONS).isGreaterThanOrEqualTo(0.9);
        assertThat(Math.exp(width / REPETITIONS)).isLessThan(1.12);
        assertThat((double) probes / REPETITIONS).isLessThan(13);
    }

    /** The log odds of a miss by load, such that on the mean of all windows 1 % miss at the truth. */
    private static DoubleUnaryOperator curve(double steepness, double scatter, double truth) {
        double center = Math.log(1 / ATTAINMENT - 1);
        Random random = new Random(1);
        double[] noise = random.doubles(20_000)
                .map(ignored -> random.nextGaussian() * scatter)
                .toArray();
        for (int i = 0; i < 60; i++) {
            double mean = 0;
            for (double one : noise) {
                mean += logistic(center + one) / noise.length;
            }
            center -= Math.log(mean / (1 - mean)) - Math.log(1 / ATTAINMENT - 1);
        }
        double at = center;
        return load -> at + Math.log(load / truth) / steepness;
    }

    private static Tried probe(double load, double odds, double scatter, Random random) {
        List<WindowCount> windows = new ArrayList<>();
        for (int times = 1; ; times++) {
            double noise = random.nextGaussian() * scatter;
            for (int window = 0; window < SearchRule.WINDOWS; window++) {
                noise = 0.5 * noise + Math.sqrt(0.75) * random.nextGaussian() * scatter;
                windows.add(window(load, logistic(odds + noise), random));
            }
            MetShare share = MetShare.of(windows);
            ProbeVerdict verdict = ProbeVerdict.of(share, ATTAINMENT, false);
            if (SearchRule.looks(times) && verdict != ProbeVerdict.UNDECIDED || times == SearchRule.mostTimes()) {
                return new Tried(load, share, verdict);
            }
        }
    }

    private static WindowCount window(double load, double missing, Random random) {
        long judged = 0;
        long met = 0;
        for (double at = -Math.log(1 - random.nextDouble()); at < load * WINDOW_SECONDS; judged++) {
            met += random.nextDouble() < missing ? 0 : 1;
            at -= Math.log(1 - random.nextDouble());
        }
        return new WindowCount(met, judged);
    }

    private static double logistic(double odds) {
        return 1 / (1 + Math.exp(-odds));
    }

    private static List<Tried> search(SearchRule rule, DoubleFunction<Tried> probe) {
        List<Tried> tried = new ArrayList<>();
        for (OptionalDouble next = rule.next(tried); next.isPresent(); next = rule.next(tried)) {
            tried.add(probe.apply(next.getAsDouble()));
        }
        return tried;
    }

    private static Tried met(double load) {
        return new Tried(load, new MetShare(1, 0.995, 1, 1000), ProbeVerdict.MET);
    }

    private static Tried missed(double load) {
        return new Tried(load, new MetShare(0.5, 0.45, 0.55, 1000), ProbeVerdict.MISSED);
    }

    private static Tried undecided(double load) {
        return new Tried(load, new MetShare(0.99, 0.98, 0.995, 1000), ProbeVerdict.UNDECIDED);
    }
}
