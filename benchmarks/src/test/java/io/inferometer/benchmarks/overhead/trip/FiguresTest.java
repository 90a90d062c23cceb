package io.inferometer.benchmarks.overhead.trip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    /** The server's clock has nothing to do with the client's. */
    private static final long ELSEWHERE = 777_000_000_000L;

    @Test
    void theOverheadIsTheClientsTimeLessTheServers() {
        List<RequestRecord> records = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            records.add(record(i * 20 * MICRO, 30 * MICRO + i * MICRO, 5 * MICRO, Outcome.SUCCESS));
        }

        Map<Figure, Double> figures = Figures.of(Job.streams(101, 3, 1), records, 303 * 7 * MICRO);

        assertThat(figures.get(Figure.CPU)).isCloseTo(7, within(1e-9));
        assertThat(figures.get(Figure.TTFT_P50)).isCloseTo(80, within(1e-9));
        assertThat(figures.get(Figure.TTFT_P99)).isCloseTo(129, within(1e-9));
        assertThat(figures.get(Figure.ITL_P50)).isCloseTo(5, within(1e-9));
        assertThat(figures.get(Figure.ITL_P99)).isCloseTo(5, within(1e-9));
        assertThat(figures.get(Figure.TTFT_LATENESS)).isCloseTo(0.01 + 0.08, within(1e-9));
        assertThat(figures.get(Figure.LAUNCH_SKEW)).isCloseTo(2, within(1e-9));
    }

    @Test
    void requestsAreCountedForEachSecondOfAProcessor() {
        List<RequestRecord> records = List.of(record(0, 0, 0, Outcome.SUCCESS), record(0, 0, 0, Outcome.SUCCESS));

        assertThat(Figures.of(Job.wholeAnswers(2, 2, 1), records, 2_000 * MILLI))
                .containsEntry(Figure.REQUESTS, 1.0)
                .doesNotContainKeys(Figure.TTFT_P50, Figure.CPU);
    }

    @Test
    void requestsThatFailedOrWereNotSentAreCountedAndInNoTime() {
        List<RequestRecord> records =
                List.of(record(0, 50 * MICRO, 0, Outcome.SUCCESS), record(90 * MICRO, 0, 0, Outcome.TIMEOUT), unsent());

        Map<Figure, Double> figures = Figures.of(Job.streams(5, 3, 1), records, 1);

        assertThat(figures)
                .containsEntry(Figure.FAILED, 1.0)
                .containsEntry(Figure.UNSENT, 3.0)
                .containsEntry(Figure.TTFT_P50, 50.0)
                .containsEntry(Figure.TTFT_P99, 50.0);
        assertThat(figures.get(Figure.LAUNCH_SKEW)).isCloseTo(0.09, within(1e-9));
    }

    @Test
    void howLateARequestWasSentIsToldOfThoseThatFailedToo() {
        List<RequestRecord> records = List.of(record(0, 0, 0, Outcome.TIMEOUT));

        assertThat(Figures.of(Job.streams(1, 3, 1), records, 1))
                .containsOnly(
                        Map.entry(Figure.FAILED, 1.0),
                        Map.entry(Figure.UNSENT, 0.0),
                        Map.entry(Figure.LAUNCH_SKEW, 0.0),
                        Map.entry(Figure.SEND_P99, 0.01));
    }

    private static RequestRecord unsent() {
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, 3, true));
        timeline.released(0);
        timeline.end(Outcome.CLIENT_ERROR, "no port is free", MILLI);
        return timeline.toRecord(0, false, UnaryOperator.identity());
    }

    /** Sent 10 µs after its release; 50 ms to the first of three events, then 10 ms each, by the server's clock. */
    private static RequestRecord record(long released, long ttftOverhead, long itlOverhead, Outcome outcome) {
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, 3, true));
        timeline.released(released);
        timeline.sent(released + 10 * MICRO);
        timeline.serverReceived(ELSEWHERE);
        long client = released + 10 * MICRO + 50 * MILLI + ttftOverhead;
        for (int i = 0; i < 3; i++) {
            timeline.event(
                    client + i * (10 * MILLI + itlOverhead),
                    Carried.CHOICES | Carried.CONTENT,
                    ELSEWHERE + 50 * MILLI + i * 10 * MILLI);
        }
        timeline.end(outcome, outcome == Outcome.SUCCESS ? "" : "it was slow", 100 * MILLI);
        return timeline.toRecord(0, false, UnaryOperator.identity());
    }
}
