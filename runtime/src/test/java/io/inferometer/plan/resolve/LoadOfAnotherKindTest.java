package io.inferometer.plan.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An extent that stood beside a load which a higher layer replaces is said in what the new load knows. */
class LoadOfAnotherKindTest {
    @Test
    void theHelpsOwnExampleRuns() {
        Plan plan = Planning.of(closed())
                .set(Setting.RATE, "5")
                .set(Setting.REQUESTS, "100")
                .plan();

        assertThat(plan.trials().get(0).schedule())
                .isEqualTo(new Trial.Schedule(
                        new Load.Open(5, Arrivals.POISSON),
                        Iterations.ofRequests(1, 4),
                        Iterations.ofRequests(3, 100)));
        assertThat(plan.notes())
                .containsExactly("@Warmup of Hello: 2 a slot becomes 4 requests under --rate 5, as many as for its 2"
                        + " slots");
    }

    @Test
    void requestsOfASlotBecomeRequestsOfAllSlots() {
        Trial.Schedule schedule = Planning.of(closed().load(new Load.Closed(8)))
                .set(Setting.RATE, "5")
                .trial()
                .schedule();

        assertThat(schedule.warmup()).isEqualTo(Iterations.ofRequests(1, 16));
        assertThat(schedule.measurement()).isEqualTo(Iterations.ofRequests(3, 80));
    }

    @Test
    void takesTheSlotsThatTheExtentStoodBeside() {
        assertThat(Planning.of(closed())
                        .env("CONC", "5")
                        .set(Setting.RATE, "5")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofRequests(3, 20));
        assertThat(Planning.of(closed())
                        .env("CONC", "5")
                        .env("EACH", "7")
                        .set(Setting.RATE, "5")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofRequests(3, 35));
    }

    @Test
    void aVariableThatChangesTheKindDoesSoToo() {
        Plan plan = Planning.of(closed()).env("RATE", "5").plan();

        assertThat(plan.trials().get(0).schedule().measurement()).isEqualTo(Iterations.ofRequests(3, 20));
        assertThat(plan.notes())
                .contains(
                        "@Measurement of Hello: 10 a slot becomes 20 requests under RATE=5, as many as for its 2 slots");
    }

    @Test
    void allAtOnceSendsAsManyAsTheClosedLoopHadSlotsOrTheOpenOneARate() {
        Planning timed = Planning.of(closed().measurement(Iterations.ofTime(1, Duration.ofSeconds(10))));
        timed.options.allAtOnce();
        Planning open = Planning.of(open().measurement(Iterations.ofTime(1, Duration.ofMillis(2_500))));
        open.options.allAtOnce();
        Planning users = Planning.of(closed());
        users.options.allAtOnce().users(3);

        assertThat(timed.trial().schedule().measurement()).isEqualTo(Iterations.ofRequests(1, 2));
        assertThat(timed.plan().notes())
                .containsExactly(
                        "@Warmup of Hello: 2 a slot becomes 4 requests under --all-at-once, as many as for its 2 slots",
                        "@Measurement of Hello: a time of 10 s becomes 2 requests under --all-at-once, one for each"
                                + " slot of its closed loop");
        assertThat(open.trial().schedule().measurement()).isEqualTo(Iterations.ofRequests(1, 5));
        assertThat(open.plan().notes())
                .containsExactly(
                        "@Measurement of Hello: a time of 2.5 s becomes 5 requests under --all-at-once, as many"
                                + " as at its 2 per second");
        assertThat(users.trial().schedule())
                .isEqualTo(new Trial.Schedule(
                        new Load.AtOnce(3, Load.AtOnce.INSTANT),
                        Iterations.ofRequests(1, 4),
                        Iterations.ofRequests(3, 20)));
    }

    @Test
    void allAtOnceOfAVariableDoesSoToo() {
        assertThat(Planning.of(closed()).env("AT_ONCE", "1").trial().schedule())
                .isEqualTo(new Trial.Schedule(
                        new Load.AtOnce(), Iterations.ofRequests(1, 4), Iterations.ofRequests(3, 20)));
        assertThat(Planning.of(closed()).env("AT_ONCE", "0").trial().schedule().load())
                .isEqualTo(new Load.Closed(2));
    }

    @Test
    void aClosedLoopKeepsWhatAnOpenOneWasGiven() {
        Plan plan = Planning.of(open()).set(Setting.CONCURRENCY, "4").plan();

        assertThat(plan.trials().get(0).schedule())
                .isEqualTo(new Trial.Schedule(
                        new Load.Closed(4), Iterations.NONE, Iterations.ofTime(1, Duration.ofSeconds(10))));
        assertThat(plan.notes()).isEmpty();
    }

