package io.inferometer.simulator.engine;

import java.util.ArrayDeque;
import java.util.Queue;

/** What was written and has not been handed out: tokens become events, and events leave some together, after a delay. */
final class Outbox {
    private final int tokensPerEvent;
    private final int eventsPerWrite;
    private final long delayNanos;
    private final Queue<Delivery> deliveries = new ArrayDeque<>();

    private record Delivery(long nanos, Sequence sequence, int events, int tokens) {}

    Outbox(int tokensPerEvent, int eventsPerWrite, long delayNanos) {
        this.tokensPerEvent = tokensPerEvent;
        this.eventsPerWrite = eventsPerWrite;
        this.delayNanos = delayNanos;
    }

    /**
     * A step has written so many more tokens of an answer. They are in one event, with those of the steps before where it
     * takes more of them; the first event has the first token, and the last one what is left.
     */
    void add(Sequence sequence, int tokens, long nowNanos) {
        boolean atOnce = sequence.writtenTokens == tokens || sequence.written();
        sequence.unsentTokens += tokens;
        sequence.looseTokens += tokens;
        if (sequence.looseTokens >= tokensPerEvent || atOnce) {
            sequence.unsentEvents++;
            sequence.looseTokens = 0;
        }
        if (sequence.unsentEvents == eventsPerWrite || atOnce) {
            deliveries.add(new Delivery(nowNanos + delayNanos, sequence, sequence.unsentEvents, sequence.unsentTokens));
            sequence.unsentEvents = 0;
            sequence.unsentTokens = 0;
        }
    }

    /** Nothing more of this answer is handed out. */
    void drop(Sequence sequence) {
        deliveries.removeIf(delivery -> delivery.sequence == sequence);
    }

    /** When the next one is due. */
    long nextNanos() {
        return deliveries.isEmpty() ? TokenSchedule.NEVER : deliveries.peek().nanos;
    }

    /** Takes out the first that is due, of which its answer then has the events; or null. */
    Generation poll(long nowNanos) {
        if (nextNanos() > nowNanos) {
            return null;
        }
        Delivery due = deliveries.remove();
        due.sequence.generation.produce(due.events, due.tokens);
        return due.sequence.generation;
    }
}
