package io.inferometer.plan.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.StagedLoad.Stage;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stages are the one measured iteration: they replace load and extent, and leave the warm-up as it is. */
class StagesTest {
    @Test
    void stagesOfRatesAreTheOneMeasuredIterationAndTheWarmupStays() {
        Trial.Schedule schedule = closed().set(Setting.STAGES, "2/s 30s, 2..20/s 1m, 0.5/s 500ms")
                .trial()
                .schedule();

        assertThat(schedule.load())
                .isEqualTo(new StagedLoad(
                        StagedLoad.Kind.RATE,
                        List.of(
                                new Stage(2, 2, Duration.ofSeconds(30)),
                                new Stage(2, 20, Duration.ofMinutes(1)),
                                new Stage(0.5, 0.5, Duration.ofMillis(500))),
                        Arrivals.POISSON,
                        1,
                        Load.Open.ANY));
        assertThat(schedule.measurement()).isEqualTo(Iterations.ofTime(1, Duration.ofMillis(90_500)));
        assertThat(schedule.warmupLoad()).isEqualTo(new Load.Closed(4));
        assertThat(schedule.warmup()).isEqualTo(Iterations.ofRequestsPerSlot(1, 2));
        assertThat(schedule.requests(true)).hasValue(8);
        assertThat(schedule.requests(false)).isEmpty();
    }

    @Test
    void stagesOfSlotsAreWholeNumbers() {
        Trial.Schedule schedule =
                closed().set(Setting.STAGES, " 4 30s,4..64  60s ,0 1s").trial().schedule();

        assertThat(schedule.load())
                .isEqualTo(StagedLoad.ofSlots(List.of(
                        new Stage(4, 4, Duration.ofSeconds(30)),
                        new Stage(4, 64, Duration.ofSeconds(60)),
                        new Stage(0, 0, Duration.ofSeconds(1)))));
    }

    @Test
    void stagesOfRatesKeepTheLawAndTheCap() {
        StagedLoad load = (StagedLoad) closed().set(Setting.STAGES, "2/s 30s")
                .set(Setting.BURSTINESS, "0.5")
                .set(Setting.MAX_IN_FLIGHT, "9")
                .trial()
                .schedule()
                .load();

        assertThat(load.burstiness()).isEqualTo(0.5);
        assertThat(load.mostInFlight()).isEqualTo(9);
    }

    @Test
    void anExtentOfALowerLayerIsReplacedToo() {
        Planning planning = closed().env("NUM_PROMPTS", "100").set(Setting.STAGES, "2/s 30s");

        assertThat(planning.trial().schedule().measurement()).isEqualTo(Iterations.ofTime(1, Duration.ofSeconds(30)));
    }

    @Test
    void aLoadOfTheCommandLineReplacesStagesOfAVariable() {
        Planning planning = closed().env("STAGES", "2/s 30s").set(Setting.CONCURRENCY, "3");

        assertThat(planning.trial().schedule().load()).isEqualTo(new Load.Closed(3));
        assertThat(planning.trial().schedule().measurement()).isEqualTo(Iterations.ofRequestsPerSlot(1, 10));
    }

