package io.inferometer.benchmarks.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import org.junit.jupiter.api.Test;

class PartBenchmarksTest {
    @Test
    void theSerialisedRequestIsTheOneAskedFor() throws Exception {
        RequestBenchmark benchmark = new RequestBenchmark();
        benchmark.promptBytes = 4_000;
        benchmark.setUp();

        WireRequest wire = benchmark.serialise();
        benchmark.tearDown();

        JsonNode body = new ObjectMapper().readTree(wire.body());
        assertThat(body.path("messages").path(0).path("content").asText()).hasSize(4_000);
        assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(1_024);
        assertThat(body.path("stream").asBoolean()).isTrue();
    }

    @Test
    void arrivalsKeepTheirRate() {
        ArrivalBenchmark benchmark = new ArrivalBenchmark();
        long constant = 0;
        long poisson = 0;

        for (int i = 0; i <= 10 * ArrivalBenchmark.RATE; i++) {
            constant = benchmark.constant();
            poisson = benchmark.poisson();
        }

        assertThat(constant).isEqualTo(10_000_000_000L);
        assertThat(poisson / 1e9).isCloseTo(10, within(0.5));
    }

    @Test
    void theSummaryIsThatOfTheRecords() {
        SummaryBenchmark benchmark = new SummaryBenchmark();
        benchmark.setUp();

        Summary summary = benchmark.summarise();

        Distribution itl = summary.metric(Metric.ITL);
        assertThat(summary.outcomes().succeeded()).isEqualTo(SummaryBenchmark.REQUESTS);
        assertThat(itl.count()).isEqualTo((long) SummaryBenchmark.REQUESTS * (SummaryBenchmark.EVENTS - 1));
        assertThat(itl.mean() / 1e6).isCloseTo(10, within(0.01));
        assertThat(summary.metric(Metric.TTFT).mean() / 1e6).isCloseTo(50.44, within(0.1));
    }
}
