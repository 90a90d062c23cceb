package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"1, true", "16, true", "1, false", "16, false"})
    void whatIsTimedDoesWhatItShould(int eventsPerRead, boolean alike) {
        DecodeBenchmark benchmark = new DecodeBenchmark();
        benchmark.eventsPerRead = eventsPerRead;
        benchmark.alike = alike;
        benchmark.setUp();

        benchmark.decodeScanStamp();
        RequestTimeline timeline = benchmark.decodeScanStamp();
        benchmark.tearDown();

        timeline.end(Outcome.SUCCESS, "", DecodeBenchmark.EVENTS);
        RequestRecord record = timeline.toRecord(0, true, UnaryOperator.identity());
        assertThat(record.eventNanos()).hasSize(DecodeBenchmark.EVENTS);
        assertThat(record.eventNanos()[DecodeBenchmark.EVENTS - 1]).isEqualTo(DecodeBenchmark.EVENTS - eventsPerRead);
        assertThat(record.text())
                .isEqualTo(IntStream.range(0, DecodeBenchmark.EVENTS)
                        .mapToObj(StreamBytes::token)
                        .collect(Collectors.joining()));
    }
}
