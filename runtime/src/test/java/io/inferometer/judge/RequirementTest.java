package io.inferometer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.record.RequestRecord;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {
    @Test
    void isMetWhereTheWholeIntervalIsOnItsSide() {
        assertThat(held("ttft.p50 <= 120ms", 99, 100, 101)).contains(true);
        assertThat(held("ttft.p50 <= 0.12s", 99, 100, 101)).contains(true);
        assertThat(held("requestsPerSecond >= 0.5", 99, 100, 101)).contains(true);
    }

    @Test
    void isNotMetWhereTheWholeIntervalIsOnTheOther() {
        assertThat(held("ttft.p50 <= 80ms", 99, 100, 101)).contains(false);
        assertThat(held("requestsPerSecond >= 1000", 99, 100, 101)).contains(false);
    }

    @Test
    void cantBeToldWhereTheLimitIsWithin() {
        assertThat(held("ttft.p50 <= 100ms", 80, 99, 115)).isEmpty();
    }

    @Test
    void cantBeToldOfTooFewIterationsNorOfTooFewValues() {
        assertThat(answer("ttft.p50 <= 900ms", 100, 100).reason())
                .isEqualTo("it takes 3 iterations, or 2 forks, for an interval");
        assertThat(answer("ttft.p99 <= 900ms", 100, 100, 100).reason())
                .isEqualTo("it takes 100 values in each iteration");
        assertThat(answer("ttft.p99 <= 900ms", 100, 100, 100).held()).isEmpty();
        assertThat(answer("itl.p50 <= 900ms", 100, 100, 100).reason()).isEqualTo("not measured in every iteration");
    }

    @Test
    void aFewRequestsThatAllMetTheirLimitsDontProveAShare() {
        assertThat(held("goodput >= 95%", 100, 100, 100)).isEmpty();
        assertThat(held("goodput >= 50%", 100, 100, 100)).contains(true);
        assertThat(held("failures <= 1%", 100, 100, 100)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ttft.p99<=200ms, ttft.p99 <= 200ms",
        "tpot.mean <= 1.5s, tpot.mean <= 1500ms",
        "goodput >= 99.5%, goodput >= 99.5%",
        "outputTokensPerSecond >= 500/s, outputTokensPerSecond >= 500/s"
    })
    void isReadAsItIsWritten(String text, String again) {
        assertThat(Requirement.parse(text)).singleElement().hasToString(again);
    }

    @ParameterizedTest
    @CsvSource({
        "ttft.p99 < 200ms, ttft.p99 < 200ms: write <= or >=; an interval can't tell < from it",
        "ttft.p99 <= 200, 'ttft.p99 <= 200: ttft.p99 is a time, such as 200ms or 1.5s'",
        "goodput >= 0.95, 'goodput >= 0.95: goodput is a share, such as 95%'",
        "itemsPerSecond >= 5ms, 'itemsPerSecond >= 5ms: itemsPerSecond is a number per second, such as 500'",
        "ttft.p99, 'ttft.p99 is no requirement, such as ttft.p99 <= 200ms or goodput >= 95%'",
        "ttft.p99 <= 1.1.1ms, ttft.p99 <= 1.1.1ms: 1.1.1 is no number"
    })
    void whatIsNotUnderstoodIsSaid(String text, String message) {
        assertThatThrownBy(() -> Requirement.parse(text)).hasMessage(message);
    }

    private static Optional<Boolean> held(String requirement, double... ttftMillis) {
        return answer(requirement, ttftMillis).held();
    }

    /** Of one fork whose iterations have twenty requests of these ttfts and of one token. */
    private static Requirement.Answer answer(String requirement, double... ttftMillis) {
        List<Summary> iterations =
                DoubleStream.of(ttftMillis).mapToObj(RequirementTest::iteration).toList();
        return Requirement.parse(requirement).get(0).judge(List.of(iterations));
    }

    private static Summary iteration(double ttftMillis) {
        SummaryBuilder builder =
                new SummaryBuilder(new Load.Closed(1), Optional.of(new Objective(500, 0, 0)), Percentiles.STANDARD);
        for (int i = 0; i < 20; i++) {
            RequestRecord request = ARequest.metronome(i * 1_000.0, ttftMillis, 10, 1)
                    .index(i)
                    .end(i * 1_000.0 + 900)
                    .record();
            builder.add(request, ARequest.metrics(request));
        }
        return builder.build();
    }
}
