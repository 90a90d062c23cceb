package io.inferometer.stats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.record.RequestRecord;
import io.inferometer.record.server.Quantity;
import io.inferometer.record.server.ServerReading;
import io.inferometer.record.server.ServerTold;
import io.inferometer.stats.ARequest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerBuilderTest {
    private static final long SECOND = 1_000_000_000;

    private final ServerBuilder builder = new ServerBuilder();

    private void read(int replica, double seconds, boolean quiet, Map<Quantity, Double> values) {
        builder.add(new ServerReading(replica, Math.round(seconds * SECOND), quiet, values, ""));
    }

    private void tokens(int replica, double seconds, boolean quiet, double tokens) {
        read(replica, seconds, quiet, Map.of(Quantity.OUTPUT_TOKENS, tokens));
    }

    /** An iteration with one request from its beginning to its end. */
    private static ServerWindow window(int number, double from, double to) {
        ServerWindow window = new ServerWindow(0, number, Math.round(from * SECOND));
        window.add(request(from, to));
        window.ended(true);
        return window;
    }

    private static RequestRecord request(double from, double to) {
        return ARequest.sent(from * 1e3).end(to * 1e3).record();
    }

    private ServerFigures figures(ServerWindow... windows) {
        return builder.build(List.of(windows)).figures();
    }

    @Test
    void readingsAroundAnIterationGiveItsCountExactly() {
        tokens(0, 0.9, true, 500);
        tokens(0, 2, false, 800);
        tokens(0, 3.1, true, 1500);

        ServerFigures figures = figures(window(0, 1, 3));

        assertThat(figures.growth(Quantity.OUTPUT_TOKENS)).isEqualTo(new Growth(1000, 0));
    }

    @Test
    void readingsThatAreNotQuietAreInterpolatedAndTellByHowMuchThatMayBeWrong() {
        tokens(0, 0.5, false, 0);
        tokens(0, 1.5, false, 100);
        tokens(0, 2.5, false, 200);
        tokens(0, 3.5, false, 400);

        Growth growth = figures(window(0, 1, 3)).growth(Quantity.OUTPUT_TOKENS);

        assertThat(growth.amount()).isEqualTo(250, within(1e-6));
        assertThat(growth.slack()).isEqualTo(100 + 200);
    }

    @Test
    void aReadingThatCameBehindTheEndStandsInNobodysWay() {
        tokens(0, 0.9, true, 500);
        tokens(0, 3.05, false, 1400);
        tokens(0, 3.2, true, 1500);

        assertThat(figures(window(0, 1, 3)).growth(Quantity.OUTPUT_TOKENS)).isEqualTo(new Growth(1000, 0));
    }

    @Test
    void aQuietReadingBehindAnotherIterationIsNoneOfThisOnes() {
        tokens(0, 0, true, 0);
        tokens(0, 1.5, false, 100);
        tokens(0, 3.5, false, 300);
        tokens(0, 5, true, 400);

        ServerSummary server = builder.build(List.of(window(0, 0.5, 2), window(1, 3, 4)));

        assertThat(server.iterations().get(0).figures().growth(Quantity.OUTPUT_TOKENS))
                .isEqualTo(new Growth(150, 200));
        assertThat(server.iterations().get(1).figures().growth(Quantity.OUTPUT_TOKENS))
                .isEqualTo(new Growth(150, 200));
    }

    @Test
    void aCounterThatFallsBeginsAnewAndSoDoAllOthersOfItsPage() {
        read(0, 0, true, Map.of(Quantity.OUTPUT_TOKENS, 1000.0, Quantity.PREEMPTIONS, 1.0));
        read(0, 1, false, Map.of(Quantity.OUTPUT_TOKENS, 1300.0, Quantity.PREEMPTIONS, 1.0));
        read(0, 2, false, Map.of(Quantity.OUTPUT_TOKENS, 50.0, Quantity.PREEMPTIONS, 2.0));
        read(0, 3, true, Map.of(Quantity.OUTPUT_TOKENS, 70.0, Quantity.PREEMPTIONS, 2.0));

        ServerSummary server = builder.build(List.of(window(0, 0.5, 2.5)));

        assertThat(server.figures().grown(Quantity.OUTPUT_TOKENS)).isEqualTo(300 + 50 + 20);
        assertThat(server.figures().grown(Quantity.PREEMPTIONS)).isEqualTo(2);
        assertThat(server.restarts()).isEqualTo(1);
    }

    @Test
    void aSumThatIsRoundedOtherwiseHasNotFallen() {
        read(0, 0, true, Map.of(Quantity.TTFT_SECONDS, 0.1 + 0.2));
        read(0, 1, true, Map.of(Quantity.TTFT_SECONDS, 0.3));

        ServerSummary server = builder.build(List.of(window(0, 0.5, 0.6)));

        assertThat(server.restarts()).isZero();
        assertThat(server.figures().grown(Quantity.TTFT_SECONDS)).isZero();
    }

    @Test
    void aCounterThatIsNotThereYetIsZero() {
        read(0, 0, true, Map.of());
        tokens(0, 1, false, 10);
        tokens(0, 2, true, 25);

        assertThat(figures(window(0, 0.5, 1.5)).growth(Quantity.OUTPUT_TOKENS)).isEqualTo(new Growth(25, 0));
    }

    @Test
    void replicasAreToldApartAndSummedAndOneThatNeverAnswersIsMissing() {
        builder.add(new ServerTold(0, "http://a/metrics", "vLLM", Map.of()));
        builder.add(new ServerTold(1, "http://b/metrics", "", Map.of()));
        for (int i = 0; i <= 4; i++) {
            read(0, i, i == 0 || i == 4, Map.of(Quantity.OUTPUT_TOKENS, 10.0 * i, Quantity.QUEUED, 5.0 - i));
            builder.add(ServerReading.missed(1, i * SECOND, false, "connection refused"));
            read(2, i + 0.1, i == 0 || i == 4, Map.of(Quantity.OUTPUT_TOKENS, 100.0 * i, Quantity.QUEUED, 2.0 * i));
        }

        ServerSummary server = builder.build(List.of(window(0, 0.5, 3.9)));

        assertThat(server.figures().grown(Quantity.OUTPUT_TOKENS)).isEqualTo(40 + 400);
        assertThat(server.figures().peak(Quantity.QUEUED)).isEqualTo(2 + 6);
        assertThat(server.replicas())
                .extracting(replica -> replica.figures().grown(Quantity.OUTPUT_TOKENS))
                .containsExactly(40.0, Double.NaN, 400.0);
        assertThat(server.replicas())
                .extracting(replica -> replica.course().misses())
                .containsExactly(0L, 5L, 0L);
        assertThat(server.scrapes()).isEqualTo(15);
        assertThat(server.replicas().get(1).course().lastMiss()).isEqualTo("connection refused");
    }

    @Test
    void iterationsAreSummedAndWhatIsBetweenThemIsNot() {
        tokens(0, 0, true, 0);
        tokens(0, 2, true, 100);
        tokens(0, 5, true, 9_000);
        tokens(0, 7, true, 9_050);

        ServerSummary server = builder.build(List.of(window(0, 0.5, 1.5), window(1, 5.5, 6.5)));

        assertThat(server.figures().growth(Quantity.OUTPUT_TOKENS)).isEqualTo(new Growth(150, 0));
        assertThat(server.iterations())
                .extracting(iteration -> iteration.figures().grown(Quantity.OUTPUT_TOKENS))
                .containsExactly(100.0, 50.0);
    }

    @Test
    void ofAnIterationThatWasInterruptedIsKnownOnlyWhatWasRead() {
        tokens(0, 0, true, 0);
        tokens(0, 1, false, 40);
        tokens(0, 100, true, 5_000);
        tokens(0, 102, true, 5_060);
        ServerWindow window = new ServerWindow(0, 0, SECOND / 2);
        window.add(request(0.5, 1.5));
        window.resumed(100_500_000_000L);
        window.add(request(100.5, 101.5));
        window.ended(true);

        assertThat(figures(window).growth(Quantity.OUTPUT_TOKENS)).isEqualTo(new Growth(100, Double.POSITIVE_INFINITY));
    }

    @Test
    void ofOneReadingOrNoneNothingIsKnown() {
        assertThat(figures(window(0, 0, 1)).grown(Quantity.OUTPUT_TOKENS)).isNaN();

        tokens(0, 0.5, false, 7);

        assertThat(figures(window(0, 0, 1)).grown(Quantity.OUTPUT_TOKENS)).isNaN();
    }

    @Test
    void aReadingIsTakenOnce() {
        for (int twice = 0; twice < 2; twice++) {
            tokens(0, 0, true, 0);
            tokens(0, 2, true, 100);
        }

        ServerSummary server = builder.build(List.of(window(0, 0.5, 1.5)));

        assertThat(server.scrapes()).isEqualTo(2);
        assertThat(server.restarts()).isZero();
        assertThat(server.figures().grown(Quantity.OUTPUT_TOKENS)).isEqualTo(100);
    }

    @Test
    void whatIsDrawnOverTimeIsTheEnergyWhereNoneIsTold() {
        read(0, 0, true, Map.of(Quantity.POWER, 100.0));
        read(0, 1, false, Map.of(Quantity.POWER, 300.0));
        read(0, 2, true, Map.of(Quantity.POWER, 300.0));

        ServerSummary server = builder.build(List.of(window(0, 0.5, 1.5)));

        assertThat(server.figures().grown(Quantity.ENERGY)).isEqualTo(100 + 150, within(1e-6));
        assertThat(server.replicas().get(0).course().energyTold()).isFalse();
    }

    @Test
    void aLongRunIsKeptInBoundedMemoryWithItsCountsAndItsPeaks() {
        Random random = new Random(3);
        double tokens = 0;
        double raw = 0;
        double peak = 0;
        tokens(0, 0, true, 0);
        for (int i = 1; i < 100_000; i++) {
            double more = random.nextInt(50);
            raw = random.nextInt(5_000) == 0 ? more : raw + more;
            tokens += more;
            double queued = random.nextInt(1_000_000);
            peak = Math.max(peak, queued);
            read(0, i, false, Map.of(Quantity.OUTPUT_TOKENS, raw, Quantity.QUEUED, queued));
        }
        read(0, 100_000, true, Map.of(Quantity.OUTPUT_TOKENS, raw));

        ServerSummary server = builder.build(List.of(window(0, 0.5, 99_999.5)));

        assertThat(server.figures().growth(Quantity.OUTPUT_TOKENS)).isEqualTo(new Growth(tokens, 0));
        assertThat(server.figures().peak(Quantity.QUEUED)).isEqualTo(peak);
        assertThat(server.replicas().get(0).course().size()).isLessThan(2_100);
    }
}
