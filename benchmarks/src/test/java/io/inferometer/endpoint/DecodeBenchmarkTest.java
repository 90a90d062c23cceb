package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeBenchmarkTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void whatIsTimedDoesWhatItShould(int eventsPerRead) {
        DecodeBenchmark benchmark = new DecodeBenchmark();
        benchmark.eventsPerRead = eventsPerRead;
        benchmark.setUp();

        RequestTimeline timeline = benchmark.decodeScanStamp();
        benchmark.tearDown();

        timeline.end(Outcome.SUCCESS, "", DecodeBenchmark.EVENTS);
        RequestRecord record = timeline.toRecord(0, true, UnaryOperator.identity());
        assertThat(DecodeBenchmark.event()).hasSize(259);
        assertThat(record.eventNanos()).hasSize(DecodeBenchmark.EVENTS);
        assertThat(record.eventNanos()[DecodeBenchmark.EVENTS - 1]).isEqualTo(DecodeBenchmark.EVENTS - eventsPerRead);
        assertThat(record.text()).isEqualTo(" token".repeat(DecodeBenchmark.EVENTS));
    }
}
