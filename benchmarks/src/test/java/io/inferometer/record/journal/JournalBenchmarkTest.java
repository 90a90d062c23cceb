package io.inferometer.record.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JournalBenchmarkTest {
    @Test
    void everyEventCostsSomeBytesOfTheJournal() {
        JournalBenchmark benchmark = new JournalBenchmark();
        benchmark.setUp();

        for (int i = 0; i < 100; i++) {
            benchmark.append();
        }
        benchmark.append().flush();

        assertThat(benchmark.bytes.count)
                .isBetween(101L * JournalBenchmark.EVENTS * 8, 101L * JournalBenchmark.EVENTS * 40);
    }
}
