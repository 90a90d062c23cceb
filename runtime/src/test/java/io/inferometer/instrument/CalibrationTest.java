package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.MeanSizes;
import io.inferometer.endpoint.TrustAll;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.endpoint.nio.NioTransport;
import io.inferometer.plan.Plan;
import io.inferometer.record.RequestRecord;
import io.inferometer.simulator.engine.Score;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.ClientOverhead.Difference;
import io.inferometer.stats.Metric;
import io.inferometer.stats.token.TokenEvents;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CalibrationTest {
    private static final long MILLI = 1_000_000;
    private static final int ATTEMPTS = 5;
    private static final Score EVEN = even(2, 1, 8);

    private final RecordingTransport own = new RecordingTransport(new NioTransport(System::nanoTime));
    private final RecordingTransport trusting =
            new RecordingTransport(new NioTransport(System::nanoTime, TrustAll.context()));
    private final Transports transports = new Transports(own, () -> trusting);
    private final List<RequestRecord> told = new ArrayList<>();

    @AfterEach
    void ends() {
        own.close();
        trusting.close();
    }

    @ParameterizedTest
    @EnumSource
    void replaysAsManyStreamsAndHasAHundredTimesToTheFirstToken(Shape.Phases phases) throws Exception {
        ClientOverhead overhead = replay(shape(20, phases, false, 500, streamed(EVEN)));

        assertThat(overhead.replay()).isTrue();
        assertThat(overhead.streams()).isEqualTo(20);
        assertThat(overhead.metric(Metric.TTFT).count()).isEqualTo(100);
        assertThat(overhead.metric(Metric.ITL).count()).isEqualTo(700);
        assertThat(overhead.metric(Metric.TTFT).min()).isPositive();
        assertThat(overhead.differs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 8_192, 300_000})
    void requestsHaveTheSizeOfThoseOfTheRun(int bytes) throws Exception {
        ClientOverhead overhead = replay(shape(40, Shape.Phases.SLOTS, false, bytes, streamed(EVEN)));

        assertThat(own.sent)
                .hasSize(160)
                .allSatisfy(request -> assertThat(request.body().length).isBetween(bytes - 4, bytes + 4));
        assertThat(overhead.differs()).isEmpty();
    }

    @Test
    void burstsComeReadByReadAtTheirOwnTimes() throws Exception {
        Score score = new Score(
                new long[] {5 * MILLI, 25 * MILLI, 27 * MILLI, 29 * MILLI, 60 * MILLI}, new int[] {1, 1, 1, 1, 4});

        // Where the machine has no time, bursts of 2 ms come together, whatever the endpoint does.
        for (int i = 0; i < ATTEMPTS && apart() <= 50; i++) {
            told.clear();
            replay(shape(4, Shape.Phases.IN_STEP, false, 500, streamed(score)));
        }

        assertThat(told).hasSize(100).allSatisfy(record -> {
            assertThat(TokenEvents.of(record).count()).isEqualTo(8);
            int event = 0;
            for (int moment = 0; moment < 5; moment++) {
                for (int i = 0; i < score.events()[moment]; i++) {
                    // Never early; how late is the machine's affair.
                    assertThat(record.serverEventNanos()[event++] - record.serverReceivedNanos())
                            .isGreaterThanOrEqualTo(score.nanos()[moment]);
                }
            }
        });
        assertThat(told.stream().filter(record -> record.eventNanos()[4] == record.eventNanos()[7]))
                .as("the last four in one read")
                .hasSizeGreaterThan(90);
        assertThat(apart()).as("a burst in a read for each").isGreaterThan(50);
    }

    /** Answers whose second and third burst came in a read for each. */
    private long apart() {
        return told.stream()
                .filter(record -> record.eventNanos()[1] != record.eventNanos()[2])
                .count();
    }

    @Test
    void slotsHaveAnswersOfTheRunInTurnAndStreamsInStepTheSameOnes() throws Exception {
        Shape.Answer[] answers = {streamed(even(2, 1, 3)), streamed(even(2, 1, 5))};

        replay(shape(20, Shape.Phases.SLOTS, false, 500, answers));
        List<Integer> inTurn = told.stream().map(CalibrationTest::events).toList();
        told.clear();
        replay(shape(20, Shape.Phases.IN_STEP, false, 500, answers));

        assertThat(inTurn).filteredOn(events -> events == 3).hasSize(50);
        assertThat(inTurn).filteredOn(events -> events == 5).hasSize(50);
        assertThat(told).filteredOn(record -> events(record) == 3).hasSize(60);
        assertThat(told).allMatch(record -> events(record) == (record.index() / 20 % 2 == 0 ? 3 : 5));
    }

    @Test
    void answersInOneBodyAreReplayedBesideStreamedOnes() throws Exception {
        Shape.Answer whole = new Shape.Answer(false, new Score(new long[] {3 * MILLI}, new int[] {1}));

        ClientOverhead overhead = replay(shape(20, Shape.Phases.SLOTS, false, 500, whole, streamed(EVEN)));

        assertThat(told).filteredOn(RequestRecord::streamed).hasSize(50);
        assertThat(told).filteredOn(record -> !record.streamed()).hasSize(50);
        assertThat(overhead.metric(Metric.TTFT).count()).isEqualTo(50);
        assertThat(overhead.metric(Metric.E2EL).count()).isEqualTo(100);
        assertThat(overhead.differs()).isEmpty();
    }

    @Test
    void goesOverTlsWhereTheRunDid() throws Exception {
        ClientOverhead overhead = replay(shape(4, Shape.Phases.IN_STEP, true, 500, streamed(EVEN)));

        assertThat(own.sent).isEmpty();
        assertThat(trusting.sent)
                .extracting(WireRequest::uri)
                .allMatch(uri -> uri.getScheme().equals("https"));
        assertThat(trusting.closed).isTrue();
        assertThat(overhead.metric(Metric.TTFT).count()).isEqualTo(100);
    }

    @Test
    void goesOverTlsWithJavaNetHttp() throws Exception {
        Transports jdk = new Transports(own, () -> new JdkTransport(System::nanoTime, TrustAll.context()));

        ClientOverhead overhead = new Calibration(
                        shape(4, Shape.Phases.IN_STEP, true, 500, streamed(EVEN)),
                        Plan.PERCENTILES,
                        jdk,
                        System::nanoTime)
                .run()
                .orElseThrow();

        assertThat(overhead.metric(Metric.TTFT).count()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource
    void speaksTheProtocolOfTheRun(Protocol protocol) throws Exception {
        Wire wire = new Wire(protocol, false);
        Shape.Answer answer = wire.generates()
                ? streamed(EVEN)
                : new Shape.Answer(false, new Score(new long[] {MILLI}, new int[] {1}));
        Shape like = shape(20, Shape.Phases.SLOTS, false, 900, answer);
        Shape shape = new Shape(
                20, like.phases(), like.arrivals(), wire, like.sizes(), like.means(), like.answers(), like.differs());

        ClientOverhead overhead = replay(shape);

        assertThat(told).hasSize(100).allMatch(RequestRecord::succeeded);
        assertThat(overhead.metric(Metric.E2EL).count()).isEqualTo(100);
        assertThat(overhead.metric(Metric.ITL).count()).isEqualTo(wire.generates() ? 700 : 0);
    }

    @Test
    void sizesThatItCannotHaveAreNamedWithThoseOfTheShape() throws Exception {
        Shape like = shape(20, Shape.Phases.IN_STEP, false, 30, streamed(EVEN));
        Difference known = new Difference("failures", true, "no request fails");
        Shape shape = new Shape(
                20,
                like.phases(),
                like.arrivals(),
                like.wire(),
                new MeanSizes(30, 0, 60, Double.NaN),
                like.means(),
                like.answers(),
                List.of(known));

        assertThat(replay(shape).differs())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(known),
                        request -> assertThat(request.text())
                                .matches("requests have 1\\d\\d bytes, in the run 30 \\(means\\)"),
                        event -> assertThat(event.text())
                                .matches("events have 2\\d\\d bytes, in the run 60 \\(means\\)"))
                .extracting(Difference::name)
                .containsExactly("failures", "request-size", "event-size");
        assertThat(replay(shape).differs()).extracting(Difference::easier).containsExactly(true, false, false);
    }

    @Test
    void hasNoResultWhereItWasStopped() throws Exception {
        Calibration endless = calibration(shape(1, Shape.Phases.IN_STEP, false, 500, streamed(even(10, 10_000, 9))));
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(
                () -> {
                    endless.stop();
                    return true;
                },
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));

        assertThat(endless.run()).isEmpty();
        assertThat(stopped.get()).isTrue();
    }

    private static int events(RequestRecord record) {
        return TokenEvents.of(record).count();
    }

    private ClientOverhead replay(Shape shape) throws Exception {
        return calibration(shape).run(told::add).orElseThrow();
    }

    private Calibration calibration(Shape shape) {
        return new Calibration(shape, Plan.PERCENTILES, transports, System::nanoTime);
    }

    private static Shape.Answer streamed(Score score) {
        return new Shape.Answer(true, score);
    }

    private static Score even(long waitMillis, long gapMillis, int events) {
        long[] nanos = new long[events];
        int[] one = new int[events];
        for (int i = 0; i < events; i++) {
            nanos[i] = (waitMillis + i * gapMillis) * MILLI;
            one[i] = 1;
        }
        return new Score(nanos, one);
    }

    private static Shape shape(
            int streams, Shape.Phases phases, boolean tls, int requestBytes, Shape.Answer... answers) {
        double wait = 0;
        double span = 0;
        double events = 0;
        for (Shape.Answer answer : answers) {
            wait += (double) answer.score().nanos()[0] / answers.length;
            span += (double) answer.score().spanNanos() / answers.length;
            events += (double) answer.score().eventCount() / answers.length;
        }
        return new Shape(
                streams,
                phases,
                new Load.Open(1, Arrivals.POISSON),
                new Wire(Protocol.CHAT, tls),
                new MeanSizes(requestBytes, 0, 300, 700),
                new Shape.Means(wait, span, events, events, MILLI),
                List.of(answers),
                List.of());
    }
}
