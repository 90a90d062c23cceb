package io.inferometer.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.simulator.cache.Prompt;
import io.inferometer.simulator.engine.StepCosts.Capacity;
import io.inferometer.simulator.engine.StepCosts.Decode;
import io.inferometer.simulator.engine.StepCosts.Drafting;
import io.inferometer.simulator.engine.StepCosts.Network;
import io.inferometer.simulator.engine.StepCosts.Prefill;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine finds in its memory, and what it does when that is full. */
class EngineMemoryTest {
    private static final long MILLI = 1_000_000;
    /** A millisecond a token, and one for a step: what is read shows in the times. */
    private static final Prefill PREFILL = new Prefill(true, 1_000, 0, 1, 0);

    private static final Decode STEP = new Decode(1, 0, 1, 0, 0, 1);
    private static final Network AT_ONCE = new Network(0, 0, 0);

    private final List<String> delivered = new ArrayList<>();
    private final Map<String, Integer> tokens = new LinkedHashMap<>();
    private long nowNanos;

    @Test
    void aPromptPaysForWhatTheCacheHasNot() {
        TokenSchedule engine = engine(1_600, true);
        Prompt first = prompt(100, 0);
        Prompt again = prompt(100, 0);
        Prompt longer = prompt(200, 0);
        Prompt other = prompt(100, 50);

        play(engine, "first", first, 1);
        play(engine, "again", again, 1);
        play(engine, "longer", longer, 1);
        play(engine, "other", other, 1);

        assertThat(delivered).containsExactly("first 1 at 100", "again 1 at 104", "longer 1 at 208", "other 1 at 260");
        assertThat(first.cachedTokens()).isZero();
        assertThat(again.cachedTokens()).isEqualTo(96);
        assertThat(longer.cachedTokens()).isEqualTo(96);
        assertThat(other.cachedTokens()).isEqualTo(48);
    }

    @Test
    void theLastTokenIsAlwaysRead() {
        TokenSchedule engine = engine(1_600, true);
        Prompt again = prompt(96, 0);

        play(engine, "first", prompt(96, 0), 1);
        play(engine, "again", again, 1);

        assertThat(again.cachedTokens()).isEqualTo(80);
        assertThat(delivered).last().isEqualTo("again 1 at 112");
    }

    @Test
    void anAnswerIsFoundInTheNextTurn() {
        TokenSchedule engine = engine(1_600, true);
        play(engine, "first", prompt(90, 0), 70);
        int[] history = IntStream.concat(
                        IntStream.concat(
                                IntStream.range(0, 90),
                                IntStream.generate(() -> Prompt.ANSWER).limit(70)),
                        IntStream.range(500, 540))
                .toArray();
        Prompt second = Prompt.of(history, 200, 0, 0);

        play(engine, "second", second, 1);

        assertThat(second.cachedTokens()).isEqualTo(160);
    }

    @Test
    void promptsThatComeTogetherShareWhatIsReadOnce() {
        TokenSchedule engine = engine(1_600, true);
        Prompt second = prompt(100, 0);
        submit(engine, "a", prompt(100, 0), 1);
        submit(engine, "b", second, 1);

        play(engine);

        assertThat(second.cachedTokens()).isEqualTo(96);
        assertThat(delivered).containsExactly("a 1 at 104", "b 1 at 104");
    }

    @Test
    void nothingIsFoundWhereNothingIsKept() {
        TokenSchedule engine = engine(new Capacity(10, 1_600, true, false));
        Prompt again = prompt(100, 0);

        play(engine, "first", prompt(100, 0), 1);
        play(engine, "again", again, 1);

        assertThat(again.cachedTokens()).isZero();
        assertThat(delivered).last().isEqualTo("again 1 at 200");
    }

    @Test
    void whatIsSaidToBeCachedNeedNotBeRead() {
        TokenSchedule engine = engine(1_600, true);
        Prompt half = Prompt.ofLength(100, 50);

        play(engine, "half", half, 1);

        assertThat(half.cachedTokens()).isEqualTo(50);
        assertThat(delivered).containsExactly("half 1 at 50");
    }

    /**
     * Ten blocks, of which each request takes five, one of them for its answer: the third one takes the place of the last
     * three of the first, and so on.
     */
    @Test
    void theEndOfWhatWasUsedLongestAgoIsForgottenFirst() {
        TokenSchedule engine = engine(160, true);
        for (int name = 1; name <= 3; name++) {
            play(engine, "r" + name, prompt(64, 1_000 * name), 1);
        }
        Prompt third = prompt(64, 3_000);
        Prompt first = prompt(64, 1_000);
        Prompt second = prompt(64, 2_000);

        play(engine, "third", third, 1);
        play(engine, "first", first, 1);
        play(engine, "second", second, 1);

        assertThat(third.cachedTokens()).isEqualTo(48);
        assertThat(first.cachedTokens()).isZero();
        assertThat(second.cachedTokens()).isEqualTo(16);
        assertThat(engine.cacheUsage()).isZero();
    }

