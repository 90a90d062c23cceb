package io.inferometer.judge.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Interval;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntilTest {
    private static final Duration NOTHING = Duration.ZERO;
    private static final Goal FIVE_PERCENT = new Goal(Iterations.mean(), 0.05);

    private final Until until = new Until(List.of(FIVE_PERCENT), Duration.ofMinutes(10));

    @Test
    void isLookedAtAfterTenIterationsAndThenEachTimeThatThereAreHalfAsManyMore() {
        assertThat(ends(1)).containsExactly(10, 15, 23, 35, 53, 80);
    }

    @Test
    void isFirstLookedAtAfterTheLeastThatWasAskedFor() {
        assertThat(ends(40)).containsExactly(40, 60, 90);
    }

    /** The numbers of iterations after which it ends where all are the same. */
    private List<Integer> ends(int least) {
        return IntStream.rangeClosed(1, 100)
                .filter(count -> !until.goesOn(least, same(count), NOTHING))
                .boxed()
                .toList();
    }

    @Test
    void goesOnWhileAFigureIsNotAsNarrowAsIsWanted() {
        List<Summary> scattered = Iterations.of(
                IntStream.range(0, 10).mapToDouble(i -> 100 + 40 * (i % 2)).toArray());

        assertThat(until.goesOn(1, scattered, NOTHING)).isTrue();
        assertThat(new Until(List.of(new Goal(Iterations.mean(), 0.2)), until.atMost()).goesOn(1, scattered, NOTHING))
                .isFalse();
    }

    @Test
    void endsBeforeAnIterationThatWouldNotEndInTime() {
        assertThat(until.goesOn(1, same(4), Duration.ofMinutes(8))).isTrue();
        assertThat(until.goesOn(1, same(4), Duration.ofMinutes(8).plusNanos(4))).isFalse();
    }

    @Test
    void runsTheLeastThatWasAskedForWhateverTheyTake() {
        assertThat(until.goesOn(3, same(2), Duration.ofHours(1))).isTrue();
        assertThat(until.goesOn(3, same(3), Duration.ofHours(1))).isFalse();
    }

    @Test
    void iterationsThatRiseAndFallSlowlyAreJoinedUntilTheyDont() {
        double[] slow = IntStream.range(0, 80)
                .mapToDouble(i -> 100 + 10 * Math.sin(i / 5.0))
                .toArray();

        Interval joined =
                Precision.of(FIVE_PERCENT, Iterations.of(slow)).interval().orElseThrow();
        double[] quick =
                IntStream.range(0, 80).mapToDouble(i -> slow[i * 37 % 80]).toArray();
        Interval alone =
                Precision.of(FIVE_PERCENT, Iterations.of(quick)).interval().orElseThrow();

        assertThat(joined.count()).isEqualTo(10);
        assertThat(alone.count()).isEqualTo(80);
        assertThat(joined.center()).isCloseTo(alone.center(), within(1e-9));
        assertThat(joined.halfWidth()).isGreaterThan(2 * alone.halfWidth());
    }

    @Test
    void whatCantBeToldSaysWhy() {
        assertThat(Precision.of(FIVE_PERCENT, same(9)).lacking()).isEqualTo("it takes 10 iterations, and there are 9");
        assertThat(Precision.of(FIVE_PERCENT, Iterations.of(1, 2, Double.NaN)).lacking())
                .isEqualTo("not measured in every iteration");
        assertThat(Precision.of(FIVE_PERCENT, Iterations.of(0, 0, 0)).lacking())
                .isEqualTo("0 in an iteration, so that there is no ratio");
        assertThat(Precision.of(
                                FIVE_PERCENT,
                                Iterations.of(IntStream.range(0, 19)
                                        .asDoubleStream()
                                        .map(i -> i + 1)
                                        .toArray()))
                        .lacking())
                .isEqualTo(
                        "iterations depend on each other, and joined until they do not they are 9, of 10 that it takes");
        assertThat(Precision.of(FIVE_PERCENT, same(9)).reached()).isFalse();
        assertThat(Precision.of(FIVE_PERCENT, same(10)).reached()).isTrue();
    }

    private static List<Summary> same(int count) {
        return Iterations.of(IntStream.range(0, count).mapToDouble(i -> 100).toArray());
    }

    @Test
    void aGoalIsAFigureWithAHalfWidth() {
        assertThat(Goal.parse("ttft.p99 5%, goodput 0.5 %"))
                .extracting(Goal::toString)
                .containsExactly("ttft.p99 5%", "goodput 0.5%");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttft.p99|ttft.p99: say how narrow, as in ttft.p99 5%",
                "ttft.p99 5|ttft.p99 5 is no figure with a half width, such as ttft.p99 5%",
                "ttft.p99 0%|ttft.p99 0%: a half width is above 0% and up to 50%",
                "ttft.p99 51%|ttft.p99 51%: a half width is above 0% and up to 50%",
                "ttft.p99 5%,|an empty part is no figure with a half width, such as ttft.p99 5%",
                "ttft.p99 5%, ttft.p99 4%|ttft.p99 is there twice",
                "latency 5%|latency is no figure; there are ttft, ttfvt, tpot, itl, e2el, ttftFromSchedule and"
                        + " e2elFromSchedule with .mean or a percentile such as .p99, inputTokensPerSecond, itemsPerSecond,"
                        + " outputTokensPerSecond, requestsPerSecond, steadyOutputTokensPerSecond, goodput and failures",
            })
    void whatIsNoGoalIsSaid(String text, String message) {
        assertThatThrownBy(() -> Goal.parse(text)).hasMessage(message);
    }
}
