package io.inferometer.simulator.engine;

/**
 * Token i of an answer is due at ttft + i·itl after its request had been read, whatever else is going on.
 *
 * <p>The schedule is absolute: an event that was written late does not delay the next one. Events of one answer that
 * have become due together are handed out together, up to a bound, so that a server that has fallen behind catches up
 * without one answer holding up the others.
 */
public final class Metronome implements TokenSchedule {
    private static final int MAX_EVENTS = 16;

    private final long ttftNanos;
    private final long itlNanos;
    private final DueQueue queue = new DueQueue();

    public Metronome(long ttftNanos, long itlNanos) {
        this.ttftNanos = ttftNanos;
        this.itlNanos = itlNanos;
    }

    @Override
    public void submit(Generation generation, long nowNanos) {
        generation.nextNanos = nowNanos + ttftNanos;
        queue.add(generation);
    }

    @Override
    public void cancel(Generation generation) {
        queue.remove(generation);
    }

    @Override
    public int running() {
        return queue.size();
    }

    @Override
    public long nextNanos() {
        return queue.nextNanos();
    }

    @Override
    public Generation poll(long nowNanos) {
        Generation generation = queue.poll(nowNanos);
        if (generation == null) {
            return null;
        }
        int most = Math.min(generation.remainingTokens(), MAX_EVENTS);
        int events = 0;
        do {
            events++;
            generation.nextNanos += itlNanos;
        } while (events < most && generation.nextNanos <= nowNanos);
        generation.produce(events, events);
        if (generation.remainingTokens() > 0) {
            queue.add(generation);
        }
        return generation;
    }
}
