package io.inferometer.corpus;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Prompts of random tokens: an endless sequence, made one at a time. Prompt i is the text of the token ids
 * {@code offset + i, offset + i + 1, …}, modulo the vocabulary, behind a prefix that all share; ids that stand for no
 * text are passed over. The text is then made to have exactly the drawn number of tokens when it is read again.
 *
 * <p>The sequence goes in rounds of {@link Builder#count} prompts. Round 0 draws prefix, lengths and offsets as
 * bench_serving did, bit for bit. Every further round keeps the lengths and takes a prefix and offsets of its own, from
 * a generator seeded by seed and round: a prompt that is sent twice is answered from the endpoint's prefix cache. With
 * the requests of an iteration as the count, each iteration is a round; forks begin at different rounds.
 *
 * <p>The same settings give the same prompts everywhere. One thread at a time may use an instance.
 */
public final class RandomPrompts {
    /** How often an offset is drawn again, before a start that is taken is put up with. */
    private static final int REDRAWS = 64;

    private static final long ROUNDS = 1;
    private static final long WARMUP = 2;

    private final RandomSettings settings;
    private final Draw draw;
    private final ExactLength exact;
    private final boolean warmup;
    private final BitSet measuredStarts;

    private long round = -1;
    private int[] offsets;
    private String prefix;

    private RandomPrompts(RandomSettings settings) {
        this.settings = settings;
        this.draw = settings.draw();
        this.exact = new ExactLength(settings.tokenizer());
        this.warmup = false;
        this.measuredStarts = starts(draw.offsets());
    }

    private RandomPrompts(RandomPrompts measured) {
        this.settings = measured.settings.seed(Seeds.derive(measured.settings.seed(), WARMUP, 0));
        this.draw = settings.draw();
        this.exact = measured.exact;
        this.warmup = true;
        this.measuredStarts = measured.measuredStarts;
    }

    /**
     * Begins a description of prompts.
     *
     * @param tokenizer a name that {@link Tokenizers#of} knows
     * @throws IllegalArgumentException if there is no such tokenizer
     */
    public static Builder of(String tokenizer) {
        return of(Tokenizers.of(tokenizer));
    }

    /** Begins a description of prompts. */
    public static Builder of(Tokenizer tokenizer) {
        return new Builder(tokenizer);
    }

    /**
     * Prompts for the warm-up: drawn the same way from a seed of their own, and begun where no prompt of the measured
     * round 0 begins, so that what the endpoint caches of them helps no measured one.
     */
    public RandomPrompts warmup() {
        return new RandomPrompts(this);
    }

    /**
     * The prompt of a request. A round is drawn when one of its prompts is asked for first, so asking in order is
     * cheapest.
     *
     * @param index from 0; there is no last one
     */
    public Prompt get(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("no prompt has the index " + index + "; they count from 0");
        }
        enter(settings.firstRound() + index / settings.count());
        int i = (int) (index % settings.count());
        int length = draw.inputTokens()[i];
        String text = settings.tokenizer().decode(walk(offsets[i] + i, length));
        if (settings.prefixTokens() > 0) {
            text = prefix + ' ' + text;
        }
        int tokens = settings.prefixTokens() + length;
        return new Prompt(exact.cut(text, tokens), tokens, settings.prefixTokens(), draw.outputTokens()[i]);
    }

    private void enter(long entered) {
        if (entered == round) {
            return;
        }
        int[] prefixIds = draw.prefix();
        offsets = draw.offsets();
        if (entered > 0 || warmup) {
            Mt19937 random = new Mt19937(Seeds.bits32(Seeds.derive(settings.seed(), ROUNDS, entered)));
            prefixIds = random.ints(settings.prefixTokens(), 0, vocabulary() - 1);
            offsets = freshOffsets(random);
        }
        if (settings.prefixTokens() > 0) {
            int[] ids = Arrays.stream(prefixIds)
                    .filter(settings.tokenizer()::ordinary)
                    .toArray();
            prefix = exact.cutAtWord(settings.tokenizer().decode(ids), settings.prefixTokens());
        }
        round = entered;
    }

    /** Offsets whose prompts begin at different ids, and at none where a prompt of the measured round 0 begins. */
    private int[] freshOffsets(Mt19937 random) {
        BitSet taken = (BitSet) measuredStarts.clone();
        int[] fresh = new int[settings.count()];
        for (int i = 0; i < fresh.length; i++) {
            int draws = 0;
            do {
                fresh[i] = random.nextInt(0, vocabulary() - 1);
            } while (taken.get(id(fresh[i], i)) && ++draws < REDRAWS);
            taken.set(id(fresh[i], i));
        }
        return fresh;
    }

    private BitSet starts(int[] offsets) {
        BitSet starts = new BitSet(vocabulary());
        for (int i = 0; i < offsets.length; i++) {
            starts.set(id(offsets[i], i));
        }
        return starts;
    }

    /** As many ordinary ids, upwards from {@code start} and round the vocabulary. */
    private int[] walk(int start, int length) {
        int[] ids = new int[length];
        int passed = 0;
        for (int found = 0; found < length; passed++) {
            int id = id(start, passed);
            if (settings.tokenizer().ordinary(id)) {
                ids[found++] = id;
            }
        }
        return ids;
    }

    private int id(int offset, int further) {
        return (offset + further) % vocabulary();
    }

    private int vocabulary() {
        return settings.tokenizer().vocabularySize();
    }

    /** What prompts are wanted. The lengths have to be given; the rest has defaults. */
    public static final class Builder {
        /** Beyond any model's context; keeps sums of lengths within an int. */
        private static final int LONGEST = 100_000_000;

        private static final int MOST = 10_000_000;
        private static final long ROUNDS_OF_A_FORK = 1 << 20;
        private static final long MOST_FORKS = Integer.MAX_VALUE / ROUNDS_OF_A_FORK;

        private final Tokenizer tokenizer;
        private int inputTokens;
        private int outputTokens;
        private int prefixTokens;
        private LengthLaw law = LengthLaw.VLLM;
        private double rangeRatio;
        private int count = 1000;
        private long seed;
        private long firstRound;

        private Builder(Tokenizer tokenizer) {
            this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
        }

        /** L of a prompt, without the shared prefix, in tokens. */
        public Builder inputTokens(int tokens) {
            inputTokens = (int) checked("inputTokens", tokens, 1, LONGEST);
            return this;
        }

        /** L of an answer, in tokens. */
        public Builder outputTokens(int tokens) {
            outputTokens = (int) checked("outputTokens", tokens, 1, LONGEST);
            return this;
        }

        /** The length of the prefix that the prompts of a round share, in tokens, before the input's. Default 0. */
        public Builder prefixTokens(int tokens) {
            prefixTokens = (int) checked("prefixTokens", tokens, 0, LONGEST);
            return this;
        }

        /**
         * How lengths are spread about L. Default: every length is exactly L.
         *
         * @param law what the ratio means
         * @param ratio from 0 to 1, as the law says
         */
        public Builder rangeRatio(LengthLaw law, double ratio) {
            law.check(ratio);
            this.law = law;
            rangeRatio = ratio;
            return this;
        }

        /**
         * How many prompts are drawn together: the measured requests of an iteration. All lengths depend on it. Default
         * 1000.
         */
        public Builder count(long prompts) {
            count = (int) checked("count", prompts, 1, MOST);
            return this;
        }

        /** The seed of everything that is drawn; from 0 to 2³² − 1 it is numpy's. Default 0. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Gives a fork prompts of its own, of the same lengths: it begins at a round that no other gets to, which is 0 in
         * the first. Default 0.
         */
        public Builder fork(int number) {
            return firstRound(checked("fork", number, 0, MOST_FORKS) * ROUNDS_OF_A_FORK);
        }

        /** The round of the prompt with index 0: not 0 in a second fork, which needs prompts of its own. Default 0. */
        public Builder firstRound(long first) {
            firstRound = checked("firstRound", first, 0, Integer.MAX_VALUE);
            return this;
        }

        /**
         * The prompts.
         *
         * @throws IllegalArgumentException if a length was not given
         */
        public RandomPrompts build() {
            checked("inputTokens", inputTokens, 1, LONGEST);
            checked("outputTokens", outputTokens, 1, LONGEST);
            return new RandomPrompts(new RandomSettings(
                    tokenizer, inputTokens, outputTokens, prefixTokens, law, rangeRatio, count, seed, firstRound));
        }

        private static long checked(String name, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        name + " is " + value + "; it must be from " + least + " to " + most);
            }
            return value;
        }
    }
}
