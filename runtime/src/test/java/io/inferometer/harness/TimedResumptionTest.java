package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Plan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An iteration of one second, at 20 requests a second whose answers take most of it: when the first of them has ended nearly
 * all of its time is over, and nearly all of its requests are in flight.
 */
class TimedResumptionTest {
    private static final int DONE = 4;

    @TempDir
    Path dir;

    private SimulatedEndpoint endpoint;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=900&itl=1")));
    }

    @AfterEach
    void stopEndpoint() throws Exception {
        endpoint.close();
    }

    @Test
    void whatWasInFlightWhenItWasKilledIsSentAgainAlthoughItsTimeWasOver() throws Exception {
        run(false);
        cutBehind("\"type\":\"request\"", DONE);

        RunReport resumed = run(true);

        assertWhole(resumed);
    }

    @Test
    void killedTwiceItGoesOnWhereItsLoadWasTheFirstTime() throws Exception {
        run(false);
        cutBehind("\"type\":\"request\"", DONE);
        run(true);
        cutBehind("\"at\":\"start\"", 2);
        run(true);
        cutBehind("\"at\":\"start\"", 3);

        RunReport resumed = run(true);

        assertWhole(resumed);
    }

    private void assertWhole(RunReport run) throws Exception {
        List<Long> sent = new ArrayList<>();
        JournalReader.read(journal(), new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                assertThat(run).isNotEmpty();
            }

            @Override
            public void request(RequestRecord request) {
                sent.add(request.index());
            }
        });
        assertThat(run.complete()).isTrue();
        assertThat(run.trials().get(0).iterations()).hasSize(1).allMatch(IterationReport::complete);
        // An arrival starts what is gone on with, beside the one that was the last before.
        assertThat(sent)
                .hasSizeBetween(20, 21)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, sent.size()).boxed().toList());
    }

    private RunReport run(boolean resumed) throws Exception {
        APlan plan = APlan.of(
                journal(),
                new APlan.ATrial(new CountingBinding(), endpoint.url())
                        .load(
                                new Load.Open(20, Arrivals.CONSTANT),
                                Iterations.NONE,
                                Iterations.ofTime(1, Duration.ofSeconds(1))));
        Plan made = resumed ? plan.resumed().plan() : plan.plan();
        return new Harness(made, variable -> null, new Report() {}).run();
    }

    private Path journal() {
        return dir.resolve("run.journal.jsonl");
    }

    private void cutBehind(String what, int times) throws Exception {
        List<String> lines = Files.readAllLines(journal());
        int at = 0;
        for (int seen = 0; seen < times; at++) {
            seen += lines.get(at).contains(what) ? 1 : 0;
        }
        Files.write(journal(), lines.subList(0, at));
    }
}
