package io.inferometer.simulator.engine;

import java.util.PriorityQueue;

/**
 * Generations by the moment at which each has its next token; those of one moment in the order in which they came. One that is
 * removed is not looked for: it stays until its moment comes, or until such are more than the others.
 */
final class DueQueue {
    private final PriorityQueue<Generation> queue = new PriorityQueue<>(64, Generation.BY_DUE_TIME);
    private long turns;
    private int size;

    /** Adds one whose next moment is set, and is not changed while it is here. */
    void add(Generation generation) {
        generation.turn = turns++;
        generation.awaited = true;
        queue.add(generation);
        size++;
    }

    /** Removes one, if it is here. */
    void remove(Generation generation) {
        if (generation.awaited) {
            generation.awaited = false;
            size--;
            if (queue.size() > 2 * size) {
                queue.removeIf(other -> !other.awaited);
            }
        }
    }

    int size() {
        return size;
    }

    /** The earliest moment; {@link TokenSchedule#NEVER} where there is none. */
    long nextNanos() {
        Generation next = first();
        return next == null ? TokenSchedule.NEVER : next.nextNanos;
    }

    /** Takes the first one out, if its moment has come; else null. */
    Generation poll(long nowNanos) {
        if (nextNanos() > nowNanos) {
            return null;
        }
        Generation next = queue.poll();
        next.awaited = false;
        size--;
        return next;
    }

    private Generation first() {
        Generation first = queue.peek();
        while (first != null && !first.awaited) {
            queue.poll();
            first = queue.peek();
        }
        return first;
    }
}
