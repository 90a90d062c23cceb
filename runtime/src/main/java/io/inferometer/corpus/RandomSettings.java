package io.inferometer.corpus;

import io.inferometer.corpus.length.LengthLaw;
import io.inferometer.corpus.length.LengthPairs;
import io.inferometer.corpus.tokenizer.Tokenizer;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a builder of random prompts was told. */
record RandomSettings(
        Tokenizer tokenizer,
        int inputTokens,
        int outputTokens,
        int prefixTokens,
        LengthLaw law,
        double rangeRatio,
        Optional<LengthPairs> pairs,
        int count,
        long seed,
        long textSeed) {
    private static final long LENGTHS = 3;
    private static final long ROUNDS = 1;
    private static final long WARMUP = 2;

    /** Unlike seeds, for lengths and for texts: no round of a warm-up is what a measurement may draw. */
    RandomSettings warmup() {
        return new RandomSettings(
                tokenizer,
                inputTokens,
                outputTokens,
                prefixTokens,
                law,
                rangeRatio,
                pairs,
                count,
                Seeds.derive(seed, WARMUP, 0),
                Seeds.derive(textSeed, WARMUP, 1));
    }

    /** What is drawn for a round, of lengths that all rounds have. */
    Draw draw(Draw lengths, long round) {
        return round == 0 && textSeed == seed
                ? lengths
                : lengths.rewritten(
                        new Mt19937(Seeds.bits32(Seeds.derive(textSeed, ROUNDS, round))), tokenizer.vocabularySize());
    }

    /** What bench_serving drew: the lengths of all rounds, and the texts of the first where no other seed is theirs. */
    Draw draw() {
        Draw drawn = seeded();
        return pairs.map(law -> drawn.lengths(law, new SplittableRandom(Seeds.derive(seed, LENGTHS, 0))))
                .orElse(drawn);
    }

    private Draw seeded() {
        return Draw.of(
                new Mt19937(Seeds.bits32(seed)),
                law,
                rangeRatio,
                prefixTokens,
                inputTokens,
                outputTokens,
                count,
                tokenizer.vocabularySize());
    }
}
