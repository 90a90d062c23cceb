package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.file;
import static io.inferometer.processor.Sources.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadReaderTest {
    @Test
    void aClosedLoopIsReadWithAllItsValues() {
        assertThat(loads("@ClosedLoop(concurrency = {4, 8})")).containsExactly(new Load.Closed(4), new Load.Closed(8));
    }

    @Test
    void anOpenLoopIsReadWithItsDefault() {
        assertThat(loads("@OpenLoop(rate = 2)")).containsExactly(new Load.Open(2, Arrivals.POISSON));
    }

    @Test
    void anOpenLoopIsReadWithAllItsValues() {
        assertThat(loads("@OpenLoop(rate = {0.5, 1e3}, arrivals = Arrivals.CONSTANT)"))
                .containsExactly(new Load.Open(0.5, Arrivals.CONSTANT), new Load.Open(1000, Arrivals.CONSTANT));
    }

    @Test
    void aBurstinessMeansGammaArrivals() {
        assertThat(loads("@OpenLoop(rate = 2, burstiness = 0.5)")).containsExactly(new Load.Open(2, 0.5));
        assertThat(loads("@OpenLoop(rate = 2, arrivals = Arrivals.GAMMA)")).containsExactly(new Load.Open(2, 1.0));
        assertThat(loads("@OpenLoop(rate = 2, arrivals = Arrivals.VLLM_RESCALED)"))
                .containsExactly(new Load.Open(2, Arrivals.VLLM_RESCALED));
    }

    @Test
    void aBurstinessIsPositiveAndOfGammaArrivalsAlone() {
        assertMistakes(
                workload("@OpenLoop(rate = 2, burstiness = »0) " + MEASUREMENT, REQUEST),
                "[inferometer:burstiness] A burstiness is above 0 and finite, not 0.0: it is the shape of a gamma"
                        + " distribution. Write a positive number; for evenly spread arrivals there is Arrivals.CONSTANT.");
        assertMistakes(
                workload("@OpenLoop(rate = 2, arrivals = Arrivals.POISSON, burstiness = »2) " + MEASUREMENT, REQUEST),
                "[inferometer:burstiness-of] Only GAMMA arrivals have a burstiness, not POISSON: it is the shape of their"
                        + " gaps. Remove one of both.");
    }

    @Test
    void allAtOnceIsRead() {
        assertThat(loads("@AllAtOnce")).containsExactly(new Load.AtOnce());
    }

    @Test
    void allAtOnceTakesUsersAndASpawnRate() {
        assertThat(loads("@AllAtOnce(users = 8)")).containsExactly(new Load.AtOnce(8, Load.AtOnce.INSTANT));
        assertThat(loads("@AllAtOnce(spawnRate = 2.5)")).containsExactly(new Load.AtOnce(Load.AtOnce.ALL, 2.5));
        assertThat(loads("@AllAtOnce(users = 8, spawnRate = 4)")).containsExactly(new Load.AtOnce(8, 4));
    }

    @Test
    void aReplayIsReadWithItsSpeedsAndItsLongestGap() {
        assertThat(loads("@Replay")).containsExactly(new Load.Replay(1));
        assertThat(loads("@Replay(speed = {1, 2.5}, maxIdle = 10)"))
                .containsExactly(
                        new Load.Replay(1, Duration.ofSeconds(10)), new Load.Replay(2.5, Duration.ofSeconds(10)));
        assertThat(loads("@Replay(maxIdle = 500, maxIdleUnit = java.util.concurrent.TimeUnit.MILLISECONDS)"))
                .containsExactly(new Load.Replay(1, Duration.ofMillis(500)));
    }

    @Test
    void stagesAreReadBesideTheLoadThatTheyTakeThePlaceOf() {
        assertThat(stages(workload("@OpenLoop(rate = 2) @Stages(\"2/s 30s, 2..20/s 1m\") " + MEASUREMENT, REQUEST)))
                .isEqualTo("2/s 30s, 2..20/s 1m");
        assertThat(stages(workload("@OpenLoop(rate = 2) " + MEASUREMENT, REQUEST)))
                .isEmpty();
    }

    @Test
    void stagesAreReplacedByTheLoadOfANearerClass() {
        String inherited =
                "@ClosedLoop(concurrency = 4) @Stages(\"4 30s\") " + MEASUREMENT + " class Base { " + REQUEST + " }";

        assertThat(stages(file("@Workload class Chat extends Base {}\n" + inherited)))
                .isEqualTo("4 30s");
        assertThat(stages(file("@Workload @OpenLoop(rate = 1) class Chat extends Base {}\n" + inherited)))
                .isEmpty();
    }

    @Test
    void stagesAreOfOneKindAndHaveATimeEach() {
        for (String wrong :
                List.of("", "2/s", "2/s 30", "2/s 30s, 4 30s", "2.5 30s", "2/s 30s,", "-2/s 30s", "1..2..3/s 1s")) {
            assertMistakes(
                    workload("@OpenLoop(rate = 2) @Stages(»\"" + wrong + "\") " + MEASUREMENT, REQUEST),
                    "[inferometer:stages] Stages are rates, '2/s 30s, 2..20/s 60s', or whole numbers of slots, '4 30s,"
                            + " 4..64 60s', all of one kind and each for a time, and '" + wrong
                            + "' is none of both: nothing"
                            + " says when requests are sent. Write them so.");
        }
    }

    private static String stages(String source) {
        return assertNoMistakes(source)
                .binding("p.Chat_Workload")
                .descriptor()
                .schedule()
                .stages();
    }

    @Test
    void aSpeedIsPositiveAndALongestGapNotNegative() {
        assertMistakes(
                workload("@Replay(speed = »0, maxIdle = »-1) @Measurement", REQUEST),
                "[inferometer:speed] The speed of @Replay is above 0 and finite, not 0.0: recorded times are divided by it."
                        + " Write a positive number; for all requests at the same instant there is @AllAtOnce.",
                "[inferometer:max-idle] The maxIdle of @Replay is not negative, as -1 is: gaps are cut to it. Write a time,"
                        + " or leave it out for gaps as they were.");
    }

    @Test
    void usersAndTheirSpawnRateArePositive() {
        assertMistakes(
                workload("@AllAtOnce(users = »0, spawnRate = Double».POSITIVE_INFINITY) " + MEASUREMENT, REQUEST),
                "[inferometer:users] The users of @AllAtOnce are at least 1, not 0: without one no request is sent. Write"
                        + " 1 or more, or leave it out for as many as there are requests.",
                "[inferometer:spawn-rate] The spawnRate of @AllAtOnce is above 0 and finite, not Infinity: it is a number"
                        + " of users per second. Write a positive number, or leave it out for all at the same instant.");
    }

    @Test
    void theNearestClassThatDeclaresAnyLoadWins() {
        Compiled compiled = assertNoMistakes(file("@Workload @OpenLoop(rate = 1) class Chat extends Base {}\n"
                + "@ClosedLoop(concurrency = 4) " + MEASUREMENT + " class Base { " + REQUEST + " }"));

        assertThat(compiled.binding("p.Chat_Workload").descriptor().schedule().loads())
                .containsExactly(new Load.Open(1, Arrivals.POISSON));
    }

    @Test
    void aWorkloadHasALoad() {
        assertMistakes(
                workload(MEASUREMENT, REQUEST).replace("class Chat", "»class Chat"),
                "[inferometer:no-load] A workload has exactly one load, but neither Chat nor a superclass declares one:"
                        + " nothing says when requests are sent. Add @ClosedLoop(concurrency = 4), @OpenLoop(rate = 2),"
                        + " @AllAtOnce or @Replay.");
    }

    @Test
    void aClassDeclaresOneLoad() {
        assertMistakes(
                workload("@ClosedLoop(concurrency = 4) »@OpenLoop(rate = 1) »@AllAtOnce " + MEASUREMENT, REQUEST),
                "[inferometer:two-loads] A workload has exactly one load, but Chat declares @ClosedLoop and @OpenLoop:"
                        + " they send requests at different moments. Keep one; a subclass may declare another.",
                "[inferometer:two-loads] A workload has exactly one load, but Chat declares @ClosedLoop and @AllAtOnce:"
                        + " they send requests at different moments. Keep one; a subclass may declare another.");
    }

    @Test
    void theValuesOfBothLoadsAreChecked() {
        assertMistakes(
                workload("@ClosedLoop(concurrency = »0) »@OpenLoop(rate = »0) " + MEASUREMENT, REQUEST),
                "[inferometer:concurrency] A concurrency is at least 1, not 0: without a slot no request is sent."
                        + " Write 1 or more.",
                "[inferometer:two-loads] A workload has exactly one load, but Chat declares @ClosedLoop and @OpenLoop:"
                        + " they send requests at different moments. Keep one; a subclass may declare another.",
                "[inferometer:rate] A rate is above 0 and finite, not 0.0: it is a number of requests per second."
                        + " Write a positive number; for all requests at the same instant there is @AllAtOnce.");
    }

    @Test
    void aConcurrencyIsPositive() {
        assertMistakes(
                workload("@ClosedLoop(concurrency = {1, »-2}) " + MEASUREMENT, REQUEST),
                "[inferometer:concurrency] A concurrency is at least 1, not -2: without a slot no request is sent."
                        + " Write 1 or more.");
    }

    @Test
    void aRateIsPositiveAndFinite() {
        assertMistakes(
                workload("@OpenLoop(rate = {»-1, 2, Double».POSITIVE_INFINITY, Double».NaN}) " + MEASUREMENT, REQUEST),
                "[inferometer:rate] A rate is above 0 and finite, not -1.0: it is a number of requests per second."
                        + " Write a positive number; for all requests at the same instant there is @AllAtOnce.",
                "[inferometer:rate] A rate is above 0 and finite, not Infinity: it is a number of requests per second."
                        + " Write a positive number; for all requests at the same instant there is @AllAtOnce.",
                "[inferometer:rate] A rate is above 0 and finite, not NaN: it is a number of requests per second."
                        + " Write a positive number; for all requests at the same instant there is @AllAtOnce.");
    }

    @Test
    void aSweepHasAValue() {
        assertMistakes(
                workload("@ClosedLoop(concurrency = »{}) " + MEASUREMENT, REQUEST),
                "[inferometer:no-values] concurrency has at least one value, but {} has none: each value is a trial, so"
                        + " there would be no trial. Write one.");
    }

    @Test
    void aSweepHasEachValueOnce() {
        assertMistakes(
                workload("@OpenLoop(rate = {1, 2, »1.0}) " + MEASUREMENT, REQUEST),
                "[inferometer:duplicate-value] rate has each value once, but 1.0 comes twice: each value is a trial, and"
                        + " these would be the same one. Remove it, or ask for several forks.");
    }

    private static List<Load> loads(String annotation) {
        return assertNoMistakes(workload(annotation + " " + MEASUREMENT, REQUEST))
                .binding("p.Chat_Workload")
                .descriptor()
                .schedule()
                .loads();
    }
}
