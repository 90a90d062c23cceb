package io.inferometer.simulator.engine;

import io.inferometer.simulator.cache.BlockPool;
import io.inferometer.simulator.cache.BlockPool.Block;
import io.inferometer.simulator.cache.TokenChain;

/**
 * Which requests are in the engine, and the blocks of its memory that each of them has.
 *
 * <p>A request is let in when there is room for it: where the engine preempts, for what is read of it first; where it does
 * not, for all the tokens that it will ever have. What is found in the cache of the first ones need not be read. What would
 * never fit is let in when it has the engine to itself: a queue must not stand still for ever.
 */
final class Admission {
    private final StepCosts.Capacity capacity;
    private final BlockPool pool;
    private int admitted;
    /** Blocks that those who are in may take without asking. */
    private long promisedBlocks;

    private long heldTokens;

    Admission(StepCosts.Capacity capacity) {
        this.capacity = capacity;
        this.pool = new BlockPool(Math.max(1, capacity.cacheTokens() / TokenChain.BLOCK_TOKENS));
    }

    /** Whether a request is in, or can now be let in to have {@code most} tokens read. */
    boolean admits(Sequence sequence, int most) {
        if (sequence.admitted) {
            return true;
        }
        if (admitted > 0 && (admitted >= capacity.requests() || free() == 0)) {
            return false;
        }
        // The last token is always read: what comes next follows from it.
        int found = known(sequence, (sequence.target() - 1) / TokenChain.BLOCK_TOKENS);
        int inCache = Math.max(found * TokenChain.BLOCK_TOKENS, sequence.givenTokens());
        long first = Math.min(sequence.target(), (long) inCache + most);
        long blocks = TokenChain.blocks(capacity.preempts() ? first : sequence.tokens());
        if (admitted > 0 && blocks - found + idle(sequence, found) > free()) {
            return false;
        }
        enter(sequence, found, inCache, blocks);
        return true;
    }

    private void enter(Sequence sequence, int found, int inCache, long blocks) {
        admitted++;
        sequence.admitted = true;
        sequence.generation.prompt().found(inCache);
        for (int i = 0; i < found; i++) {
            Block block = pool.find(sequence.chain().hash(i));
            pool.take(block);
            sequence.blocks.add(block);
        }
        sequence.filledBlocks = found;
        if (!capacity.preempts()) {
            sequence.promisedBlocks = blocks - found;
            promisedBlocks += sequence.promisedBlocks;
        }
        hold(sequence, inCache);
    }

    /** How many of a request's first blocks, {@code most} at most, are in the cache. */
    private int known(Sequence sequence, int most) {
        int end = sequence.chain() == null || !capacity.reuses()
                ? 0
                : Math.min(most, sequence.chain().blocks());
        int found = 0;
        while (found < end && pool.find(sequence.chain().hash(found)) != null) {
            found++;
        }
        return found;
    }

    private long idle(Sequence sequence, int found) {
        long idle = 0;
        for (int i = 0; i < found; i++) {
            idle += pool.find(sequence.chain().hash(i)).idle() ? 1 : 0;
        }
        return idle;
    }

    private long free() {
        return Math.max(0, pool.free() - promisedBlocks);
    }

    /** How many blocks a request that is in has to be given before it can have more tokens. */
    long wants(Sequence sequence, int tokens) {
        return Math.max(
                0,
                TokenChain.blocks((long) sequence.heldTokens + tokens)
                        - sequence.blocks.size()
                        - sequence.promisedBlocks);
    }

    /** Whether so many blocks can be given, or have to be, because nobody else is in. */
    boolean has(long blocks) {
        return blocks <= free() || admitted == 1;
    }

    /** A request that is in has more tokens in the memory. */
    void hold(Sequence sequence, int tokens) {
        sequence.heldTokens += tokens;
        heldTokens += tokens;
        while ((long) sequence.blocks.size() * TokenChain.BLOCK_TOKENS < sequence.heldTokens) {
            sequence.blocks.add(pool.allocate());
            if (sequence.promisedBlocks > 0) {
                sequence.promisedBlocks--;
                promisedBlocks--;
            }
        }
        if (sequence.chain() != null && capacity.reuses()) {
            int full = Math.min(
                    sequence.heldTokens / TokenChain.BLOCK_TOKENS,
                    sequence.chain().blocks());
            for (; sequence.filledBlocks < full; sequence.filledBlocks++) {
                pool.fill(
                        sequence.blocks.get(sequence.filledBlocks),
                        sequence.chain().hash(sequence.filledBlocks));
            }
        }
    }

    /** A request is let out, if it was in. Its last blocks are the first whose place is taken by others. */
    void release(Sequence sequence) {
        if (!sequence.admitted) {
            return;
        }
        admitted--;
        promisedBlocks -= sequence.promisedBlocks;
        heldTokens -= sequence.heldTokens;
        for (int i = sequence.blocks.size() - 1; i >= 0; i--) {
            pool.release(sequence.blocks.get(i));
        }
        sequence.leave();
    }

    /** How many tokens those who are in have in the memory, each for itself. */
    long heldTokens() {
        return heldTokens;
    }

    /** How full the memory is of what is in use, 0 to 1. */
    double usage() {
        return pool.usage();
    }
}
