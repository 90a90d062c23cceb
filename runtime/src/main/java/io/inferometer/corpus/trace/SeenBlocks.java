package io.inferometer.corpus.trace;

import io.inferometer.corpus.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a prefix cache that forgets nothing would find of each prompt, asked in their order: the share of hits that the data
 * allow, whatever the endpoint does. Keeps one number for each block that differs. For one thread.
 */
public final class SeenBlocks {
    private final Set<Long> seen = new HashSet<>();

    /** Begins with an empty cache. */
    public SeenBlocks() {}

    /**
     * {@return how many leading tokens of a prompt those before it had in common with it; it is one of them from now
     * on}
     *
     * @param blocks the prompt's
     */
    public int shared(HashBlocks blocks) {
        List<Long> ids = blocks.ids();
        long chain = 0;
        int shared = 0;
        boolean known = true;
        for (int block = 0; block < ids.size(); block++) {
            // A block is the same only behind the same blocks.
            chain = Seeds.derive(chain, ids.get(block), blocks.size(block));
            known = !seen.add(chain) && known;
            shared += known ? blocks.size(block) : 0;
        }
        return shared;
    }
}
