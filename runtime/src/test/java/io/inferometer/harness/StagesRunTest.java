package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Report;
import io.inferometer.report.TrialReport;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.stage.StageSummary;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.StagedLoad.Stage;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages against an endpoint: what is sent, at which stage it stands, and what each stage comes to. */
class StagesRunTest {
    private static final Duration STAGE = Duration.ofMillis(400);
    private static final int ATTEMPTS = 5;

    @TempDir
    Path directory;

    private final List<RequestRecord> records = new CopyOnWriteArrayList<>();

    @Test
    void aStageOfARateSendsItsRequestsAndHasThemInItsRow() throws Exception {
        StagedLoad load = new StagedLoad(
                StagedLoad.Kind.RATE,
                List.of(new Stage(50, 50, STAGE), new Stage(0, 0, STAGE), new Stage(100, 100, STAGE)),
                Arrivals.CONSTANT,
                1,
                Load.Open.ANY);

        TrialReport trial = run(load);

        assertThat(records).extracting(record -> record.place().stage()).containsOnly(0, 2);
        assertThat(trial.stages())
                .extracting(stage -> stage.summary().outcomes().total())
                .containsExactly(20L, 0L, 40L);
        assertThat(trial.stages()).extracting(StageSummary::achieved).containsExactly(50.0, 0.0, 100.0);
        assertThat(trial.summary().arrivals().orElseThrow().offeredPerSecond()).isEqualTo(50);
        assertThat(trial.summary().arrivals().orElseThrow().trends()).isEmpty();
        assertThat(trial.summary().outcomes().total()).isEqualTo(60);
    }

    @Test
    void slotsThatAreTakenAwayEndAfterTheirRequests() throws Exception {
        StagedLoad load =
                StagedLoad.ofSlots(List.of(new Stage(1, 1, STAGE), new Stage(4, 4, STAGE), new Stage(2, 2, STAGE)));

        // Where the machine has no time, slots wait for it and are in flight for less of their stage.
        TrialReport trial = run(load);
        for (int i = 1; i < ATTEMPTS && !achieved(trial, load); i++) {
            records.clear();
            trial = run(load);
        }

        long start =
                records.stream().mapToLong(RequestRecord::scheduledNanos).min().orElseThrow();
        assertThat(records).allMatch(RequestRecord::succeeded);
        assertThat(records).allMatch(record -> record.place().stage() == load.stageAt(record.scheduledNanos() - start));
        assertThat(records)
                .allMatch(record ->
                        record.slot() < List.of(1, 4, 2).get(record.place().stage()));
        assertThat(records)
                .filteredOn(record -> record.place().stage() == 1)
                .extracting(RequestRecord::slot)
                .contains(0, 1, 2, 3);
        assertThat(achieved(trial, load)).as("in flight: %s", trial.stages()).isTrue();
        assertThat(trial.stages())
                .extracting(stage -> stage.summary().outcomes().total())
                .allMatch(requests -> requests > 0);
    }

    /** Whether about as many requests were in flight in each stage as it has slots. */
    private static boolean achieved(TrialReport trial, StagedLoad load) {
        return IntStream.range(0, 3).allMatch(i -> {
            double slots = load.stages().get(i).mean();
            return Math.abs(trial.stages().get(i).achieved() - slots) < slots * 0.4;
        });
    }

    private TrialReport run(Load load) throws Exception {
        try (SimulatedEndpoint endpoint =
                SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=5&itl=1")))) {
            Path journal = directory.resolve("run.journal.jsonl");
            Files.deleteIfExists(journal);
            APlan plan = APlan.of(
                    journal,
                    new APlan.ATrial(new CountingBinding(), endpoint.url())
                            .load(load, Iterations.NONE, Iterations.ofTime(1, Duration.ofMillis(1_200))));
            Report seen = new Report() {
                @Override
                public void requestEnded(RequestRecord record, RequestMetrics metrics) {
                    records.add(record);
                }
            };
            return new Harness(plan.plan(), name -> null, seen).run().trials().get(0);
        }
    }
}
