package io.inferometer.corpus;

import io.inferometer.corpus.length.LengthLaw;
import io.inferometer.corpus.length.LengthPairs;
import io.inferometer.corpus.length.Lengths;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Prompts of random tokens: an endless sequence, made one at a time. Prompt i is the text of the token ids
 * {@code offset + i, offset + i + step, …}, modulo the vocabulary, behind a prefix that all share; ids that stand for no
 * text are passed over. The text is then made to have exactly the drawn number of tokens when it is read again.
 *
 * <p>The sequence goes in rounds of {@link Builder#count} prompts, all of the same lengths. Round 0 draws prefix, lengths
 * and offsets as bench_serving did, bit for bit, with steps of 1. Every further round, and every one where
 * {@link Builder#textSeed} gives the texts a seed of their own, takes a prefix, offsets and steps of its own: a prompt that
 * is sent twice is answered from the endpoint's prefix cache. With the requests of an iteration as the count, each
 * iteration is a round; trials and forks differ in the seed of their texts.
 *
 * <p>The same settings give the same prompts everywhere. One thread at a time may use an instance.
 */
public final class RandomPrompts {
    private final RandomSettings settings;
    private final ExactLength exact;
    private final Draw lengths;

    private long round = -1;
    private Draw draw;
    private String prefix;

    private RandomPrompts(RandomSettings settings) {
        this.settings = settings;
        this.exact = new ExactLength(settings.tokenizer());
        this.lengths = settings.draw();
    }

    /**
     * Begins a description of prompts.
     *
     * @param tokenizer a name that {@link Tokenizers#of} knows
     * @return a builder with the defaults of each value
     * @throws IllegalArgumentException if there is no such tokenizer
     */
    public static Builder of(String tokenizer) {
        return of(Tokenizers.of(tokenizer));
    }

    /**
     * Begins a description of prompts.
     *
     * @param tokenizer what counts the tokens
     * @return a builder with the defaults of each value
     */
    public static Builder of(Tokenizer tokenizer) {
        return new Builder(tokenizer);
    }

    /** {@return prompts for the warm-up: drawn the same way, from seeds of their own} */
    public RandomPrompts warmup() {
        return new RandomPrompts(settings.warmup());
    }

    /**
     * {@return the prompt of a request} A round is drawn when one of its prompts is asked for first, so asking in order
     * is cheapest.
     *
     * @param index from 0; there is no last one
     */
    public Prompt get(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("no prompt has the index " + index + "; they count from 0");
        }
        enter(index / settings.count());
        int i = (int) (index % settings.count());
        int length = draw.inputTokens()[i];
        String text = settings.tokenizer().decode(walk((long) draw.offsets()[i] + i, draw.steps()[i], length));
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
        draw = settings.draw(lengths, entered);
        if (settings.prefixTokens() > 0) {
            int[] ids = Arrays.stream(draw.prefix())
                    .filter(settings.tokenizer()::ordinary)
                    .toArray();
            prefix = exact.cutAtWord(settings.tokenizer().decode(ids), settings.prefixTokens());
        }
        round = entered;
    }

    /** As many ordinary ids, upwards from {@code start} in steps and round the vocabulary. */
    private int[] walk(long start, int step, int length) {
        int vocabulary = settings.tokenizer().vocabularySize();
        int[] ids = new int[length];
        int id = (int) (start % vocabulary);
        for (int found = 0; found < length; id = (int) (((long) id + step) % vocabulary)) {
            if (settings.tokenizer().ordinary(id)) {
                ids[found++] = id;
            }
        }
        return ids;
    }

    /** What prompts are wanted. The lengths have to be given; the rest has defaults. */
    public static final class Builder {
        /** Beyond any model's context; keeps sums of lengths within an int. */
        private static final int LONGEST = 100_000_000;

        private static final int MOST = 10_000_000;

        private final Tokenizer tokenizer;
        private int inputTokens;
        private int outputTokens;
        private int prefixTokens;
        private LengthLaw law = LengthLaw.VLLM;
        private double rangeRatio;
        private Optional<LengthPairs> pairs = Optional.empty();
        private int count = 1000;
        private long seed;
        private OptionalLong textSeed = OptionalLong.empty();

        private Builder(Tokenizer tokenizer) {
            this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
        }

        /**
         * Sets L of a prompt.
         *
         * @param tokens without the shared prefix, at least 1
         * @return this
         */
        public Builder inputTokens(int tokens) {
            inputTokens = (int) checked("inputTokens", tokens, 1, LONGEST);
            return this;
        }

        /**
         * Sets L of an answer.
         *
         * @param tokens at least 1
         * @return this
         */
        public Builder outputTokens(int tokens) {
            outputTokens = (int) checked("outputTokens", tokens, 1, LONGEST);
            return this;
        }

        /**
         * Sets the length of the prefix that the prompts of a round share. Default 0.
         *
         * @param tokens before the input's, at least 0
         * @return this
         */
        public Builder prefixTokens(int tokens) {
            prefixTokens = (int) checked("prefixTokens", tokens, 0, LONGEST);
            return this;
        }

        /**
         * Sets how lengths are spread about L. Default: every length is exactly L.
         *
         * @param law what the ratio means
         * @param ratio from 0 to 1, as the law says
         * @return this
         */
        public Builder rangeRatio(LengthLaw law, double ratio) {
            law.check(ratio);
            this.law = law;
            rangeRatio = ratio;
            return this;
        }

        /**
         * Draws the lengths of prompts, without the shared prefix, and of answers by these laws, in place of
         * {@link #inputTokens}, {@link #outputTokens} and {@link #rangeRatio}.
         *
         * @param input the law of prompts
         * @param output the law of answers
         * @return this
         */
        public Builder lengths(Lengths input, Lengths output) {
            return lengths(LengthPairs.independent(input, output));
        }

        /**
         * Draws the lengths of a prompt and its answer together.
         *
         * @param law of both lengths
         * @return this
         */
        public Builder lengths(LengthPairs law) {
            pairs = Optional.of(law);
            return this;
        }

        /**
         * Sets how many prompts are drawn together. All lengths depend on it. Default 1000.
         *
         * @param prompts the measured requests of an iteration, at least 1
         * @return this
         */
        public Builder count(long prompts) {
            count = (int) checked("count", prompts, 1, MOST);
            return this;
        }

        /**
         * Sets the seed of everything that is drawn. Default 0.
         *
         * @param value from 0 to 2³² − 1 it is numpy's
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets a seed for the texts alone: with the same {@link #seed} the lengths stay the same. Default: the seed
         * itself, whose texts are bench_serving's.
         *
         * @param value that of a trial and fork gives them prompts of their own
         * @return this
         */
        public Builder textSeed(long value) {
            textSeed = OptionalLong.of(value);
            return this;
        }

        /**
         * {@return the prompts}
         *
         * @throws IllegalArgumentException if a length was not given
         */
        public RandomPrompts build() {
            if (pairs.isEmpty()) {
                checked("inputTokens", inputTokens, 1, LONGEST);
                checked("outputTokens", outputTokens, 1, LONGEST);
            }
            return new RandomPrompts(new RandomSettings(
                    tokenizer,
                    inputTokens,
                    outputTokens,
                    prefixTokens,
                    law,
                    rangeRatio,
                    pairs,
                    count,
                    seed,
                    textSeed.orElse(seed)));
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
