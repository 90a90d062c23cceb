package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.plan.Plan;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Metric;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CalibrationTest {
    private final Transport transport = new JdkTransport(System::nanoTime);

    @AfterEach
    void ends() {
        transport.close();
    }

    @ParameterizedTest
    @EnumSource
    void replaysAsManyStreamsAndHasAHundredTimesToTheFirstToken(Shape.Phases phases) throws Exception {
        ClientOverhead overhead = calibration(new Shape(20, phases, true, 2e6, 1e6, 8, 8, 300))
                .run()
                .orElseThrow();

        assertThat(overhead.replay()).isTrue();
        assertThat(overhead.streams()).isEqualTo(20);
        assertThat(overhead.metric(Metric.TTFT).count()).isEqualTo(100);
        assertThat(overhead.metric(Metric.ITL).count()).isEqualTo(700);
        assertThat(overhead.metric(Metric.TTFT).min()).isPositive();
    }

    @Test
    void cutsAnswersShortButNotTheirPace() throws Exception {
        ClientOverhead overhead = calibration(new Shape(50, Shape.Phases.IN_STEP, true, 9e9, 20e6, 1e5, 1e5, 0))
                .run()
                .orElseThrow();

        assertThat(overhead.metric(Metric.TTFT).count()).isEqualTo(150);
        assertThat(overhead.metric(Metric.ITL).count()).isBetween(150L * 20, 150L * 60);
    }

    @Test
    void replaysAnswersInOneBody() throws Exception {
        ClientOverhead overhead = calibration(new Shape(20, Shape.Phases.IN_STEP, false, 2e6, 0, 1, 30, 0))
                .run()
                .orElseThrow();

        assertThat(overhead.metrics()).containsOnlyKeys(Metric.E2EL);
        assertThat(overhead.metric(Metric.E2EL).count()).isEqualTo(100);
    }

    @Test
    void hasNoResultWhereItWasStopped() throws Exception {
        Calibration endless = calibration(new Shape(1, Shape.Phases.IN_STEP, true, 50e6, 10e9, 9, 9, 0));
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(
                () -> {
                    endless.stop();
                    return true;
                },
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));

        assertThat(endless.run()).isEmpty();
        assertThat(stopped.get()).isTrue();
    }

    private Calibration calibration(Shape shape) {
        return new Calibration(shape, Plan.PERCENTILES, transport, System::nanoTime);
    }
}
