package io.inferometer.corpus;

import io.inferometer.corpus.length.LengthLaw;
import io.inferometer.corpus.length.LengthPairs;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Everything that is random about a round of random-token prompts. Each length depends on how many are drawn.
 *
 * @param prefix token ids of the shared prefix
 * @param inputTokens for each prompt, its length without the prefix, at least 1
 * @param outputTokens for each prompt, the length of its answer, at least 1
 * @param offsets for each prompt, where in the vocabulary it starts; prompt i starts i further on
 * @param steps for each prompt, how far in the vocabulary each of its tokens is from the one before
 */
record Draw(int[] prefix, int[] inputTokens, int[] outputTokens, int[] offsets, int[] steps) {
    /** What bench_serving drew, in its order, from one generator; it went through the vocabulary id by id. */
    static Draw of(
            Mt19937 random,
            LengthLaw law,
            double ratio,
            int prefixTokens,
            int inputTokens,
            int outputTokens,
            int count,
            int vocabulary) {
        int[] prefix = random.ints(prefixTokens, 0, vocabulary - 1);
        int[] inputs = lengths(random, law, ratio, inputTokens, count);
        int[] outputs = lengths(random, law, ratio, outputTokens, count);
        int[] offsets = random.ints(count, 0, vocabulary - 1);
        int[] steps = new int[count];
        Arrays.fill(steps, 1);
        return new Draw(prefix, inputs, outputs, offsets, steps);
    }

    /**
     * The same lengths with other texts. There are more prompts in a run than places to start at, so two of them may
     * well start at the same; steps that were drawn part them at once.
     */
    Draw rewritten(Mt19937 random, int vocabulary) {
        int[] otherPrefix = random.ints(prefix.length, 0, vocabulary - 1);
        int[] otherOffsets = random.ints(offsets.length, 0, vocabulary - 1);
        int[] otherSteps = new int[steps.length];
        Arrays.setAll(otherSteps, i -> step(random, vocabulary));
        return new Draw(otherPrefix, inputTokens, outputTokens, otherOffsets, otherSteps);
    }

    /** The same texts with lengths of another law. */
    Draw lengths(LengthPairs law, RandomGenerator random) {
        int[] inputs = new int[inputTokens.length];
        int[] outputs = new int[outputTokens.length];
        for (int i = 0; i < inputs.length; i++) {
            LengthPairs.Pair pair = law.draw(random);
            inputs[i] = pair.input();
            outputs[i] = pair.output();
        }
        return new Draw(prefix, inputs, outputs, offsets, steps);
    }

    /** A step that comes by every id before it comes by one again. */
    private static int step(Mt19937 random, int vocabulary) {
        int step = random.nextInt(1, Math.max(1, vocabulary - 1));
        return coprime(step, vocabulary) ? step : step(random, vocabulary);
    }

    private static boolean coprime(int a, int b) {
        return b == 0 ? a == 1 : coprime(b, a % b);
    }

    /** An empty prompt, or an answer of no tokens, is refused by servers: a drawn 0 becomes 1. */
    private static int[] lengths(Mt19937 random, LengthLaw law, double ratio, int tokens, int count) {
        int[] lengths = random.ints(count, law.shortest(tokens, ratio), law.longest(tokens, ratio));
        Arrays.setAll(lengths, i -> Math.max(1, lengths[i]));
        return lengths;
    }
}
