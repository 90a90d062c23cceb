package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PercentilesTest {
    /** Of numpy's own figures; the vectors say so. */
    private static final double RELATIVE = 1e-12;

    static Stream<JsonNode> vectors() throws IOException {
        try (InputStream in = PercentilesTest.class.getResourceAsStream("percentiles.json")) {
            JsonNode cases = new ObjectMapper().readTree(in).required("cases");
            return StreamSupport.stream(cases.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void percentilesAreNumpysLinearOnes(JsonNode vector) {
        double[] sorted = values(vector);
        Arrays.sort(sorted);

        vector.required("percentiles").properties().forEach(percentile -> {
            double p = Double.parseDouble(percentile.getKey());
            double expected = percentile.getValue().asDouble();

            assertThat(Percentiles.linear(sorted, p)).isCloseTo(expected, relative(expected));
        });
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void momentsAreNumpysOfAWholePopulation(JsonNode vector) {
        Distribution distribution = Distribution.of(values(vector));

        assertClose(distribution.mean(), vector.required("mean"));
        assertClose(distribution.std(), vector.required("std"));
        assertClose(distribution.min(), vector.required("min"));
        assertClose(distribution.max(), vector.required("max"));
        assertClose(distribution.percentile(50), vector.required("median"));
    }

    private static double[] values(JsonNode vector) {
        return StreamSupport.stream(vector.required("values").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static void assertClose(double actual, JsonNode expected) {
        assertThat(actual).isCloseTo(expected.asDouble(), relative(expected.asDouble()));
    }

    private static org.assertj.core.data.Offset<Double> relative(double expected) {
        return within(Math.max(Double.MIN_VALUE, RELATIVE * Math.abs(expected)));
    }

    @Test
    void aPercentileIsNeverBelowOneOfALowerRankAndWithinTheValues() {
        Random random = new Random(1);
        for (int round = 0; round < 1_000; round++) {
            double[] sorted = random.doubles(1 + random.nextInt(50)).sorted().toArray();
            double previous = sorted[0];
            for (double p = 0; p <= 100; p += 0.5) {
                double percentile = Percentiles.linear(sorted, p);

                assertThat(percentile).isBetween(previous, sorted[sorted.length - 1]);
                previous = percentile;
            }
        }
    }

    @Test
    void aPercentileThatTouchesAnInfiniteValueIsInfinite() {
        double[] sorted = {1, 2, 3, Double.POSITIVE_INFINITY};

        assertThat(Percentiles.linear(sorted, 50)).isEqualTo(2.5);
        assertThat(Percentiles.linear(sorted, 200.0 / 3)).isEqualTo(3);
        assertThat(Percentiles.linear(sorted, 90)).isInfinite();
        assertThat(Percentiles.linear(sorted, 100)).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({"50, 2", "90, 10", "95, 20", "99, 100", "99.9, 1000", "10, 10", "1, 100", "0, 1", "100, 1"})
    void aPercentileNeedsAValueThatIsExpectedBeyondIt(double p, long needed) {
        assertThat(Percentiles.needed(p)).isEqualTo(needed);
        assertThat(Percentiles.carried(needed, p)).isTrue();
        assertThat(Percentiles.carried(needed - 1, p)).isFalse();
    }

    @Test
    void aPercentileBeyondAHundredOrOfNothingIsRefused() {
        assertThatThrownBy(() -> Percentiles.linear(new double[] {1}, 101))
                .hasMessage("a percentile is from 0 to 100, not 101.0");
        assertThatThrownBy(() -> Percentiles.linear(new double[0], 50)).hasMessage("no values");
    }

    @Test
    void aDistributionHasTheStandardPercentilesAndThoseAskedFor() {
        Sample sample = new Sample();
        sample.add(1);
        sample.add(2);

        Distribution distribution = sample.distribution(Percentiles.with(List.of(99.99, 50.0, 0.5)));

        assertThat(distribution.percentiles().keySet())
                .containsExactly(0.5, 1.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 99.99);
        assertThat(distribution.percentile(99.99)).isCloseTo(1.9999, within(1e-12));
        assertThat(distribution.percentile(51)).isNaN();
    }

    @Test
    void aLabelIsReadBack() {
        for (double p : new double[] {0.001, 1, 50, 99.9, 99.999}) {
            assertThat(Percentiles.ofLabel(Percentiles.label(p))).contains(p);
        }
        assertThat(Percentiles.ofLabel("p50All")).isEmpty();
        assertThat(Percentiles.ofLabel("mean")).isEmpty();
    }

    @Test
    void labelsAreAsShortAsTheyCanBe() {
        assertThat(Percentiles.label(50)).isEqualTo("p50");
        assertThat(Percentiles.label(99.9)).isEqualTo("p99.9");
    }

    @Test
    void nothingHasNoStatisticInsteadOfZero() {
        Distribution nothing = Distribution.of();

        assertThat(nothing.isEmpty()).isTrue();
        assertThat(nothing.mean()).isNaN();
        assertThat(nothing.std()).isNaN();
        assertThat(nothing.percentile(50)).isNaN();
        assertThat(nothing.carries(50)).isFalse();
    }

    @Test
    void theDeviationOfCloseValuesFarFromZeroKeepsItsDigits() {
        double[] values = new Random(2).doubles(10_000, 1e12, 1e12 + 1_000).toArray();
        double mean = Arrays.stream(values).map(v -> v - 1e12).average().orElseThrow();
        double squares =
                Arrays.stream(values).map(v -> v - 1e12 - mean).map(d -> d * d).sum();

        Distribution distribution = Distribution.of(values);

        assertThat(distribution.std()).isCloseTo(Math.sqrt(squares / values.length), within(1e-3));
    }

    @Test
    void aRankThatIsAWholeNumberLandsOnItsValue() {
        double[] sorted = IntStream.rangeClosed(0, 1_000).mapToDouble(i -> i).toArray();
        sorted[1_000] = Double.POSITIVE_INFINITY;

        assertThat(Percentiles.linear(sorted, 99.9)).isEqualTo(999);
    }
}
