package io.inferometer.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.endpoint.nio.NioTransport;
import io.inferometer.record.Outcome;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import io.inferometer.simulator.Await;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is slow behind the end of a request holds back what has not been sent, and nothing else, over either transport. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class HoldingBackTest {
    private static final Recorder.Bounds THREE = new Recorder.Bounds(3, 1 << 20);
    private static final Recorder.Bounds MANY = new Recorder.Bounds(1_000, 1 << 30);

    private final boolean nio;
    private final List<RequestRecord> records = new CopyOnWriteArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch atWork = new CountDownLatch(1);
    private SimulatedEndpoint endpoint;
    private Transport transport;
    private Target target;
    private RequestSource source;
    private Dispatcher dispatcher;

    HoldingBackTest(boolean nio) {
        this.nio = nio;
    }

    @BeforeEach
    void open() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=5&itl=1")));
        transport = nio ? new NioTransport(System::nanoTime) : new JdkTransport(System::nanoTime);
        target = new Target(
                TargetSettings.chat(endpoint.url(), "m", Optional.empty(), RequestBounds.of(Duration.ofSeconds(30))),
                transport,
                System::nanoTime);
        WireRequest request = target.prepare(InferenceRequest.chat("Hello").maxOutputTokens(5));
        source = new RequestSource(
                index -> request,
                (index, wire) -> new RequestIdentity(0, 0, false, 0, index, true, Usage.ABSENT, 5, false),
                0,
                OptionalLong.of(20),
                100);
    }

    @AfterEach
    void close() throws Exception {
        go.countDown();
        source.close();
        target.close();
        transport.close();
        endpoint.close();
    }

    @Test
    void aSinkThatIsBusyHoldsSlotsBackAndEndsComeAllTheSame() throws Exception {
        try (Recorder recorder = recorder(THREE, this::await)) {
            CompletableFuture<Void> run = started(new Load.Closed(8), recorder);
            allHeldWith(8);

            go.countDown();
            run.get(30, TimeUnit.SECONDS);
            recorder.drain();

            assertThat(records).hasSize(20).allMatch(RequestRecord::succeeded);
            eachSlotIsScheduledWhenItBecameFree();
        }
    }

    @Test
    void aCheckThatIsBusyHoldsSlotsBackAndEndsComeAllTheSame() throws Exception {
        try (Recorder recorder = recorder(THREE, () -> {})) {
            recorder.check((record, answer) -> {
                await();
                return "";
            });
            CompletableFuture<Void> run = started(new Load.Closed(8), recorder);
            allHeldWith(8);

            go.countDown();
            run.get(30, TimeUnit.SECONDS);
            recorder.drain();

            assertThat(records).hasSize(20).allMatch(RequestRecord::succeeded);
            eachSlotIsScheduledWhenItBecameFree();
        }
    }

    @Test
    void aHeldArrivalKeepsItsTime() throws Exception {
        try (Recorder recorder = recorder(THREE, this::await)) {
            for (int i = 0; i < 3; i++) {
                RequestTimeline before = new RequestTimeline(
                        new RequestIdentity(0, 0, true, 0, i, false, Usage.ABSENT, Usage.ABSENT, false));
                before.end(Outcome.SUCCESS, "", 0);
                recorder.ended(before);
            }
            CompletableFuture<Void> run = started(new Load.Open(1_000, Arrivals.CONSTANT), recorder);
            Await.until(() -> dispatcher.held().byRecorder() > 0);
            assertThat(target.inFlight()).isZero();

            go.countDown();
            run.get(30, TimeUnit.SECONDS);
            recorder.drain();
            records.removeIf(RequestRecord::warmup);

            assertThat(records).hasSize(20).allMatch(RequestRecord::succeeded);
            arrivalsAreOneMillisecondApart();
        }
    }

    @Test
    void anExtentOfTimeLastsAsLongAsItWasAskedForHoweverFewArrive() throws Exception {
        try (Recorder recorder = recorder(MANY, () -> {})) {
            for (Load load : List.of(new Load.Open(2, Arrivals.CONSTANT), new Load.Open(0.001, Arrivals.POISSON))) {
                long start = System.nanoTime();

                Dispatcher.of(load, Stretch.of(Duration.ofMillis(400)), 0, source, target, recorder, System::nanoTime)
                        .run();

                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(400_000_000);
            }
            recorder.drain();

            assertThat(records).hasSize(1);
        }
    }

    @Test
    void aCapOnWhatIsInFlightHoldsArrivalsBackWhichKeepTheirTime() throws Exception {
        try (Recorder recorder = recorder(MANY, () -> {})) {
            started(new Load.Open(1_000, Arrivals.CONSTANT, 2), recorder).get(30, TimeUnit.SECONDS);
            recorder.drain();

            assertThat(dispatcher.held().byCap()).isEqualTo(18);
            assertThat(dispatcher.held().byRecorder()).isZero();
            assertThat(records).hasSize(20).allMatch(RequestRecord::succeeded);
            arrivalsAreOneMillisecondApart();
            for (RequestRecord record : records) {
                assertThat(records)
                        .filteredOn(other -> other.releasedNanos() <= record.releasedNanos()
                                && other.endNanos() > record.releasedNanos())
                        .hasSizeLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void whatIsHeldBackIsLetGoWhenTheLoadIsStopped() throws Exception {
        try (Recorder recorder = recorder(THREE, this::await)) {
            CompletableFuture<Void> run = started(new Load.Closed(8), recorder);
            allHeldWith(8);

            dispatcher.stop();
            run.get(30, TimeUnit.SECONDS);
            go.countDown();
            recorder.drain();

            assertThat(records).hasSizeBetween(8, 19);
        }
    }

    /** All that were sent have ended, though nobody has recorded or checked the first of them. */
    private void allHeldWith(int slots) {
        Await.until(() -> dispatcher.held().byRecorder() >= slots && target.inFlight() == 0 && atWork.getCount() == 0);
    }

    private void eachSlotIsScheduledWhenItBecameFree() {
        for (RequestRecord record : records) {
            List<RequestRecord> before = records.stream()
                    .filter(other -> other.slot() == record.slot() && other.index() < record.index())
                    .toList();
            if (!before.isEmpty()) {
                assertThat(before).anyMatch(other -> other.endNanos() == record.scheduledNanos());
            }
        }
    }

    private void arrivalsAreOneMillisecondApart() {
        long first =
                records.stream().mapToLong(RequestRecord::scheduledNanos).min().orElseThrow();
        assertThat(records.stream().map(r -> r.scheduledNanos() - first).sorted())
                .containsExactlyElementsOf(
                        LongStream.range(0, 20).mapToObj(i -> i * 1_000_000L).toList());
    }

    private CompletableFuture<Void> started(Load load, Recorder recorder) {
        dispatcher = Dispatcher.of(load, Stretch.ENDLESS, 0, source, target, recorder, System::nanoTime);
        return CompletableFuture.runAsync(() -> {
            try {
                dispatcher.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void await() {
        atWork.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Recorder recorder(Recorder.Bounds bounds, Runnable work) {
        return new Recorder(
                System::nanoTime, 0, false, UnaryOperator.identity(), new Kept(records, work), failure -> {}, bounds);
    }

    private record Kept(List<RequestRecord> records, Runnable work) implements Recorder.Sink {
        @Override
        public void record(RequestRecord record) {
            work.run();
            records.add(record);
        }

        @Override
        public void flush() {}
    }
}
