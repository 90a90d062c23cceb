package io.inferometer.simulator.engine;

import java.util.PriorityQueue;

/** Generations by the moment at which each has its next token; those of one moment in the order in which they came. */
final class DueQueue {
    private final PriorityQueue<Generation> queue = new PriorityQueue<>(64, Generation.BY_DUE_TIME);
    private long turns;

    /** Adds one whose next moment is set. */
    void add(Generation generation) {
        generation.turn = turns++;
        queue.add(generation);
    }

    void remove(Generation generation) {
        queue.remove(generation);
    }

    int size() {
        return queue.size();
    }

    /** The earliest moment; {@link TokenSchedule#NEVER} where there is none. */
    long nextNanos() {
        Generation next = queue.peek();
        return next == null ? TokenSchedule.NEVER : next.nextNanos;
    }

    /** Takes the first one out, if its moment has come; else null. */
    Generation poll(long nowNanos) {
        return nextNanos() > nowNanos ? null : queue.poll();
    }
}
