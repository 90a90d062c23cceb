package io.inferometer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.instrument.Clients;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.Metric;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.stats.token.TokenAccounting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunReportBuilderTest {
    @Test
    void warmUpIsReportedAndInNoResult() throws IOException {
        List<IterationReport> iterations = new ArrayList<>();

        RunReport run = Scenarios.closedLoop().tell(new Report() {
            @Override
            public void iterationEnded(IterationReport iteration) {
                iterations.add(iteration);
            }
        });

        assertThat(iterations).extracting(IterationReport::warmup).containsExactly(true, false);
        assertThat(iterations.get(0).summary().outcomes().total()).isEqualTo(8);
        TrialReport trial = run.trials().get(0);
        assertThat(trial.iterations()).containsExactly(iterations.get(1));
        assertThat(trial.summary().outcomes().total()).isEqualTo(40);
    }

    @Test
    void theIterationsOfATrialArePooled() throws IOException {
        TrialReport trial = Scenarios.twoIterations().report().trials().get(0);

        assertThat(trial.iterations()).hasSize(2);
        assertThat(trial.summary().metric(Metric.TTFT).count()).isEqualTo(6);
        assertThat(trial.summary().throughput().durationNanos())
                .isEqualTo(trial.iterations().stream()
                        .map(IterationReport::summary)
                        .map(Summary::throughput)
                        .mapToDouble(Summary.Throughput::durationNanos)
                        .sum());
    }

    @Test
    void anIterationThatWasCutOffIsTakenAsItIs() {
        RunHeader header = new ARun().with(ARun.trial()).header();
        RunReportBuilder builder = new RunReportBuilder(header, trial -> TokenAccounting.withoutTokenizer());
        RequestRecord record = ARequest.metronome(0, 50, 10, 5).record();

        builder.iterationStarted(0, 0, false, 0);
        RequestMetrics metrics = builder.add(record);
        RunReport run = builder.build(RunEnd.INTERRUPTED);

        assertThat(metrics).isEqualTo(ARequest.metrics(record));
        assertThat(run.complete()).isFalse();
        assertThat(run.end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(run.trials().get(0).summary().outcomes().succeeded()).isEqualTo(1);
    }

    @Test
    void aTrialWithoutAMeasuredIterationIsNotInTheResult() {
        RunHeader header = new ARun().with(ARun.trial()).with(ARun.trial()).header();
        RunReportBuilder builder = new RunReportBuilder(header, trial -> TokenAccounting.withoutTokenizer());

        builder.iterationStarted(0, 0, true, 0);
        builder.iterationEnded(true, Clients.UNWATCHED);
        builder.iterationStarted(1, 0, false, 0);
        builder.iterationEnded(true, Clients.UNWATCHED);

        assertThat(builder.build(RunEnd.COMPLETE).trials())
                .extracting(trial -> trial.header().index())
                .containsExactly(1);
    }

    @Test
    void eventsOutOfOrderAreAMistakeOfTheCaller() {
        RunHeader header = new ARun().with(ARun.trial()).header();
        RunReportBuilder builder = new RunReportBuilder(header, trial -> TokenAccounting.withoutTokenizer());
        RequestRecord record = ARequest.metronome(0, 50, 10, 5).record();

        assertThatThrownBy(() -> builder.add(record)).hasMessage("no iteration has begun");
        builder.iterationStarted(0, 0, false, 0);
        assertThatThrownBy(() -> builder.iterationStarted(0, 0, false, 1))
                .hasMessage("the iteration before has not ended");
    }

    @Test
    void failuresAreCountedByWhatWentWrongInBoundedSpace() {
        FailureCounts counts = new FailureCounts();
        for (int i = 0; i < 1_000; i++) {
            counts.add(failed("message " + i));
            counts.add(failed("again and again"));
        }
        counts.add(failed("x".repeat(1_000)));
        counts.add(ARequest.sent(0).token(1).record());
        counts.add(ARequest.sent(0)
                .failed(Outcome.CANCELLED, 0, "the run was ended")
                .record());

        List<Failure> failures = counts.failures();

        assertThat(failures).hasSizeLessThanOrEqualTo(101);
        assertThat(failures.get(0)).isEqualTo(new Failure(Outcome.HTTP_ERROR, 500, "again and again", 1_000));
        assertThat(failures.get(1).message()).isEqualTo("other messages");
        assertThat(failures.get(2).message()).isEqualTo("message 0");
        assertThat(failures.stream().mapToLong(Failure::requests).sum()).isEqualTo(2_001);
    }

    @Test
    void aLongMessageIsCut() {
        FailureCounts counts = new FailureCounts();
        counts.add(failed("x".repeat(1_000)));

        assertThat(counts.failures().get(0).message()).isEqualTo("x".repeat(300) + "...");
    }

    private static RequestRecord failed(String message) {
        return ARequest.sent(0).failed(Outcome.HTTP_ERROR, 500, message).record();
    }
}
