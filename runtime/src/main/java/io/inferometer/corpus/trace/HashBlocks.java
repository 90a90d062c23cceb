package io.inferometer.corpus.trace;

import java.util.List;

/**
 * A prompt of which nothing is known but its length and what its blocks share with those of other prompts: equal leading ids
 * are equal leading tokens.
 *
 * @param tokens its length, at least 1
 * @param ids the ids of its blocks, from the first on; where they are too few, nobody knows what the rest shares
 * @param blockTokens how many tokens a block has, at least 1; the last block may be cut short by the prompt's end
 */
public record HashBlocks(int tokens, List<Long> ids, int blockTokens) {
    /**
     * Copies what it is given, and checks it.
     *
     * @param tokens as of the record
     * @param ids copied
     * @param blockTokens as of the record
     */
    public HashBlocks {
        ids = List.copyOf(ids);
        if (tokens < 1) {
            throw new IllegalArgumentException("a prompt of " + tokens + " tokens is none");
        }
        if (blockTokens < 1) {
            throw new IllegalArgumentException("a block must have at least 1 token, not " + blockTokens);
        }
        long room = ((long) tokens + blockTokens - 1) / blockTokens;
        if (ids.size() > room) {
            throw new IllegalArgumentException(tokens + " tokens are " + room + (room == 1 ? " block" : " blocks")
                    + " of " + blockTokens + ", and there are " + ids.size() + " ids");
        }
    }

    /** How many tokens a block has. */
    int size(int block) {
        return Math.min(blockTokens, tokens - block * blockTokens);
    }

    /** {@return how many tokens no id stands for} */
    public int unknownTokens() {
        return (int) Math.max(0, tokens - (long) ids.size() * blockTokens);
    }
}
