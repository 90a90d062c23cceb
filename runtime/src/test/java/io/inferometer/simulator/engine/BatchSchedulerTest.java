package io.inferometer.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.simulator.engine.StepCosts.Capacity;
import io.inferometer.simulator.engine.StepCosts.Decode;
import io.inferometer.simulator.engine.StepCosts.Network;
import io.inferometer.simulator.engine.StepCosts.Prefill;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSchedulerTest {
    private static final long MILLI = 1_000_000;
    private static final Network NEAR = new Network(5, 0, 1);
    private static final Prefill APART = new Prefill(false, 100, 10, 10, 0);
    private static final Prefill CHUNKED = new Prefill(true, 100, 10, 10, 0);
    private static final Decode STEP = new Decode(1, 2, 1, 0, 0, 1);
    private static final Capacity ROOM = new Capacity(100, 1_000_000, false, true);

    private final List<String> delivered = new ArrayList<>();
    private long nowNanos;

    /** Measured, source faradawn_official_2025-10: 4 accelerators, 1,024 tokens in and out. */
    @ParameterizedTest
    @CsvSource({
        "4, 2.43, 1575, 66",
        "8, 2.91, 2659, 76",
        "16, 3.51, 4391, 132",
        "32, 4.45, 6919, 239",
        "64, 5.31, 11592, 331"
    })
    void b200TrtTp4IsLikeTheRealOne(int concurrency, double tpot, double tokensPerSecond, double p99Ttft) {
        for (int seed = 1; seed <= 12; seed++) {
            TokenSchedule model = new BatchScheduler(EnginePreset.B200_TRT_TP4.costs(), 1, seed);

            VirtualRun.Result result = new VirtualRun(
                            model, 10 * concurrency, 1024, 1024, EnginePreset.TEMPLATE_TOKENS, seed)
                    .run(concurrency);

            assertThat(result.meanTpot() / tpot).isBetween(0.95, 1.05);
            assertThat(result.outputTokensPerSecond() / tokensPerSecond).isBetween(0.9, 1.1);
            assertThat(result.p99Ttft() / p99Ttft).isBetween(0.7, 1.3);
        }
    }

    @Test
    void nothingIsDueWhenThereIsNothingToAnswer() {
        TokenSchedule engine = engine(APART, STEP, ROOM);

        assertThat(engine.nextNanos()).isEqualTo(TokenSchedule.NEVER);
        assertThat(engine.poll(Long.MAX_VALUE - 1)).isNull();
        assertThat(engine.running()).isZero();
        assertThat(engine.waiting()).isZero();
        assertThat(engine.cacheUsage()).isZero();
    }

    @Test
    void anAnswerAloneTakesItsOwnTimes() {
        TokenSchedule engine = engine(APART, STEP, ROOM);
        submit(engine, "a", 50, 3);

        play(engine);

        // 5 ms to the queue, 10 + 50/10 ms to read, 3 ms a step, 1 ms back
        assertThat(delivered).containsExactly("a 1 at 21.0", "a 1 at 24.0", "a 1 at 27.0 last");
    }

    @Test
    void aSlowerEngineTakesLongerForAllButTheWay() {
        StepCosts costs = new StepCosts(NEAR, APART, STEP, ROOM).slower(2);
        TokenSchedule engine = new BatchScheduler(costs, 1, 1);
        submit(engine, "a", 50, 3);

        play(engine);

        assertThat(delivered).containsExactly("a 1 at 36.0", "a 1 at 42.0", "a 1 at 48.0 last");
    }

    @Test
    void aStepTakesLongerTheMoreAnswersThereAre() {
        TokenSchedule engine = engine(APART, STEP, ROOM);
        submit(engine, "a", 50, 3);
        submit(engine, "b", 50, 3);

        play(engine);

        assertThat(delivered)
                .containsExactly(
                        "a 1 at 26.0",
                        "b 1 at 26.0",
                        "a 1 at 31.0",
                        "b 1 at 31.0",
                        "a 1 at 36.0 last",
                        "b 1 at 36.0 last");
    }

    @Test
    void promptsReadApartLeaveStepsAlone() {
        TokenSchedule engine = engine(APART, STEP, ROOM);
        submit(engine, "a", 50, 6);
        nowNanos = 16 * MILLI;
        submit(engine, "b", 10, 1);

        play(engine);

        assertThat(delivered)
                .containsExactly(
                        "a 1 at 21.0",
                        "a 1 at 24.0",
                        "a 1 at 27.0",
                        "a 1 at 30.0",
                        "a 1 at 33.0",
                        "b 1 at 33.0 last",
                        "a 1 at 36.0 last");
    }

    @Test
    void chunksMakeTheStepLongerThatReadsThem() {
        TokenSchedule engine = engine(CHUNKED, STEP, ROOM);
        submit(engine, "a", 50, 4);
        nowNanos = 16 * MILLI;
        submit(engine, "b", 20, 1);

        play(engine);

        // b arrives at 21 ms, in the step from 20 to 23; the next one reads it: 3 + 10 + 2 ms
        assertThat(delivered)
                .containsExactly("a 1 at 21.0", "a 1 at 24.0", "a 1 at 39.0", "b 1 at 39.0 last", "a 1 at 42.0 last");
    }

    @Test
    void aPromptLongerThanTheBudgetIsReadInChunksOrAlone() {
        TokenSchedule chunked = engine(CHUNKED, STEP, ROOM);
        submit(chunked, "a", 250, 1);
        submit(chunked, "b", 50, 1);
        play(chunked);
        TokenSchedule apart = engine(APART, STEP, ROOM);
        submit(apart, "c", 250, 1);
        submit(apart, "d", 50, 1);
        play(apart);

        assertThat(delivered)
                .containsExactly("a 1 at 66.0 last", "b 1 at 66.0 last", "c 1 at 41.0 last", "d 1 at 56.0 last");
    }

    @Test
    void theFirstEventHasOneTokenAndTheOthersAsManyAsTheLawSays() {
        TokenSchedule engine = engine(APART, new Decode(1, 2, 1, 0, 0, 20), ROOM);
        submit(engine, "a", 50, 50);

        play(engine);

        assertThat(delivered).containsExactly("a 1 at 21.0", "a 20 at 81.0", "a 20 at 141.0", "a 9 at 168.0 last");
    }

    @Test
    void eventsAreHeldBackUntilThereAreEnough() {
        TokenSchedule engine = new BatchScheduler(new StepCosts(NEAR, APART, STEP, ROOM), 4, 1);
        List<String> writes = new ArrayList<>();
        engine.submit(
                new Generation(50, 7, (events, tokens, last) -> writes.add(events + " " + tokens + " " + last)), 0);

        play(engine);

        assertThat(writes).containsExactly("1 1 false", "4 4 false", "2 2 true");
    }

    @Test
    void requestsBeyondTheBoundWaitTheirTurn() {
        TokenSchedule engine = engine(APART, STEP, new Capacity(1, 1_000_000, false, true));
        submit(engine, "a", 50, 2);
        submit(engine, "b", 50, 2);
        submit(engine, "c", 50, 2);
        engine.poll(10 * MILLI);

        assertThat(engine.running()).isEqualTo(3);
        assertThat(engine.waiting()).isEqualTo(2);
        play(engine);
        assertThat(delivered)
                .containsExactly(
                        "a 1 at 21.0",
                        "a 1 at 24.0 last",
                        "b 1 at 39.0",
                        "b 1 at 42.0 last",
                        "c 1 at 57.0",
                        "c 1 at 60.0 last");
    }

    @Test
    void requestsThatWouldOverfillTheCacheWait() {
        TokenSchedule engine = engine(APART, STEP, new Capacity(100, 160, false, true));
        submit(engine, "a", 46, 2);
        submit(engine, "b", 46, 2);
        submit(engine, "c", 70, 1);
        engine.poll(10 * MILLI);

        assertThat(engine.waiting()).isEqualTo(1);
        assertThat(engine.cacheUsage()).isEqualTo(6.0 / 10);
        play(engine);
        assertThat(delivered).last().isEqualTo("c 1 at 47.2 last");
        assertThat(engine.cacheUsage()).isZero();
    }

    @Test
    void whatWouldNeverFitIsLetInAlone() {
        TokenSchedule engine = engine(APART, STEP, new Capacity(100, 10, false, true));
        submit(engine, "a", 50, 1);

        play(engine);

        assertThat(delivered).containsExactly("a 1 at 21.0 last");
    }

    @Test
    void aLateSubmissionChangesNothingThatHasHappened() {
        TokenSchedule engine = engine(APART, STEP, ROOM);
        submit(engine, "a", 50, 3);
        nowNanos = 24 * MILLI;
        for (Generation due = engine.poll(nowNanos); due != null; due = engine.poll(nowNanos)) {
            due.deliver();
        }

        engine.submit(generation("late", 50, 1), 0);
        play(engine);

        // it arrives with the step that ended at 23 ms
        assertThat(delivered).contains("late 1 at 39.0 last");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noTokenIsLostHoweverRequestsComeAndGo(boolean chunked) {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Capacity capacity =
                    new Capacity(1 + random.nextInt(8), 200 + random.nextInt(2_000), random.nextBoolean(), true);
            TokenSchedule engine = new BatchScheduler(
                    new StepCosts(
                            new Network(random.nextInt(5), 0.3, random.nextInt(3)),
                            new Prefill(chunked, 1 + random.nextInt(200), random.nextInt(3), 20, 0.001),
                            new Decode(0.5, 0.5, 0.5, 1, 0.2, 1 + random.nextInt(20)),
                            capacity),
                    1 + random.nextInt(3),
                    seed);
            List<Tally> tallies = new ArrayList<>();

            for (int i = 0; i < 40; i++) {
                nowNanos += random.nextInt(20) * MILLI;
                pollAll(engine);
                Tally tally = new Tally(1 + random.nextInt(150), 1 + random.nextInt(60));
                tallies.add(tally);
                engine.submit(tally.generation, nowNanos);
                if (random.nextInt(5) == 0) {
                    Tally victim = tallies.get(random.nextInt(tallies.size()));
                    victim.cancelled = true;
                    engine.cancel(victim.generation);
                }
                assertThat(engine.running() - engine.waiting()).isBetween(0, 40);
                assertThat(engine.cacheUsage()).isBetween(0.0, 1.0);
            }
            play(engine);

            assertThat(engine.running()).isZero();
            assertThat(engine.cacheUsage()).isZero();
            for (Tally tally : tallies) {
                assertThat(tally.ended).isEqualTo(tally.tokens == tally.outputTokens);
                assertThat(tally.ended || tally.cancelled).isTrue();
                assertThat(tally.afterCancel).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void firstTokensComeInTheOrderOfArrivalAndNoMoreRunThanMay(boolean chunked) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(5);
            TokenSchedule engine = new BatchScheduler(
                    new StepCosts(
                            new Network(3, 0, 1),
                            new Prefill(chunked, 1 + random.nextInt(300), 2, 20, 0),
                            new Decode(1, 1, 0.5, 0, 0.1, 1),
                            new Capacity(most, 1_000_000, chunked, true)),
                    1,
                    seed);
            List<Tally> tallies = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                nowNanos += random.nextInt(10) * MILLI;
                pollAll(engine);
                tallies.add(new Tally(1 + random.nextInt(400), 1 + random.nextInt(30)));
                engine.submit(tallies.get(i).generation, nowNanos);
            }

            play(engine);

            assertThat(tallies).isSortedAccordingTo(Comparator.comparingLong((Tally tally) -> tally.firstNanos));
            for (Tally tally : tallies) {
                long open = tallies.stream()
                        .filter(other -> other.firstNanos <= tally.firstNanos && tally.firstNanos < other.lastNanos)
                        .count();
                assertThat(open).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void theOrderOfEventsDoesNotDependOnWhenTheyAreAskedFor() {
        for (int seed = 0; seed < 20; seed++) {
            long[] often = sumsOfPlaces(seed, 1);
            long[] rarely = sumsOfPlaces(seed, 7);

            assertThat(rarely).isEqualTo(often);
        }
    }

    /** The places of each answer's events in the order of all, summed; polled every so many milliseconds. */
    private static long[] sumsOfPlaces(int seed, int every) {
        BatchScheduler engine = new BatchScheduler(EnginePreset.H100_VLLM_TP2.costs(), 1, seed);
        int[] tokens = new int[1];
        long[] sums = new long[10];
        for (int i = 0; i < 10; i++) {
            int index = i;
            engine.submit(
                    new Generation(100 * (i + 1), 20, (events, count, last) -> sums[index] += ++tokens[0] * count), 0);
        }
        int round = 0;
        for (long now = 0; engine.running() > 0; now += MILLI) {
            if (round++ % every == 0) {
                for (Generation due = engine.poll(now); due != null; due = engine.poll(now)) {
                    due.deliver();
                }
            }
        }
        return sums;
    }

    private static TokenSchedule engine(Prefill prefill, Decode decode, Capacity capacity) {
        return new BatchScheduler(new StepCosts(NEAR, prefill, decode, capacity), 1, 1);
    }

    private void submit(TokenSchedule engine, String name, int promptTokens, int outputTokens) {
        engine.submit(generation(name, promptTokens, outputTokens), nowNanos);
    }

    private Generation generation(String name, int promptTokens, int outputTokens) {
        return new Generation(
                promptTokens,
                outputTokens,
                (events, tokens, last) -> delivered.add(
                        name + " " + tokens + " at " + (double) nowNanos / MILLI + (last ? " last" : "")));
    }

    private void play(TokenSchedule engine) {
        while (engine.nextNanos() != TokenSchedule.NEVER) {
            nowNanos = Math.max(nowNanos, engine.nextNanos());
            pollAll(engine);
        }
        nowNanos = 0;
    }

    private void pollAll(TokenSchedule engine) {
        for (Generation due = engine.poll(nowNanos); due != null; due = engine.poll(nowNanos)) {
            due.deliver();
        }
        assertThat(engine.nextNanos()).isGreaterThan(nowNanos);
    }

    private final class Tally implements Generation.Sink {
        private final int outputTokens;
        private final Generation generation;
        private int tokens;
        private boolean ended;
        private boolean cancelled;
        private int afterCancel;
        private long firstNanos;
        private long lastNanos;

        Tally(int promptTokens, int outputTokens) {
            this.outputTokens = outputTokens;
            this.generation = new Generation(promptTokens, outputTokens, this);
        }

        @Override
        public void due(int events, int count, boolean last) {
            firstNanos = tokens == 0 ? nowNanos : firstNanos;
            lastNanos = nowNanos;
            tokens += count;
            afterCancel += cancelled ? count : 0;
            assertThat(ended).isFalse();
            ended = last;
        }
    }
}
