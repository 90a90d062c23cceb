package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
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
    @CsvSource({
        "CHAT, 1, true",
        "CHAT, 16, true",
        "CHAT, 1, false",
        "CHAT, 16, false",
        "COMPLETIONS, 1, true",
        "COMPLETIONS, 16, false",
        "RESPONSES, 1, true",
        "RESPONSES, 16, false",
        "MESSAGES, 1, true",
        "MESSAGES, 16, false"
    })
    void whatIsTimedDoesWhatItShould(Protocol protocol, int eventsPerRead, boolean alike) {
        DecodeBenchmark benchmark = new DecodeBenchmark();
        benchmark.protocol = protocol;
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
