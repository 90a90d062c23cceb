package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.judge.precision.Goal;
import io.inferometer.judge.precision.Until;
import io.inferometer.plan.Plan;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.member.MemberReport;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Iterations of two requests that go on until the share of failures is known to 20 points: twenty requests that all succeed tell
 * that, ten iterations, as soon as it is looked at.
 */
class UntilRunTest {
    @TempDir
    Path dir;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<OptionalLong> requests = new CopyOnWriteArrayList<>();
    private long most = Long.MAX_VALUE;
    private SimulatedEndpoint endpoint;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=1&itl=1")));
    }

    @AfterEach
    void stopEndpoint() throws Exception {
        endpoint.close();
    }

    @Test
    void eachTrialGoesOnUntilItIsPreciseAndSendsNothingTwice() throws Exception {
        Plan plan = plan("failures 20%", Duration.ofMinutes(5), 2, 0);

        RunReport run = run(plan);

        assertThat(run.trials()).hasSize(2).allMatch(trial -> trial.iterations().size() == 10);
        assertThat(asked).hasSize(40).doesNotHaveDuplicates();
        assertThat(requests).hasSize(2).allMatch(OptionalLong::isEmpty);
        assertThat(RunOutcome.of(plan, run).ok()).isTrue();
    }

    @Test
    void whatIsNotReachedInTimeIsSaidWithWhatWas() throws Exception {
        Plan plan = plan("failures 0.01%", Duration.ofMillis(500), 1, 0);

        RunReport run = run(plan);

        assertThat(run.complete()).isTrue();
        assertThat(run.trials().get(0).iterations()).hasSizeGreaterThan(1);
        assertThat(RunOutcome.of(plan, run)).isInstanceOf(RunOutcome.Imprecise.class);
        assertThat(RunOutcome.of(plan, run).text())
                .matches("--until was not reached: failures is known to \\+/- [0-9.]+ points after [0-9]+ iterations,"
                        + " and 0.01 points is wanted");
    }

    @Test
    void aWorkloadThatHasNoMoreRequestsEndsIt() throws Exception {
        most = 13;

        RunReport run = run(plan("failures 20%", Duration.ofMinutes(5), 1, 0));

        assertThat(run.trials().get(0).iterations()).hasSize(7);
        assertThat(run.notes()).containsExactly("--until: the workload has no more requests to go on with");
    }

    @Test
    void aRunThatWasCutOffGoesOnWithWhatWasMeasured() throws Exception {
        run(plan("failures 20%", Duration.ofMinutes(5), 2, 0));
        cut("\"trial\":1,\"fork\":0,\"iteration\":6,\"index\":12");
        asked.clear();

        RunReport run = run(APlan.like(plan("failures 20%", Duration.ofMinutes(5), 2, 0))
                .resumed()
                .plan());

        assertThat(run.complete()).isTrue();
        assertThat(run.trials()).allMatch(trial -> trial.iterations().size() == 10);
        assertThat(run.trials()).allMatch(trial -> trial.iterations().stream().allMatch(IterationReport::complete));
        assertThat(asked).hasSizeBetween(6, 8).allMatch(request -> request.startsWith("1/0 1"));
    }

    @Test
    void aTrialThatWasCutOffBehindItsLastIterationHasNoOther() throws Exception {
        run(plan("failures 20%", Duration.ofMinutes(5), 2, 0));
        cut("\"at\":\"start\",\"trial\":1");
        asked.clear();

        RunReport run = run(APlan.like(plan("failures 20%", Duration.ofMinutes(5), 2, 0))
                .resumed()
                .plan());

        assertThat(run.trials()).allMatch(trial -> trial.iterations().size() == 10);
        assertThat(asked).hasSize(20).allMatch(request -> request.startsWith("1/0"));
    }

    @Test
    void eachForkEndsByItselfAndGoesOnWithItsOwn() throws Exception {
        RunReport whole = run(plan("failures 20%", Duration.ofMinutes(5), 1, 2));
        cut("\"trial\":0,\"fork\":1,\"iteration\":4,\"index\":8");
        asked.clear();

        RunReport run = run(APlan.like(plan("failures 20%", Duration.ofMinutes(5), 1, 2))
                .resumed()
                .plan());

        assertThat(whole.trials().get(0).measuredByFork().values()).allMatch(fork -> fork.size() == 10);
        TrialReport trial = run.trials().get(0);
        assertThat(trial.measuredByFork().values()).hasSize(2).allMatch(fork -> fork.size() == 10);
        assertThat(asked).hasSizeBetween(10, 12).allMatch(request -> request.startsWith("0/1"));
    }

    @Test
    void membersGoOnUntilTheRequestsOfAllTogetherAreEnough() throws Exception {
        RunReport run = run(shared("failures 20%", Duration.ofMinutes(5)));

        TrialReport trial = run.trials().get(0);
        assertThat(run.complete()).isTrue();
        assertThat(trial.iterations()).hasSize(10).allMatch(IterationReport::complete);
        assertThat(trial.summary().outcomes().succeeded()).isEqualTo(20);
        assertThat(trial.members()).extracting(MemberReport::requests).containsExactly(10L, 10L);
    }

    @Test
    void membersEndWhenTheirTimeIsOver() throws Exception {
        Plan plan = shared("failures 0.01%", Duration.ofMillis(500));

        RunReport run = run(plan);

        assertThat(run.complete()).isTrue();
        assertThat(run.trials().get(0).iterations()).hasSizeGreaterThan(1);
        assertThat(RunOutcome.of(plan, run)).isInstanceOf(RunOutcome.Imprecise.class);
    }

    @Test
    void aMemberThatHasNoMoreRequestsEndsItForAll() throws Exception {
        most = 13;

        RunReport run = run(shared("failures 20%", Duration.ofMinutes(5)));

        assertThat(run.complete()).isTrue();
        assertThat(run.trials().get(0).iterations()).hasSize(7);
        assertThat(run.trials().get(0).summary().outcomes().succeeded()).isEqualTo(13);
        assertThat(run.notes()).containsExactly("--until: the workload has no more requests to go on with");
    }

    private Plan shared(String goals, Duration atMost) {
        return APlan.like(plan(goals, atMost, 1, 0)).members(2).plan();
    }

    private void cut(String text) throws Exception {
        List<String> lines = Files.readAllLines(journal());
        int end = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains(text))
                .findFirst()
                .orElseThrow();
        Files.write(journal(), lines.subList(0, end));
    }

    private Path journal() {
        return dir.resolve("run.journal.jsonl");
    }

    private Plan plan(String goals, Duration atMost, int trials, int forks) {
        APlan.ATrial[] made = LongStream.range(0, trials)
                .mapToObj(index -> new APlan.ATrial(new Fake(), endpoint.url())
                        .model(Long.toString(index))
                        .load(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 2))
                        .until(new Until(Goal.parse(goals), atMost))
                        .forks(forks))
                .toArray(APlan.ATrial[]::new);
        return APlan.of(journal(), made).plan();
    }

    private static RunReport run(Plan plan) throws Exception {
        return new Harness(plan, name -> null, new Report() {}, ForkInThisJvm.of(plan)).run();
    }

    /** A workload whose requests say of which trial and fork they are. */
    private final class Fake implements WorkloadBinding<List<String>> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Fake", "Fake")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(1, 1))
                    .build();
        }

        @Override
        public List<String> create(ParamValues values) {
            return new ArrayList<>();
        }

        @Override
        public void setup(List<String> workload, TrialContext trial) {
            requests.add(trial.requests());
        }

        @Override
        public InferenceRequest request(List<String> workload, RequestContext context) {
            if (context.index() >= most) {
                return null;
            }
            asked.add(context.trial().model() + "/" + context.trial().fork() + " " + context.index());
            return InferenceRequest.chat("Hello").maxOutputTokens(2);
        }
    }
}
