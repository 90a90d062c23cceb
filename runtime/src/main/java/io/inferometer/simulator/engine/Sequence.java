package io.inferometer.simulator.engine;

import io.inferometer.simulator.cache.BlockPool.Block;
import io.inferometer.simulator.cache.TokenChain;
import java.util.ArrayList;
import java.util.List;

/** What becomes of one request in a batch. Changed by its scheduler alone. */
final class Sequence {
    final Generation generation;
    /** The share of drafted tokens that is right. */
    final double acceptance;

    private final int outputTokens;
    private final int givenTokens;

    boolean admitted;
    /** Its blocks, in order; those before {@link #filledBlocks} are full. */
    final List<Block> blocks = new ArrayList<>();

    int filledBlocks;
    /** How many blocks it may still take without asking. */
    long promisedBlocks;
    /** How many of its tokens are in the engine's memory. */
    int heldTokens;

    int writtenTokens;

    /** What has been written and has not left yet. */
    int unsentEvents;

    int unsentTokens;
    /** How many of those are in no event yet. */
    int looseTokens;

    Sequence(Generation generation, double acceptance) {
        this.generation = generation;
        this.acceptance = acceptance;
        this.outputTokens = generation.remainingTokens();
        this.givenTokens = generation.prompt().cachedTokens();
    }

    /** The tokens of its prompt and of its answer so far, or null. */
    TokenChain chain() {
        return generation.prompt().chain();
    }

    /** How many tokens are in the cache whatever was read before. */
    int givenTokens() {
        return givenTokens;
    }

    /** How many tokens have to be in memory before the next one can be written: after a preemption more than the prompt. */
    int target() {
        return generation.prompt().tokens() + writtenTokens;
    }

    int unreadTokens() {
        return target() - heldTokens;
    }

    /** How many tokens are still to be written. */
    int unwrittenTokens() {
        return outputTokens - writtenTokens;
    }

    /** All tokens that it will ever have. */
    long tokens() {
        return (long) generation.prompt().tokens() + outputTokens;
    }

    /** Whether its answer is complete. */
    boolean written() {
        return writtenTokens == outputTokens;
    }

    /** It is no longer in, and has nothing in memory. */
    void leave() {
        admitted = false;
        blocks.clear();
        filledBlocks = 0;
        promisedBlocks = 0;
        heldTokens = 0;
    }
}
