package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Arrivals;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.stats.Metric;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.Extent;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
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

/** Requests that come with their own times, and the loads that keep their order alone. */
class ReplayRunTest {
    private static final Iterations ONCE = Iterations.ofAllPrompts(1);

    @TempDir
    Path dir;

    private final List<RequestRecord> records = new ArrayList<>();
    private SimulatedEndpoint endpoint;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=50&itl=1")));
    }

    @AfterEach
    void stopEndpoint() throws Exception {
        endpoint.close();
    }

    @Test
    void sendsEachRequestAtItsOwnTimeHoweverManyAreInFlight() throws Exception {
        RunReport report = run(new Recorded(100, 100, 120, 150), new Load.Replay(1), ONCE);

        assertThat(report.complete()).isTrue();
        assertThat(sinceFirst()).containsExactly(0L, 0L, 20L, 50L);
        assertThat(records).allMatch(r -> r.releasedNanos() >= r.scheduledNanos());
        assertThat(report.trials().get(0).summary().metrics())
                .containsKeys(Metric.TTFT, Metric.TTFT_FROM_SCHEDULE, Metric.E2EL_FROM_SCHEDULE);
    }

    @Test
    void goesFasterAndCutsGaps() throws Exception {
        run(new Recorded(0, 100, 100_000, 100_040), new Load.Replay(4, Duration.ofMillis(200)), ONCE);

        assertThat(sinceFirst()).containsExactly(0L, 25L, 75L, 85L);
    }

    @Test
    void keepsTheOrderAloneUnderAnotherLoad() throws Exception {
        run(new Recorded(0, 100_000, 200_000), new Load.Closed(1), ONCE);

        assertThat(records).extracting(RequestRecord::index).containsExactly(0L, 1L, 2L);
    }

    @Test
    void endsWithARequestOrATimeWhereItIsAsked() throws Exception {
        run(new Recorded(0, 10, 20, 30), new Load.Replay(1), Iterations.ofRequests(1, 2));
        assertThat(records).hasSize(2);
        records.clear();

        run(
                new Recorded(0, 10, 100_000),
                new Load.Replay(1),
                new Iterations(1, new Extent.Time(Duration.ofMillis(200))));
        assertThat(records).hasSize(2);
    }

    @Test
    void saysWhereThereWereFewerRequestsThanWereAskedFor() throws Exception {
        String said = "the workload has no more requests: fewer were sent than were asked for";

        RunReport number = run(new Recorded(0, 10, 20), new Load.Replay(1), Iterations.ofRequests(2, 2));
        RunReport enough = run(new Recorded(0, 10), new Load.Replay(1), Iterations.ofRequests(1, 2));
        RunReport time =
                run(new Recorded(0, 10), new Load.Closed(1), new Iterations(1, new Extent.Time(Duration.ofMinutes(1))));
        RunReport cut = run(
                new Recorded(0, 10, 100_000),
                new Load.Replay(1),
                new Iterations(1, new Extent.Time(Duration.ofMillis(200))));
        RunReport all = run(new Recorded(0, 10), new Load.Replay(1), ONCE);

        assertThat(number.notes()).contains(said);
        assertThat(time.notes()).contains(said);
        assertThat(enough.notes()).doesNotContain(said);
        assertThat(cut.notes()).doesNotContain(said);
        assertThat(all.notes()).doesNotContain(said);
    }

    @Test
    void whatAnIterationOfATimeMadeAheadIsSentByTheNext() throws Exception {
        Recorded many = new Recorded(new long[5_000]);
        for (Load load : List.of(new Load.Closed(2), new Load.Open(100, Arrivals.CONSTANT))) {
            records.clear();
            run(many, load, Iterations.ofTime(3, Duration.ofMillis(300)));

            assertThat(records).extracting(RequestRecord::iteration).contains(0, 1, 2);
            assertThat(records)
                    .extracting(RequestRecord::index)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, records.size()).boxed().toList());
        }
    }

    @Test
    void whatCantBeSentEndsTheRunAsFailedWhereRequestsWereSentBeforeIt() {
        long[] times = new long[1_500];
        times[1_400] = -1;

        assertThatThrownBy(() -> run(new Recorded(times), new Load.Replay(1), ONCE))
                .isInstanceOf(HarnessException.class)
                .hasMessage(
                        "Recorded: request 1400 has no time, and a replay sends each at its own: give it at(...), or keep"
                                + " the order alone with --concurrency N or --rate N");
        assertThat(records).hasSize(1_400).allMatch(RequestRecord::succeeded);
    }

    @Test
    void keepsWhatTheDataShares() throws Exception {
        run(new Recorded(0, 10), new Load.Replay(1), ONCE);

        List<Integer> kept = new ArrayList<>();
        JournalReader.read(dir.resolve("run.jsonl"), new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                assertThat(run.toString()).contains("kind=replay, speed=1.0");
            }

            @Override
            public void request(RequestRecord record) {
                kept.add(record.sharedPromptTokens());
            }
        });
        assertThat(kept).containsExactlyInAnyOrder(0, 10);
    }

    @Test
    void tellsWhatTheWorkloadNotes() throws Exception {
        List<String> notes = new ArrayList<>();

        new Harness(plan(new Recorded(0), new Load.Replay(1), ONCE), name -> null, new Report() {
                    @Override
                    public void note(String line) {
                        notes.add(line);
                    }
                })
                .run();

        assertThat(notes).containsExactly("1 recorded");
    }

    @Test
    void refusesARequestWithoutATimeAndOneThatGoesBack() {
        assertThatThrownBy(() -> run(new Recorded(0, -1), new Load.Replay(1), ONCE))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Recorded: request 1 has no time, and a replay sends each at its own: give it at(...), or keep"
                                + " the order alone with --concurrency N or --rate N");
        assertThatThrownBy(() -> run(new Recorded(20, 10), new Load.Replay(1), ONCE))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Recorded: request 1 is at 0.01 s, before the one before it, at 0.02 s; a replay's times never"
                                + " go back");
        assertThat(records).isEmpty();
    }

    private RunReport run(Recorded workload, Load load, Iterations measured) throws Exception {
        return new Harness(plan(workload, load, measured), name -> null, new Report() {
                    @Override
                    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
                        records.add(record);
                    }
                })
                .run();
    }

    private Plan plan(Recorded workload, Load load, Iterations measured) {
        return APlan.of(
                        dir.resolve("run.jsonl"),
                        new APlan.ATrial(workload, endpoint.url()).load(load, Iterations.NONE, measured))
                .force(true)
                .plan();
    }

    private List<Long> sinceFirst() {
        long first =
                records.stream().mapToLong(RequestRecord::scheduledNanos).min().orElseThrow();
        return records.stream()
                .map(r -> (r.scheduledNanos() - first) / 1_000_000)
                .sorted()
                .toList();
    }

    /** Requests at times in milliseconds, below 0 for none. */
    private record Recorded(long... millis) implements WorkloadBinding<Object> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Recorded", "demo.Recorded")
                    .endpoint("sim:metronome")
                    .model("m")
                    .load(new Load.Replay(1))
                    .measurement(ONCE)
                    .build();
        }

        @Override
        public Object create(ParamValues values) {
            return values;
        }

        @Override
        public void tearDown(Object workload, TrialContext trial) {
            trial.note(millis.length + " recorded");
            trial.note(millis.length + " recorded");
        }

        @Override
        public InferenceRequest request(Object workload, RequestContext context) {
            int index = (int) context.index();
            if (index >= millis.length) {
                return null;
            }
            InferenceRequest request =
                    InferenceRequest.chat("Hello " + index).maxOutputTokens(3).sharedTokens(10 * index);
            return millis[index] < 0 ? request : request.at(Duration.ofMillis(millis[index]));
        }
    }
}
