package io.inferometer.benchmarks.overhead.trip;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bare loop and the product do the same job. */
class ClientTest {
    @ParameterizedTest
    @ValueSource(strings = {"bare", "jdk", "nio"})
    void streamsComeWithAllTheirStamps(String name) throws Exception {
        Job job = new Job(5, 1, 20, 20, 30, true, 0, 1);

        List<RequestRecord> records = run(name, job);

        assertThat(records).hasSize(20).allSatisfy(record -> {
            assertThat(record.succeeded()).isTrue();
            assertThat(record.eventNanos()).hasSize(31).isSorted();
            assertThat(record.serverEventNanos()).hasSize(31).isSorted();
            assertThat(record.serverEventNanos()[0] - record.serverReceivedNanos())
                    .isGreaterThanOrEqualTo(5_000_000);
            assertThat(record.releasedNanos()).isLessThanOrEqualTo(record.sentNanos());
            assertThat(record.sentNanos()).isLessThan(record.eventNanos()[0]);
            assertThat(Carried.tokens(record.eventCarried()[29])).isTrue();
            assertThat(Carried.tokens(record.eventCarried()[30])).isFalse();
        });
        assertThat(Figures.of(job, records, 1))
                .containsKeys(Figure.CPU, Figure.TTFT_P50, Figure.LAUNCH_SKEW, Figure.SEND_P99)
                .containsEntry(Figure.FAILED, 0.0)
                .containsEntry(Figure.UNSENT, 0.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare", "jdk", "nio"})
    void wholeAnswersComeOneAfterTheOther(String name) throws Exception {
        Job job = new Job(0, 0, 4, 50, 8, false, 0, 1);

        List<RequestRecord> records = run(name, job);

        assertThat(records).hasSize(50).allMatch(RequestRecord::succeeded);
    }

    private static List<RequestRecord> run(String name, Job job) throws Exception {
        try (SimulatedEndpoint endpoint =
                        SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(job.profile())));
                Client client = Client.of(name, endpoint.url())) {
            client.open(job.slots());
            client.run(job);
            return client.records();
        }
    }
}
