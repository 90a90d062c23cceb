package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseBenchmarkTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void findsAllDataOfTheEvents(int eventsPerRead) {
        SseBenchmark benchmark = new SseBenchmark();
        benchmark.eventsPerRead = eventsPerRead;
        benchmark.setUp();

        int around = "data: \n\n".length();
        assertThat(benchmark.decode())
                .isEqualTo((long) SseBenchmark.EVENTS * (StreamBytes.EVENT_BYTES - around))
                .isEqualTo(benchmark.decode());
    }
}