    /**
     * Eight blocks. Two prompts of 48 tokens have three each, and after a step two more: the memory is full. When the first
     * answer needs a sixth block, the second request makes room, and is read again when the first one is done: its prompt
     * and 17 tokens, of which what is still there need not be.
     */
    @Test
    void theRequestThatCameLastMakesRoomAndIsReadAgain() {
        TokenSchedule engine = engine(new Capacity(10, 128, true, true));
        submit(engine, "a", prompt(48, 1_000), 20);
        submit(engine, "b", prompt(48, 2_000), 20);

        play(engine);

        assertThat(engine.preemptions()).isEqualTo(1);
        assertThat(tokens).isEqualTo(Map.of("a", 20, "b", 20));
        List<String> ofB =
                delivered.stream().filter(line -> line.startsWith("b")).toList();
        // Read together until 96 ms, then a step each millisecond, until a wants its fifth block at 16 tokens.
        assertThat(ofB.get(0)).isEqualTo("b 1 at 96");
        assertThat(ofB.get(15)).isEqualTo("b 1 at 111");
        // a ends at 115; b has 64 tokens to read, 48 of which are in the cache: the last one is always read.
        assertThat(delivered).contains("a 1 at 115 last");
        assertThat(ofB.get(16)).isEqualTo("b 1 at 131");
    }

    @Test
    void anEngineThatDoesNotPreemptLetsInWhatFitsToItsEnd() {
        TokenSchedule engine = engine(new Capacity(10, 128, false, true));
        submit(engine, "a", prompt(48, 1_000), 20);
        submit(engine, "b", prompt(48, 2_000), 20);
        pollAll(engine);

        assertThat(engine.waiting()).isEqualTo(1);
        play(engine);
        assertThat(engine.preemptions()).isZero();
        assertThat(tokens).isEqualTo(Map.of("a", 20, "b", 20));
    }

    @Test
    void readingTakesLongerTheMoreTokensAreBefore() {
        Prefill attentive = new Prefill(true, 1_000, 0, 1, 0.01);
        TokenSchedule engine = engine(attentive, new Capacity(10, 1_600, true, true), Drafting.NONE);

        play(engine, "a", prompt(100, 0), 1);
        play(engine, "b", prompt(200, 0), 1);

        // 100 tokens with 50 before each in the middle; then 104 with 148
        assertThat(delivered).containsExactly("a 1 at 150", "b 1 at 407.92");
    }

    @Test
    void draftsThatAreAlwaysRightComeWithTheirStep() {
        TokenSchedule engine = engine(PREFILL, new Capacity(10, 1_600, true, true), new Drafting(3, 1));

        play(engine, "a", prompt(10, 0), 10);

        assertThat(delivered).containsExactly("a 1 at 10", "a 4 at 11", "a 4 at 12", "a 1 at 13 last");
        assertThat(engine.speculation()).isEqualTo(new TokenSchedule.Speculation(3, 9, 9));
    }

    @Test
    void draftsAreRightAsOftenAsTheLawSaysAndVaryFromAnswerToAnswer() {
        TokenSchedule engine = engine(PREFILL, new Capacity(1_000, 10_000_000, true, true), new Drafting(1, 0.7));
        for (int i = 0; i < 300; i++) {
            submit(engine, "a" + i, Prompt.ofLength(1, 0), 400);
        }

        play(engine);

        double all = (double) engine.speculation().acceptedTokens()
                / engine.speculation().draftTokens();
        assertThat(all).isBetween(0.65, 0.72);
        // Of 400 tokens, those that came with another one; of one share they would differ by 0.03.
        double[] shares = tokens.keySet().stream()
                .mapToDouble(name -> 400.0
                                / delivered.stream()
                                        .filter(line -> line.startsWith(name + " "))
                                        .count()
                        - 1)
                .sorted()
                .toArray();
        assertThat(shares[75]).isLessThan(0.65);
        assertThat(shares[225]).isGreaterThan(0.72);
    }

