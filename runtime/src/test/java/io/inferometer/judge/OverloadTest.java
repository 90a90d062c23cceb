package io.inferometer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.workload.Load;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulates a server of so many places with a queue before it: Poisson arrivals, lognormal requests (σ = 0.5). A load of ρ
 * is ρ times what the server can serve.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class OverloadTest {
    private static final int REPETITIONS = Integer.getInteger("overload.repetitions", 25);

    @ParameterizedTest(name = "{0} s of {1}/s that take {2} s")
    @MethodSource("shortServices")
    void findsEveryLoadOfTwiceWhatIsServedAndMore(double seconds, double rate, double service) {
        for (double load : new double[] {2, 4}) {
            assertThat(share(Overload.YES, seconds, rate, service, load)).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0} s of {1}/s that take {2} s")
    @MethodSource("shortServices")
    void findsNearlyEveryLoadOfAFifthMoreThanIsServed(double seconds, double rate, double service) {
        assertThat(share(Overload.YES, seconds, rate, service, 1.2)).isGreaterThanOrEqualTo(0.92);
    }

    @ParameterizedTest(name = "{0} s of {1}/s that take {2} s")
    @MethodSource("shortServices")
    void raisesFewFalseAlarmsBelowWhatIsServed(double seconds, double rate, double service) {
        for (double load : new double[] {0.5, 0.7, 0.9}) {
            assertThat(share(Overload.YES, seconds, rate, service, load)).isLessThanOrEqualTo(0.06);
        }
    }

    /** Requests are short against what is left of the time: 20 of them and more fit into it. */
    static Stream<Arguments> shortServices() {
        return Stream.of(
                Arguments.of(100, 40, 1),
                Arguments.of(130, 10, 1),
                Arguments.of(130, 40, 5),
                Arguments.of(300, 10, 5),
                Arguments.of(400, 20, 15));
    }

    /** This is where k comes from: below it a fifth too much may go unseen, from there on it does not. */
    @ParameterizedTest(name = "a request takes {0} s")
    @ValueSource(doubles = {2, 5, 15})
    void saysThatThereIsNoneOnlyWhereAFifthTooMuchWouldHaveBeenSeen(double service) {
        for (double times : new double[] {2, 5, 8, 12, 16, 20, 24, 30}) {
            assertThat(share(Overload.NO, Math.max(70, service * times), 20, service, 1.2))
                    .as(times + " requests long")
                    .isLessThanOrEqualTo(0.08);
        }
    }

    @ParameterizedTest(name = "a request takes {0} s")
    @ValueSource(doubles = {30, 45})
    void isNotFooledByLongServicesInAShortWindow(double service) {
        for (double load : new double[] {0.5, 0.7, 0.9}) {
            for (double seconds : new double[] {60, 110, 160}) {
                assertThat(share(Overload.TOO_SHORT, seconds, 10, service, load))
                        .isGreaterThanOrEqualTo(0.94);
            }
        }
    }

    @Test
    void aMinuteIsTheLeastOfWhatIsLeft() {
        assertThat(share(Overload.TOO_SHORT, 50, 20, 0.5, 2)).isEqualTo(1);
    }

    @Test
    void findsAnOverloadThatTheClientHoldsBack() {
        // No more than 30 are in flight, and each takes 3 s: 10 of 20 a second.
        PriorityQueue<Double> places = new PriorityQueue<>(
                DoubleStream.generate(() -> 0).limit(30).boxed().toList());
        SummaryBuilder builder = builder(20);
        for (int i = 0; i < 2_000; i++) {
            double scheduled = i * 50.0;
            double sent = Math.max(scheduled, places.remove());
            places.add(sent + 3_000);
            add(
                    builder,
                    ARequest.sent(sent).scheduled(scheduled).token(sent + 1).end(sent + 3_000));
        }

        assertThat(judged(builder.build())).isEqualTo(Overload.YES);
    }

    @Test
    void ofSeveralIterationsOneThatIsOverloadedIsEnough() {
        Summary.InFlightTrend risen = new Summary.InFlightTrend(100e9, 100, 200, 5, 1e9);
        Summary.InFlightTrend level = new Summary.InFlightTrend(100e9, 100, 100, 0, 1e9);
        Summary.InFlightTrend brief = new Summary.InFlightTrend(30e9, 100, 100, 0, 1e9);

        assertThat(Overload.of(List.of(level, risen), 20)).isEqualTo(Overload.YES);
        assertThat(Overload.of(List.of(brief, level), 20)).isEqualTo(Overload.NO);
        assertThat(Overload.of(List.of(brief), 20)).isEqualTo(Overload.TOO_SHORT);
        assertThat(Overload.of(List.of(), 20)).isEqualTo(Overload.TOO_SHORT);
    }

    private static double share(Overload verdict, double seconds, double rate, double service, double load) {
        Map<Overload, Integer> counts = new EnumMap<>(Overload.class);
        for (int i = 0; i < REPETITIONS; i++) {
            counts.merge(judged(simulated(seconds, rate, service, load, new Random(31L * i + 7))), 1, Integer::sum);
        }
        return (double) counts.getOrDefault(verdict, 0) / REPETITIONS;
    }

    private static Summary simulated(double seconds, double rate, double service, double load, Random random) {
        double needed = rate * service / load;
        int servers = Math.max(1, (int) Math.round(needed));
        double mean = service * servers / needed;
        PriorityQueue<Double> free = new PriorityQueue<>(
                DoubleStream.generate(() -> 0).limit(servers).boxed().toList());
        SummaryBuilder builder = builder(rate);
        double now = 0;
        for (int i = 0; i < rate * seconds; i++) {
            now += -Math.log(1 - random.nextDouble()) / rate;
            double began = Math.max(now, free.remove());
            double end = began + mean * Math.exp(0.5 * random.nextGaussian() - 0.125);
            free.add(end);
            add(builder, ARequest.sent(now * 1e3).token(end * 1e3).end(end * 1e3));
        }
        return builder.build();
    }

    private static SummaryBuilder builder(double rate) {
        return new SummaryBuilder(new Load.Open(rate, Arrivals.POISSON), Optional.empty(), Percentiles.STANDARD);
    }

    private static void add(SummaryBuilder builder, ARequest request) {
        RequestRecord record = request.record();
        builder.add(record, ARequest.metrics(record));
    }

    private static Overload judged(Summary summary) {
        Summary.Arrivals arrivals = summary.arrivals().orElseThrow();
        return Overload.of(arrivals.trends(), arrivals.offeredPerSecond());
    }
}
