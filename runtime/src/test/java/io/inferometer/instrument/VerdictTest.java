package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.workload.Load;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final long MILLI = 1_000_000;
    private static final Load CLOSED = new Load.Closed(1);
    private static final Load OPEN = new Load.Open(5, Arrivals.CONSTANT);

    @Test
    void nothingIsWrongWithAClientThatHasTime() {
        assertThat(Verdict.of(AHealth.fine(), requests(CLOSED, 0.1), CLOSED)).isEqualTo(new Verdict.Ok());
    }

    @Test
    void whatIsNotKnownIsNotHeldAgainstIt() {
        Health unknown = Health.ofMap(AHealth.fine().toMap().entrySet().stream()
                .filter(entry -> entry.getKey().equals("durationMs"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));

        assertThat(Verdict.of(unknown, requests(CLOSED, 0.1), CLOSED)).isEqualTo(new Verdict.Ok());
    }

    @Test
    void collectionsMayTakeAPercentOfTheTime() {
        Health.Pauses allowed = new Health.Pauses(50, 100 * MILLI, 4 * MILLI, 0);
        Health.Pauses tooMuch = new Health.Pauses(80, 160 * MILLI, 4 * MILLI, 0);

        assertThat(verdict(AHealth.with(allowed))).isEqualTo("ok");
        assertThat(verdict(AHealth.with(tooMuch)))
                .isEqualTo("gc-time: garbage collection took 1.6 % of the time (limit 1 %)");
    }

    @Test
    void oneCollectionMayTakeHalfATimeToTheFirstToken() {
        Health.Pauses allowed = new Health.Pauses(1, 25 * MILLI, 25 * MILLI, 0);
        Health.Pauses tooLong = new Health.Pauses(1, 63 * MILLI, 63 * MILLI, 0);

        assertThat(verdict(AHealth.with(allowed))).isEqualTo("ok");
        assertThat(verdict(AHealth.with(tooLong)))
                .isEqualTo("gc-pause: a garbage collection stopped everything for 63 ms (limit 25 ms)");
    }

    @Test
    void theMachineMayBeFourFifthsBusy() {
        assertThat(verdict(AHealth.busyMachine()))
                .isEqualTo("machine-cpu: the machine's processors were 99 % busy, of which this client used 0.34 (limit"
                        + " 80 %)");
        assertThat(verdict(AHealth.with(new Health.Cpu(0.34, 0.8, "", 0)))).isEqualTo("ok");
    }

    @Test
    void aHundredthOfTheRequestsMayBeHeldBackUntilOthersAreRecorded() {
        assertThat(verdict(AHealth.holding(3, 0)))
                .isEqualTo("recorder: 30 % of the requests were held back until those before them were recorded"
                        + " (limit 1 %)");
        assertThat(verdict(AHealth.holding(0, 0))).isEqualTo("ok");
    }

    @Test
    void aThreadMayBeFourFifthsBusy() {
        assertThat(verdict(AHealth.with(new Health.Cpu(1.4, 0.3, "reader", 0.912))))
                .isEqualTo("thread-cpu: one thread was busy 91 % of the time, reader (limit 80 %)");
    }

    @Test
    void timersMayBeFiveMillisecondsLateWhereThereAreEnoughOfThem() {
        Health.Hiccups late = new Health.Hiccups(100, MILLI, 8_300_000, 9 * MILLI, 0);
        Health.Hiccups few = new Health.Hiccups(99, MILLI, 8_300_000, 9 * MILLI, 0);

        assertThat(verdict(AHealth.with(late))).isEqualTo("hiccups: timers were 8.3 ms late at p99 (limit 5 ms)");
        assertThat(verdict(AHealth.with(few))).isEqualTo("ok");
    }

    @Test
    void arrivalsMayBeTenMillisecondsLate() {
        assertThat(text(Verdict.of(AHealth.fine(), requests(OPEN, 14), OPEN)))
                .isEqualTo("schedule-delay: requests were sent 14 ms late at p99 (limit 10 ms)");
        assertThat(text(Verdict.of(AHealth.fine(), requests(OPEN, 9), OPEN))).isEqualTo("ok");
    }

    @Test
    void arrivalsThatACapHoldsBackAreNotTheClientsLateness() {
        assertThat(text(Verdict.of(AHealth.holding(0, 14), requests(OPEN, 14), OPEN)))
                .isEqualTo("ok");
    }

    @Test
    void slotsMayStandEmptyForATwentiethOfARequest() {
        assertThat(text(Verdict.of(AHealth.fine(), requests(CLOSED, 14), CLOSED)))
                .isEqualTo("turnaround: slots stood empty for 10 % of the time that a request takes (limit 5 %)");
        assertThat(text(Verdict.of(AHealth.fine(), requests(CLOSED, 5), CLOSED)))
                .isEqualTo("ok");
    }

    @Test
    void descriptorsMayBeNineTenthsInUse() {
        assertThat(verdict(AHealth.with(new Health.Descriptors(980, 1_000))))
                .isEqualTo("descriptors: 98 % of the file descriptors were in use (limit 90 %)");
    }

    @Test
    void aCauseComesBeforeWhatFollowsFromIt() {
        Health thrashing = new Health(
                10_000 * MILLI,
                new Health.Hiccups(900, MILLI, 60 * MILLI, 90 * MILLI, 0),
                new Health.Pauses(200, 4_000 * MILLI, 90 * MILLI, 0),
                new Health.Cpu(1.9, 0.99, "reader", 0.9),
                new Health.Descriptors(1, 2),
                0,
                new Health.Held(5, 0));

        assertThat(verdict(thrashing)).startsWith("gc-time: ");
    }

    private static String verdict(Health health) {
        return text(Verdict.of(health, requests(CLOSED, 0.1), CLOSED));
    }

    private static String text(Verdict verdict) {
        return verdict instanceof Verdict.Suspect suspect ? suspect.reason().label() + ": " + suspect.text() : "ok";
    }

    /** Requests of 50 ms to the first token and 140 ms in all, sent so many ms after they were due. */
    private static Summary requests(Load load, double lateMillis) {
        SummaryBuilder builder = new SummaryBuilder(load, Optional.empty(), Percentiles.STANDARD);
        for (int i = 0; i < 10; i++) {
            double due = i * 200;
            RequestRecord record = ARequest.metronome(due + lateMillis, 50, 10, 10)
                    .index(i)
                    .scheduled(due)
                    .released(due + lateMillis)
                    .record();
            builder.add(record, ARequest.metrics(record));
        }
        return builder.build();
    }
}