    @Test
    void theWarmupHasTheLoadThatAVariableGives() {
        Planning planning = closed().env("CONC", "7").set(Setting.STAGES, "2/s 30s");

        assertThat(planning.trial().schedule().warmupLoad()).isEqualTo(new Load.Closed(7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    2/s 30s; ITERATIONS=3     | -i 3: the stages of --stages 2/s 30s are the one measured iteration, as long as they say; leave it out
                    2/s 30s; TIME=10s         | -r 10s: the stages of --stages 2/s 30s are the one measured iteration, as long as they say; leave it out
                    2/s 30s; SESSIONS=10      | --sessions 10: the stages of --stages 2/s 30s are the one measured iteration, as long as they say; leave it out
                    2/s 30s; REQUESTS=10      | --requests 10: the stages of --stages 2/s 30s are the one measured iteration, as long as they say; leave it out
                    4 30s; REQUESTS_PER_SLOT=2 | --requests-per-slot 2: the stages of --stages 4 30s are the one measured iteration, as long as they say; leave it out
                    2/s 30s; RATE=4           | --rate 4 and --stages 2/s 30s are two values of one setting; give one of them
                    2/s 30s; CONCURRENCY=4    | --concurrency 4 and --stages 2/s 30s are two values of one setting; give one of them
                    2/s 30s; ALL_AT_ONCE=true | --all-at-once and --stages 2/s 30s are two values of one setting; give one of them
                    2/s 30s; ARRIVALS=vllm-rescaled | --stages 2/s 30s: arrivals are rescaled to a number of requests, and stages have none; give --arrivals poisson, constant or gamma
                    4 30s; ARRIVALS=constant  | --arrivals constant: only an open loop has arrivals; give --rate N too
                    2/s 30s, 4 30s            | --stages 2/s 30s, 4 30s: stage 2, '4 30s' is of slots, and those before are of a rate; stages are all of one kind
                    2/s                       | --stages 2/s: stage 1, '2/s' is no stage; write a rate or a number of slots, and a time: 2/s 30s, 2..20/s 60s, or 4 30s, 4..64 60s
                    2/s 30s,                  | --stages 2/s 30s,: stage 2, '' is no stage; write a rate or a number of slots, and a time: 2/s 30s, 2..20/s 60s, or 4 30s, 4..64 60s
                    2/s 30s, 3/s 20           | --stages 2/s 30s, 3/s 20: stage 2, '3/s 20': a time needs a unit: 20ms, 20s, 20m or 20h
                    2/s 0s                    | --stages 2/s 0s: stage 1, '2/s 0s': 0s is not above 0
                    2.5 30s                   | --stages 2.5 30s: stage 1, '2.5 30s': 2.5 is not a whole number of slots; write 2.5/s for a rate
                    -2/s 30s                  | --stages -2/s 30s: stage 1, '-2/s 30s' is no stage; write a rate or a number of slots, and a time: 2/s 30s, 2..20/s 60s, or 4 30s, 4..64 60s
                    0/s 30s                   | --stages 0/s 30s: all stages are 0, so that nothing would be sent
                    """)
    void whatCannotBeMeantIsRefusedWithItsPlace(String line, String message) {
        String[] parts = line.split("; ");
        Planning planning = closed().set(Setting.STAGES, parts[0]);
        if (parts.length > 1) {
            String[] other = parts[1].split("=");
            planning.set(Setting.valueOf(other[0]), other[1]);
        }

        assertThatThrownBy(planning::plan).isInstanceOf(UsageException.class).hasMessage(message);
    }

    @Test
    void stagesThatAreDeclaredStandLikeThoseThatAreAskedFor() {
        Trial.Schedule declared = declaring("2/s 30s, 2..20/s 1m").trial().schedule();
        Trial.Schedule asked =
                closed().set(Setting.STAGES, "2/s 30s, 2..20/s 1m").trial().schedule();

        assertThat(declared).isEqualTo(asked);
        assertThat(((StagedLoad) declaring("2/s 30s")
                                .set(Setting.BURSTINESS, "0.5")
                                .trial()
                                .schedule()
                                .load())
                        .burstiness())
                .isEqualTo(0.5);
    }

    @Test
    void anotherLoadReplacesStagesThatAreDeclaredAndTheMeasurementHoldsAgain() {
        assertThat(declaring("2/s 30s").set(Setting.CONCURRENCY, "7").trial().schedule())
                .isEqualTo(closed().set(Setting.CONCURRENCY, "7").trial().schedule());
        assertThat(declaring("2/s 30s")
                        .set(Setting.STAGES, "4 10s")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofTime(1, Duration.ofSeconds(10)));
    }

    @Test
    void aTimeBesideStagesBecomesRequestsUnderALoadThatReplacesBoth() {
        Planning planning = closed().env("STAGES", "4 10s").env("DURATION", "10s");

        assertThat(planning.set(Setting.ALL_AT_ONCE, "true").trial().schedule().measurement())
                .isEqualTo(Iterations.ofRequests(1, 4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    2/s 30s         | REQUESTS=10 | --requests 10: the stages of @Stages of Hello are the one measured iteration, as long as they say; leave it out
                    0/s 30s         | SEED=1      | @Stages of Hello: all stages are 0, so that nothing would be sent
                    2/s 30s, 2/s 0s | SEED=1      | @Stages of Hello: stage 2, '2/s 0s': 0s is not above 0
                    """)
    void whatIsWrongWithDeclaredStagesIsSaidWithTheirWorkload(String stages, String setting, String message) {
        String[] given = setting.split("=");

        assertThatThrownBy(declaring(stages).set(Setting.valueOf(given[0]), given[1])::plan)
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    private static Planning declaring(String stages) {
        return Planning.of(Planning.declared().env("STAGES", Setting.STAGES).stages(stages));
    }

    private static Planning closed() {
        WorkloadDescriptor.Builder workload = Planning.declared().env("STAGES", Setting.STAGES);
        return Planning.of(workload);
    }
}
