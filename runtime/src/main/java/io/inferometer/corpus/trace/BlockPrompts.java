package io.inferometer.corpus.trace;

import io.inferometer.corpus.Seeds;
import io.inferometer.corpus.Words;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Texts for prompts that are known by the ids of their blocks alone: of exactly as many tokens, equal where the ids are.
 *
 * <p>A block is words of one token each, whether or not a space stands before them, drawn from a generator that the block's
 * id, its size and the seed give; so the same block is the same text in every prompt, and no two blocks are alike. Words
 * that a space parts do not change each other's tokens in a tokenizer that {@link Tokenizer#splitsBeforeWords}; what any
 * other one makes of a prompt is counted, and a prompt that it counts otherwise is refused.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class BlockPrompts {
    /** Fewer words would make blocks alike by chance. */
    private static final int FEWEST_WORDS = 64;

    private static final long KNOWN = 1;
    private static final long UNKNOWN = 2;

    private final Tokenizer tokenizer;
    private final long seed;
    private final String[] words;

    private BlockPrompts(Tokenizer tokenizer, long seed, String[] words) {
        this.tokenizer = tokenizer;
        this.seed = seed;
        this.words = words;
    }

    /**
     * {@return prompts in the tokens of a tokenizer}
     *
     * @param tokenizer a name that {@link Tokenizers#of} knows
     * @param seed the same one gives the same texts
     * @throws IllegalArgumentException if there is no such tokenizer, or it knows too few words as one token
     */
    public static BlockPrompts of(String tokenizer, long seed) {
        return of(Tokenizers.of(tokenizer), seed);
    }

    static BlockPrompts of(Tokenizer tokenizer, long seed) {
        List<String> whole = Words.all().stream()
                .filter(word -> tokenizer.count(word) == 1 && tokenizer.count(' ' + word) == 1)
                .toList();
        if (whole.size() < FEWEST_WORDS) {
            throw new IllegalArgumentException("the tokenizer " + tokenizer.name() + " reads only " + whole.size()
                    + " words as one token each, too few for prompts made of blocks; name another with --tokenizer");
        }
        return new BlockPrompts(tokenizer, seed, whole.toArray(String[]::new));
    }

    /**
     * {@return the text of a prompt}
     *
     * @param blocks what is known of it
     * @param request a number that no other prompt has: what no id stands for is drawn from it
     * @throws IllegalArgumentException if the tokenizer counts it otherwise
     */
    public String text(HashBlocks blocks, long request) {
        StringBuilder text = new StringBuilder(blocks.tokens() * 8);
        for (int block = 0; block < blocks.ids().size(); block++) {
            int size = blocks.size(block);
            long own = Seeds.derive(seed + KNOWN, blocks.ids().get(block), size);
            write(text, size, new SplittableRandom(own));
        }
        int rest = blocks.unknownTokens();
        write(text, rest, new SplittableRandom(Seeds.derive(seed + UNKNOWN, request, rest)));
        return counted(text.substring(1), blocks.tokens());
    }

    /**
     * {@return a text that nothing is known of but its length}
     *
     * @param tokens its length, at least 1
     * @param request a number that no other prompt has
     */
    public String text(int tokens, long request) {
        return text(new HashBlocks(tokens, List.of(), tokens), request);
    }

    private void write(StringBuilder text, int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            text.append(' ').append(words[random.nextInt(words.length)]);
        }
    }

    private String counted(String text, int tokens) {
        if (!tokenizer.splitsBeforeWords()) {
            int counted = tokenizer.count(text);
            if (counted != tokens) {
                throw new IllegalArgumentException("the tokenizer " + tokenizer.name() + " reads " + tokens
                        + " words as " + counted + " tokens, so lengths can't be exact; name another with --tokenizer");
            }
        }
        return text;
    }
}
