package io.inferometer.benchmarks.overhead.trip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    @Test
    void aForksValueIsTheMedianOfItsIterationsAndTheSumOfItsFailures() {
        RoundTrip trip = new RoundTrip(
                "nio",
                Map.of(
                        Figure.CPU, List.of(7.0, 90.0, 8.0),
                        Figure.FAILED, List.of(1.0, 0.0, 2.0),
                        Figure.RSS, List.of(Double.NaN, Double.NaN)));

        assertThat(trip.value(Figure.CPU)).hasValue(8);
        assertThat(trip.value(Figure.FAILED)).hasValue(3);
        assertThat(trip.value(Figure.RSS)).isEmpty();
        assertThat(trip.value(Figure.ITL_P99)).isEmpty();
    }
}
