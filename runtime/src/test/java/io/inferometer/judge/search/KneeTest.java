package io.inferometer.judge.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KneeTest {
    private static final int REPETITIONS = Integer.getInteger("search.repetitions", 400);
    private static final double TOLERANCE = 0.05;

    private final SearchRule rule = new SearchRule(1, 64, false, TOLERANCE);
    private final Knee knee = new Knee(TOLERANCE);

    @Test
    void loadsAreDoubledUntilTheRateNoLongerGrowsAndThenTheMiddleIsTried() {
        List<Rated> tried = search(rule, load -> exactly(load, Math.min(load, 10)));

        assertThat(tried.stream().mapToDouble(Rated::load))
                .containsExactly(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 11.31, 9.512, 8.723, 9.109);
        assertThat(bracket(tried)).isEqualTo(new Bracket(OptionalDouble.of(9.109), OptionalDouble.of(9.512)));
    }

    @Test
    void whatGrowsToTheUpperEndHasNoKneeBelowIt() {
        List<Rated> tried = search(rule, load -> exactly(load, load));

        assertThat(bracket(tried)).isEqualTo(new Bracket(OptionalDouble.of(32), OptionalDouble.empty()));
        assertThat(knee.verdicts(tried).get(6)).isEqualTo(ProbeVerdict.GREATEST);
    }

    @Test
    void whatDoesNotGrowHasItAtTheLowerEnd() {
        List<Rated> tried = search(rule, load -> exactly(load, 5));

        assertThat(tried).hasSize(2);
        assertThat(bracket(tried)).isEqualTo(new Bracket(OptionalDouble.empty(), OptionalDouble.of(1)));
    }

    @Test
    void whatFallsAgainBehindItsGreatestIsNoKnee() {
        List<Rated> tried = search(rule, load -> exactly(load, load <= 8 ? load : 4));

        assertThat(bracket(tried).high().orElseThrow()).isBetween(7.6, 8.0);
        assertThat(knee.verdicts(tried)).contains(ProbeVerdict.BELOW, ProbeVerdict.REACHED);
    }

    @Test
    void whatScattersTooMuchIsUndecided() {
        Rated less = new Rated(4, 80, 120, 70, 130, 90, 110);
        Rated more = new Rated(8, 85, 125, 75, 135, 95, 115);

        assertThat(knee.verdicts(List.of(less, more))).containsExactly(ProbeVerdict.UNDECIDED, ProbeVerdict.GREATEST);
        assertThat(knee.told(more, List.of(less))).isFalse();
    }

    /**
     * A rate that grows with the load and less and less so, where windows scatter and resemble their neighbours. The truth is the
     * least load that gives, in the long run, 95 % of the greatest that was tried.
     *
     * @param capacity the load at which it would be reached if it grew as it begins
     * @param sharpness how sudden the knee is
     * @param scatter the deviation of a window, as a share
     */
    @ParameterizedTest
    @CsvSource({"10, 4, 0.03", "10, 8, 0.05", "23, 4, 0.05", "10, 2, 0.03", "20, 8, 0.1", "5, 4, 0.08"})
    void theBracketHoldsTheTruth(double capacity, double sharpness, double scatter) {
        Random random = new Random(17);
        SearchRule wide = new SearchRule(1, 256, false, TOLERANCE);
        DoubleUnaryOperator curve = load -> load / Math.pow(1 + Math.pow(load / capacity, sharpness), 1 / sharpness);
        int held = 0;
        int probes = 0;
        int ended = 0;
        double width = 0;
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            List<Rated> tried = new ArrayList<>();
            search(wide, tried, load -> probe(load, curve.applyAsDouble(load), scatter, random, tried));
            double greatest =
                    tried.stream().mapToDouble(Rated::load).map(curve).max().orElseThrow();
            Bracket bracket = bracket(tried);
            double low = bracket.low().orElse(0);
            double high = bracket.high().orElse(Double.POSITIVE_INFINITY);
            held += curve.applyAsDouble(low) < (1 - TOLERANCE) * greatest
                            && (high > 1e9 || curve.applyAsDouble(high) >= (1 - TOLERANCE) * greatest)
                    ? 1
                    : 0;
            probes += tried.size();
            if (bracket.low().isPresent() && bracket.high().isPresent()) {
                ended++;
                width += Math.log(high / low);
            }
        }

        assertThat((double) held / REPETITIONS).isGreaterThanOrEqualTo(0.9);
        assertThat((double) ended / REPETITIONS).isGreaterThanOrEqualTo(0.9);
        assertThat(Math.exp(width / ended)).isLessThan(3.5);
        assertThat((double) probes / REPETITIONS).isLessThan(13);
    }

    private Rated probe(double load, double rate, double scatter, Random random, List<Rated> others) {
        List<Double> windows = new ArrayList<>();
        double noise = random.nextGaussian() * scatter;
        for (int times = 1; ; times++) {
            for (int window = 0; window < SearchRule.WINDOWS; window++) {
                noise = 0.3 * noise + Math.sqrt(0.91) * random.nextGaussian() * scatter;
                windows.add(rate * (1 + noise));
            }
            Rated probe = new Rated(
                    load, windows.stream().mapToDouble(Double::doubleValue).toArray());
            if (SearchRule.looks(times) && knee.told(probe, others) || times == SearchRule.mostTimes()) {
                return probe;
            }
        }
    }

    private static Rated exactly(double load, double rate) {
        return new Rated(load, rate, rate, rate, rate, rate, rate);
    }

    private List<Rated> search(SearchRule rule, DoubleFunction<Rated> probe) {
        return search(rule, new ArrayList<>(), probe);
    }

    private List<Rated> search(SearchRule rule, List<Rated> tried, DoubleFunction<Rated> probe) {
        for (OptionalDouble next = rule.next(of(tried)); next.isPresent(); next = rule.next(of(tried))) {
            tried.add(probe.apply(next.getAsDouble()));
        }
        return tried;
    }

    private Bracket bracket(List<Rated> tried) {
        return Bracket.of(of(tried));
    }

    private List<Tried> of(List<Rated> rated) {
        List<ProbeVerdict> verdicts = knee.verdicts(rated);
        List<Tried> tried = new ArrayList<>();
        for (int i = 0; i < rated.size(); i++) {
            tried.add(new Tried(rated.get(i).load(), MetShare.of(List.of()), verdicts.get(i)));
        }
        return tried;
    }
}
