package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestTimeline;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScanBenchmarkTest {
    private static final Map<ScanBenchmark.Kind, Integer> CARRIED = Map.of(
            ScanBenchmark.Kind.CONTENT, Carried.CONTENT,
            ScanBenchmark.Kind.ROLE, Carried.ROLE,
            ScanBenchmark.Kind.REASONING, Carried.REASONING,
            ScanBenchmark.Kind.FINISH, Carried.FINISH,
            ScanBenchmark.Kind.USAGE, Carried.USAGE);

    @ParameterizedTest
    @EnumSource
    void eventsCarryWhatTheirKindSays(ScanBenchmark.Kind kind) {
        RequestTimeline timeline = scan(kind, true);

        assertThat(timeline.events()).isEqualTo(ScanBenchmark.EVENTS);
        CARRIED.forEach((other, bit) ->
                assertThat(timeline.carried(bit)).as("%s", other).isEqualTo(other == kind));
    }

    @ParameterizedTest
    @CsvSource({"CONTENT", "REASONING"})
    void theTextIsTheSameWhetherEventsAreAlikeOrNot(ScanBenchmark.Kind kind) {
        RequestTimeline alike = scan(kind, true);
        RequestTimeline unlike = scan(kind, false);

        assertThat(alike.visibleText() + alike.reasoning())
                .startsWith(StreamBytes.token(0) + StreamBytes.token(1))
                .isEqualTo(unlike.visibleText() + unlike.reasoning());
    }

    private static RequestTimeline scan(ScanBenchmark.Kind kind, boolean alike) {
        ScanBenchmark benchmark = new ScanBenchmark();
        benchmark.kind = kind;
        benchmark.alike = alike;
        benchmark.setUp();
        return benchmark.scan();
    }
}