    /** Whatever comes, goes, and is sent back: all tokens come, the memory is empty, and what was told as found was there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noTokenIsLostWhereMemoryIsShort(boolean chunked) {
        long preemptions = 0;
        long found = 0;
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            tokens.clear();
            delivered.clear();
            nowNanos = 0;
            TokenSchedule engine = engine(
                    new Prefill(chunked, 16 + random.nextInt(200), random.nextInt(3), 20, 0.001),
                    new Capacity(1 + random.nextInt(12), 64 + random.nextInt(1_000), random.nextInt(4) > 0, true),
                    new Drafting(random.nextInt(3), 0.6));
            Map<String, Integer> wanted = new LinkedHashMap<>();
            List<Prompt> prompts = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                nowNanos += random.nextInt(8) * MILLI;
                pollAll(engine);
                Prompt prompt = prompt(1 + random.nextInt(200), random.nextInt(3) * 40);
                int output = 1 + random.nextInt(80);
                Generation generation = submit(engine, "r" + i, prompt, output);
                if (random.nextInt(6) == 0) {
                    engine.cancel(generation);
                } else {
                    wanted.put("r" + i, output);
                    prompts.add(prompt);
                }
                assertThat(engine.cacheUsage()).isBetween(0.0, 1.0);
            }
            play(engine);

            assertThat(tokens).isEqualTo(wanted);
            assertThat(engine.running()).isZero();
            assertThat(engine.cacheUsage()).isZero();
            for (Prompt prompt : prompts) {
                assertThat(prompt.cachedTokens()).isBetween(0, prompt.tokens() - 1);
                found += prompt.cachedTokens();
            }
            preemptions += engine.preemptions();
        }
        assertThat(preemptions).isGreaterThan(100);
        assertThat(found).isGreaterThan(10_000);
    }

    @Test
    void theSameRequestsGiveTheSameEvents() {
        List<String> first = runOfChance();
        List<String> second = runOfChance();

        assertThat(first).hasSizeGreaterThan(100).isEqualTo(second);
    }

    private List<String> runOfChance() {
        delivered.clear();
        nowNanos = 0;
        TokenSchedule engine = engine(PREFILL, new Capacity(8, 400, true, true), new Drafting(2, 0.6));
        for (int i = 0; i < 20; i++) {
            submit(engine, "r" + i, prompt(50 + i, i % 3), 20);
        }
        play(engine);
        return List.copyOf(delivered);
    }

    /** One engine block for block against another one that was never asked for more than it has. */
    @Test
    void anUnboundedMemoryFindsAllThatWasSentBefore() {
        TokenSchedule engine = engine(Capacity.UNBOUNDED, true);
        Random random = new Random(7);
        List<int[]> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int[] ids = IntStream.range(0, 1 + random.nextInt(400)).toArray();
            Arrays.fill(ids, Math.min(ids.length, random.nextInt(300)), ids.length, 10_000 + i);
            Prompt prompt = Prompt.of(ids, ids.length, 0, 0);

            play(engine, "r" + i, prompt, 1);

            int most = (ids.length - 1) / 16 * 16;
            int expected = sent.stream()
                    .mapToInt(before -> Math.min(most, common(before, ids) / 16 * 16))
                    .max()
                    .orElse(0);
            assertThat(prompt.cachedTokens()).isEqualTo(expected);
            sent.add(ids);
        }
    }

    private static int common(int[] one, int[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }

    /** Of so many tokens; those from {@code from} on are not those of other prompts. */
    private static Prompt prompt(int length, int from) {
        int[] ids = IntStream.range(0, length)
                .map(i -> from == 0 || i < from && from < 1_000 ? i : from * 1_000 + i)
                .toArray();
        return Prompt.of(ids, length, 0, 0);
    }

    private static TokenSchedule engine(long cacheTokens, boolean preempts) {
        return engine(new Capacity(10, cacheTokens, preempts, true));
    }

    private static TokenSchedule engine(Capacity capacity) {
        return engine(PREFILL, capacity, Drafting.NONE);
    }

    private static TokenSchedule engine(Prefill prefill, Capacity capacity, Drafting drafting) {
        return new BatchScheduler(new StepCosts(AT_ONCE, prefill, STEP, capacity, drafting), 1, 1);
    }

    private void play(TokenSchedule engine, String name, Prompt prompt, int outputTokens) {
        submit(engine, name, prompt, outputTokens);
        play(engine);
    }

    private Generation submit(TokenSchedule engine, String name, Prompt prompt, int outputTokens) {
        Generation generation = new Generation(prompt, outputTokens, (events, count, last) -> {
            tokens.merge(name, count, Integer::sum);
            delivered.add(name + " " + count + " at " + millis() + (last && outputTokens > 1 ? " last" : ""));
        });
        engine.submit(generation, nowNanos);
        return generation;
    }

    private String millis() {
        return nowNanos % MILLI == 0 ? "" + nowNanos / MILLI : "" + nowNanos / (double) MILLI;
    }

    private void play(TokenSchedule engine) {
        while (engine.nextNanos() != TokenSchedule.NEVER) {
            nowNanos = Math.max(nowNanos, engine.nextNanos());
            pollAll(engine);
        }
    }

    private void pollAll(TokenSchedule engine) {
        for (Generation due = engine.poll(nowNanos); due != null; due = engine.poll(nowNanos)) {
            due.deliver();
        }
    }
}
