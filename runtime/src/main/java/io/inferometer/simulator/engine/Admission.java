package io.inferometer.simulator.engine;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Which requests are in the engine, and how full its cache is of them. A request reserves room for all the tokens that it
 * will have, and fills it as they are read and written.
 */
final class Admission {
    private final StepCosts.Capacity capacity;
    private final Set<Sequence> admitted = Collections.newSetFromMap(new IdentityHashMap<>());
    private long reservedTokens;
    private long heldTokens;

    Admission(StepCosts.Capacity capacity) {
        this.capacity = capacity;
    }

    /** Whether a request is in, or can now be let in. */
    boolean admits(Sequence sequence) {
        if (admitted.contains(sequence)) {
            return true;
        }
        boolean fits =
                admitted.size() < capacity.requests() && reservedTokens + sequence.tokens() <= capacity.cacheTokens();
        // What would never fit is let in when it has the engine to itself: a queue must not stand still for ever.
        if (!fits && !admitted.isEmpty()) {
            return false;
        }
        admitted.add(sequence);
        reservedTokens += sequence.tokens();
        heldTokens += sequence.readTokens;
        return true;
    }

    /** Whether a request is in. */
    boolean isIn(Sequence sequence) {
        return admitted.contains(sequence);
    }

    /** More tokens of a request that is in are kept. */
    void hold(long tokens) {
        heldTokens += tokens;
    }

    /** A request is let out, if it was in, and its room is free. */
    void release(Sequence sequence) {
        if (admitted.remove(sequence)) {
            reservedTokens -= sequence.tokens();
            heldTokens -= sequence.readTokens + sequence.writtenTokens;
        }
    }

    /** How many tokens are kept. */
    long heldTokens() {
        return heldTokens;
    }

    /** How full the cache is, 0 to 1. */
    double usage() {
        return (double) heldTokens / capacity.cacheTokens();
    }
}