    @Test
    void anExtentThatIsGivenWithTheLoadOrAboveItHasToFitIt() {
        assertThatThrownBy(() -> Planning.of(closed())
                        .set(Setting.RATE, "5")
                        .set(Setting.REQUESTS_PER_SLOT, "3")
                        .plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("--requests-per-slot 3 counts requests per slot, and there are no slots under --rate 5;"
                        + " give --requests N or -r TIME");
        assertThatThrownBy(() ->
                        Planning.of(open()).set(Setting.REQUESTS_PER_SLOT, "3").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("--requests-per-slot 3 counts requests per slot, and there are no slots under @OpenLoop of"
                        + " Hello; give --requests N or -r TIME");
        assertThatThrownBy(() ->
                        Planning.of(closed()).env("RATE", "5").env("EACH", "3").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("EACH=3 counts requests per slot, and there are no slots under RATE=5;"
                        + " give --requests N or -r TIME");
    }

    @Test
    void aWarmUpOfWhichNothingIsSaidDoesNotLastForEver() {
        Planning planning =
                Planning.of(open()).set(Setting.WARMUP_ITERATIONS, "1").set(Setting.REQUESTS, "3");
        planning.options.allAtOnce();

        assertThatThrownBy(planning::plan)
                .isInstanceOf(UsageException.class)
                .hasMessage("-wi 1: Hello does not say how long a warm-up iteration is;"
                        + " give --warmup-requests N, -w TIME or -wi 0");
    }

    @Test
    void anOpenLoopKeepsItsArrivalsWhoeverGivesItsRate() {
        assertThat(Planning.of(open()).set(Setting.RATE, "5").trial().schedule().load())
                .isEqualTo(new Load.Open(5, Arrivals.CONSTANT));
        assertThat(Planning.of(closed())
                        .env("ARRIVALS", "constant")
                        .set(Setting.RATE, "5")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(5, Arrivals.CONSTANT));
        assertThat(Planning.of(open())
                        .set(Setting.RATE, "5")
                        .set(Setting.ARRIVALS, "poisson")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(5, Arrivals.POISSON));
    }

    @Test
    void aReplayTakesSpeedsAndALongestGap() {
        Plan plan = Planning.of(replay())
                .set(Setting.SPEED, "2,4")
                .set(Setting.MAX_IDLE, "10s")
                .plan();

        assertThat(plan.trials())
                .extracting(trial -> trial.schedule().load())
                .containsExactly(
                        new Load.Replay(2, Duration.ofSeconds(10)), new Load.Replay(4, Duration.ofSeconds(10)));
        assertThat(plan.trials().get(0).schedule().measurement()).isEqualTo(Iterations.ofAllPrompts(1));
        assertThat(Planning.of(replay()).trial().schedule().load()).isEqualTo(new Load.Replay(1));
    }

    @Test
    void anotherLoadKeepsTheOrderOfAReplayAlone() {
        assertThat(Planning.of(replay()).set(Setting.CONCURRENCY, "4").trial().schedule())
                .isEqualTo(new Trial.Schedule(new Load.Closed(4), Iterations.NONE, Iterations.ofAllPrompts(1)));
        assertThat(Planning.of(replay())
                        .set(Setting.RATE, "5")
                        .set(Setting.TIME, "10s")
                        .trial()
                        .schedule())
                .isEqualTo(new Trial.Schedule(
                        new Load.Open(5, Arrivals.POISSON),
                        Iterations.NONE,
                        Iterations.ofTime(1, Duration.ofSeconds(10))));
    }

    @Test
    void whatOnlyAReplayHasIsRefusedElsewhere() {
        assertThatThrownBy(() -> Planning.of(closed()).set(Setting.SPEED, "2").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("--speed 2: only a replay has recorded times, and this is none by @ClosedLoop of Hello");
        assertThatThrownBy(() -> Planning.of(replay())
                        .set(Setting.CONCURRENCY, "4")
                        .set(Setting.MAX_IDLE, "2s")
                        .plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("--max-idle 2s: only a replay has recorded times, and this is none by --concurrency 4");
        assertThatThrownBy(() ->
                        Planning.of(replay()).set(Setting.TIME_UNIT, "min").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("--time-unit min: not one of ns, us, ms, s, m, h");
        assertThatThrownBy(() -> Planning.of(replay())
                        .set(Setting.REQUESTS_PER_SLOT, "3")
                        .plan())
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--requests-per-slot 3 counts requests per slot, and there are no slots under @Replay of Hello;"
                                + " give --requests N or -r TIME");
    }

    @Test
    void iterationsOfATimeAreRefusedWhereTheNextOneWouldLackRequestsOfAReplay() {
        assertThatThrownBy(() -> Planning.of(replay())
                        .set(Setting.TIME, "3s")
                        .set(Setting.ITERATIONS, "2")
                        .plan())
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "-r 3s is a time, and 2 iterations of a replay would not send what was made ready behind the"
                                + " end of each; give --requests N, or one iteration");
    }

    private static WorkloadDescriptor.Builder replay() {
        return base().load(new Load.Replay(1)).measurement(Iterations.ofAllPrompts(1));
    }

    private static WorkloadDescriptor.Builder closed() {
        return base().load(new Load.Closed(2))
                .warmup(Iterations.ofRequestsPerSlot(1, 2))
                .measurement(Iterations.ofRequestsPerSlot(3, 10));
    }

    private static WorkloadDescriptor.Builder open() {
        return base().load(new Load.Open(2, Arrivals.CONSTANT))
                .measurement(Iterations.ofTime(1, Duration.ofSeconds(10)));
    }

    private static WorkloadDescriptor.Builder base() {
        return WorkloadDescriptor.of("Hello", "demo.Hello")
                .endpoint("http://declared:1")
                .model("m")
                .env("CONC", Setting.CONCURRENCY)
                .env("RATE", Setting.RATE)
                .env("AT_ONCE", Setting.ALL_AT_ONCE)
                .env("ARRIVALS", Setting.ARRIVALS)
                .env("EACH", Setting.REQUESTS_PER_SLOT);
    }
}
