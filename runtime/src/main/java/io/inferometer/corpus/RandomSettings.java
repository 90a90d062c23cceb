package io.inferometer.corpus;

import io.inferometer.corpus.tokenizer.Tokenizer;

/** What a builder of random prompts was told. */
record RandomSettings(
        Tokenizer tokenizer,
        int inputTokens,
        int outputTokens,
        int prefixTokens,
        LengthLaw law,
        double rangeRatio,
        int count,
        long seed,
        long firstRound) {
    RandomSettings seed(long other) {
        return new RandomSettings(
                tokenizer, inputTokens, outputTokens, prefixTokens, law, rangeRatio, count, other, firstRound);
    }

    Draw draw() {
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
