package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.plan.Plan;
import io.inferometer.report.RunReport;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The soak in small: every fault many times over in one run, which must go on to its end and leave nothing behind. */
class SoakTest {
    private static final int STREAMS = 40;
    private static final int REQUESTS = 800;

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource(Plan.Transport.Kind.class)
    void mixedFaultsEndARunAtItsEndAndLeakNothing(Plan.Transport.Kind transport) throws Exception {
        try (SimulatedEndpoint endpoint = SimulatedEndpoint.start(
                SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=1&itl=1&fault=mixed&every=2")))) {
            run(endpoint, transport);
            Soak.Held before = Soak.Held.now();

            RunReport report = run(endpoint, transport);
            Soak.Held after = Soak.Held.now();

            var outcomes = report.trials().get(0).summary().outcomes();
            assertThat(report.complete()).isTrue();
            assertThat(outcomes.total()).isEqualTo(REQUESTS);
            assertThat(outcomes.succeeded()).isGreaterThan(REQUESTS / 2);
            assertThat(outcomes.failed()).isGreaterThan(REQUESTS / 5);
            // Connections and a client's threads go a while after the run; what leaks grows by more with each one.
            assertThat(after.descriptors()).isLessThan(before.descriptors() + 3 * STREAMS);
            assertThat(after.threads()).isLessThan(before.threads() + 10);
        }
    }

    private RunReport run(SimulatedEndpoint endpoint, Plan.Transport.Kind transport) throws Exception {
        Plan plan = Soak.plan(
                endpoint.url(),
                transport,
                STREAMS,
                Duration.ofSeconds(1),
                Iterations.NONE,
                Iterations.ofRequests(1, REQUESTS),
                dir.resolve("soak.journal.jsonl"));
        return new Harness(plan, name -> null, new Soak.Counts()).run();
    }
}
