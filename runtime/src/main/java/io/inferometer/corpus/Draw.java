package io.inferometer.corpus;

/**
 * Everything that is random about a set of random-token prompts: in the order in which bench_serving drew it, from one
 * generator. Each length depends on how many are drawn.
 *
 * @param prefix token ids of the shared prefix
 * @param inputTokens for each prompt, its length without the prefix, at least 1
 * @param outputTokens for each prompt, the length of its answer, at least 1
 * @param offsets for each prompt, where in the vocabulary it starts; prompt i starts i further on
 */
record Draw(int[] prefix, int[] inputTokens, int[] outputTokens, int[] offsets) {
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
        return new Draw(prefix, inputs, outputs, offsets);
    }

    /** An empty prompt, or an answer of no tokens, is refused by servers: a drawn 0 becomes 1. */
    private static int[] lengths(Mt19937 random, LengthLaw law, double ratio, int tokens, int count) {
        int[] lengths = random.ints(count, law.shortest(tokens, ratio), law.longest(tokens, ratio));
        for (int i = 0; i < count; i++) {
            lengths[i] = Math.max(1, lengths[i]);
        }
        return lengths;
    }
}
