package io.inferometer.simulator.engine;

/** What becomes of one request in a batch. Changed by its scheduler alone. */
final class Sequence {
    final Generation generation;
    private final int outputTokens;
    int readTokens;
    int writtenTokens;
    int sentTokens;

    Sequence(Generation generation) {
        this.generation = generation;
        this.outputTokens = generation.remainingTokens();
        this.readTokens = generation.cachedTokens();
    }

    int unreadTokens() {
        return generation.promptTokens() - readTokens;
    }

    /** All tokens that it will ever have. */
    long tokens() {
        return (long) generation.promptTokens() + outputTokens;
    }

    /** Whether its answer is complete. */
    boolean written() {
        return writtenTokens == outputTokens;
    }
}
