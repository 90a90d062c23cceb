package io.inferometer.corpus;

/**
 * Numbers written as words, so that prompts differ however short they are: the last word is a noun, those before it are
 * adjectives ("quiet golden river"). As few words as the count of prompts needs; a seed shuffles which number gets
 * which words.
 */
final class Headings {
    private static final int NOUN_BITS = Integer.numberOfTrailingZeros(Words.NOUNS.length);
    private static final int ADJECTIVE_BITS = Integer.numberOfTrailingZeros(Words.ADJECTIVES.length);

    private final int words;
    private final long factor;
    private final long shift;

    /**
     * @param count how many different headings are needed
     * @param seed of the shuffling
     */
    Headings(long count, long seed) {
        int needed = 1;
        while (needed < 10 && (count - 1) >>> bits(needed) != 0) {
            needed++;
        }
        words = needed;
        factor = Seeds.derive(seed, 0, 0) | 1;
        shift = Seeds.derive(seed, 0, 1);
    }

    /** How many words a heading has. */
    int words() {
        return words;
    }

    /** The heading of a number, without a space before it. Numbers below the count have different ones. */
    String of(long number) {
        long digits = number * factor + shift;
        String heading = Words.NOUNS[(int) digits & (Words.NOUNS.length - 1)];
        digits >>>= NOUN_BITS;
        for (int i = 1; i < words; i++) {
            heading = Words.ADJECTIVES[(int) digits & (Words.ADJECTIVES.length - 1)] + " " + heading;
            digits >>>= ADJECTIVE_BITS;
        }
        return heading;
    }

    private static int bits(int words) {
        return NOUN_BITS + (words - 1) * ADJECTIVE_BITS;
    }
}
