package io.inferometer.report.console.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.ARun;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.token.TokenAccounting;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class IterationProgressTest {
    private static final TrialHeader TRIAL =
            new ARun().with(ARun.trial()).header().trial(0);

    private final IterationProgress progress = new IterationProgress(TRIAL, false, 0);

    @Test
    void tellsTheRatesOfTheLastTenSecondsAndHowManyFailed() {
        for (int second = 0; second <= 20; second++) {
            progress.passed(second <= 10 ? second : 10 + 3 * (second - 10), Duration.ofSeconds(second));
            if (second > 10) {
                ended(ARequest.metronome(second, 50, 10, 6).record());
            }
        }
        progress.passed(40, Duration.ofSeconds(20));
        ended(ARequest.sent(0)
                .failed(Outcome.HTTP_ERROR, 429, "Too Many Requests")
                .end(10)
                .record());
        ended(ARequest.sent(0).failed(Outcome.CANCELLED, 0, "").end(10).record());

        assertThat(progress.line(40, OptionalLong.of(80), Duration.ofSeconds(20), 120))
                .isEqualTo("Iteration   1: 40 of 80 requests, 1 failed, 3.00/s, 6.00 tokens/s,"
                        + " 00:00:20 elapsed, ETA 00:00:20");
    }

    @Test
    void saysLessWhereThereIsLessRoom() {
        progress.passed(0, Duration.ZERO);
        ended(ARequest.metronome(0, 50, 10, 5).record());
        progress.passed(40, Duration.ofSeconds(10));

        assertThat(line(78)).isEqualTo("Iteration   1: 40 of 80 requests, 4.00/s, 0.500 tokens/s, ETA 00:00:10");
        assertThat(line(65)).isEqualTo("Iteration   1: 40 of 80 requests, 4.00/s, ETA 00:00:10");
        assertThat(line(50)).isEqualTo("Iteration   1: 40 of 80 requests, ETA 00:00:10");
        assertThat(line(10)).isEqualTo("Iteration   1: 40 of 80 requests, ETA 00:00:10");
    }

    @Test
    void oneOfATimeHasNoEta() {
        progress.passed(1_234, Duration.ofSeconds(70));

        assertThat(progress.line(1_234, OptionalLong.empty(), Duration.ofSeconds(70), 79))
                .isEqualTo("Iteration   1: 1,234 requests, 00:01:10 elapsed");
    }

    private String line(int width) {
        return progress.line(40, OptionalLong.of(80), Duration.ofSeconds(10), width);
    }

    private void ended(RequestRecord record) {
        progress.ended(
                record,
                RequestMetrics.of(record, TokenAccounting.withoutTokenizer().count(record)));
    }
}
