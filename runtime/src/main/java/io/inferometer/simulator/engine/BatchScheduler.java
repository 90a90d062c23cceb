package io.inferometer.simulator.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * Continuous batching: requests share one engine, so what one of them waits for depends on all the others.
 *
 * <p>A request reaches the queue after the ingress delay. Its prompt is read in its turn, which gives the first token;
 * from then on each decode step gives one more token of every answer that is running. A request joins the batch between
 * two steps and leaves it with its last token. Tokens leave as events, after the egress delay.
 *
 * <p>The model is a sequence of moments at which something happens in the engine: a request arrives, a batch of prompts
 * has been read, a decode step ends. Nothing leaves sooner than the egress delay after such a moment; so a moment is
 * played only when what it gives may be due, and the engine wakes its player once a step.
 *
 * <p>Random draws come from a seeded {@link Random}, whose algorithms Java specifies: the same requests at the same times
 * give the same events, everywhere.
 */
public final class BatchScheduler implements TokenSchedule {
    private static final double NANOS_PER_MILLI = 1e6;

    private final StepCosts costs;
    private final int eventsPerWrite;
    private final Random random;
    private final long egressNanos;
    private final Admission admission;

    /** All requests that are not complete. */
    private final Map<Generation, Sequence> sequences = new IdentityHashMap<>();

    private final PriorityQueue<Generation> arriving = new PriorityQueue<>(64, Generation.BY_DUE_TIME);
    /** Those whose prompt has not been read to its end, in the order of their arrival. */
    private final Queue<Sequence> waiting = new ArrayDeque<>();
    /** Those whose prompt is read to its end by the batch that is being read. */
    private final List<Sequence> reading = new ArrayList<>();
    /** Those that get a token with every step. */
    private final List<Sequence> running = new ArrayList<>();

    private final Queue<Delivery> deliveries = new ArrayDeque<>();

    private long nowNanos;
    private long readNanos = NEVER;
    private long stepNanos = NEVER;
    /** How many of {@link #running} the step that goes on was started with. */
    private int stepping;

    private long turns;

    public BatchScheduler(StepCosts costs, int eventsPerWrite, long seed) {
        this.costs = costs;
        this.eventsPerWrite = eventsPerWrite;
        this.random = new Random(seed);
        this.egressNanos = nanos(costs.network().egressMillis());
        this.admission = new Admission(costs.capacity());
    }

    private record Delivery(long nanos, Sequence sequence, int events, int tokens) {}

    @Override
    public void submit(Generation generation, long receivedNanos) {
        long arrival = receivedNanos
                + nanos(costs.network().ingressMillis()
                        * Math.exp(costs.network().sigma() * random.nextGaussian()));
        generation.nextNanos = Math.max(arrival, nowNanos);
        generation.turn = turns++;
        sequences.put(generation, new Sequence(generation));
        arriving.add(generation);
    }

    @Override
    public void cancel(Generation generation) {
        Sequence sequence = sequences.remove(generation);
        if (sequence == null) {
            return;
        }
        arriving.remove(generation);
        waiting.remove(sequence);
        reading.remove(sequence);
        int place = running.indexOf(sequence);
        if (place >= 0) {
            running.remove(place);
            stepping -= place < stepping ? 1 : 0;
        }
        deliveries.removeIf(delivery -> delivery.sequence == sequence);
        admission.release(sequence);
    }

    @Override
    public int running() {
        return sequences.size();
    }

    @Override
    public int waiting() {
        return (int) sequences.values().stream()
                .filter(sequence -> !admission.isIn(sequence) && !sequence.written())
                .count();
    }

    @Override
    public double cacheUsage() {
        return admission.usage();
    }

    @Override
    public long nextNanos() {
        long moment = nextMoment();
        long next = moment == NEVER ? NEVER : moment + egressNanos;
        return deliveries.isEmpty() ? next : Math.min(next, deliveries.peek().nanos);
    }

    @Override
    public Generation poll(long now) {
        for (long moment = nextMoment(); moment <= now - egressNanos; moment = nextMoment()) {
            play(moment);
        }
        if (deliveries.isEmpty() || deliveries.peek().nanos > now) {
            return null;
        }
        Delivery due = deliveries.remove();
        Generation generation = due.sequence.generation;
        generation.produce(due.events, due.tokens);
        if (generation.remainingTokens() == 0) {
            sequences.remove(generation);
        }
        return generation;
    }

    private long nextMoment() {
        long arrival = arriving.isEmpty() ? NEVER : arriving.peek().nextNanos;
        return Math.min(arrival, Math.min(readNanos, stepNanos));
    }

    private void play(long moment) {
        nowNanos = moment;
        while (!arriving.isEmpty() && arriving.peek().nextNanos <= moment) {
            waiting.add(sequences.get(arriving.remove()));
        }
        if (stepNanos <= moment) {
            endStep();
        }
        if (readNanos <= moment) {
            endReading();
        }
        if (costs.prefill().chunked()) {
            startMixedStep();
        } else {
            startReading();
            startStep();
        }
    }

    private void endStep() {
        stepNanos = NEVER;
        for (int i = 0; i < stepping; i++) {
            write(running.get(i));
        }
        running.removeIf(Sequence::written);
    }

    private void endReading() {
        readNanos = NEVER;
        for (Sequence sequence : reading) {
            write(sequence);
            if (!sequence.written()) {
                running.add(sequence);
            }
        }
        reading.clear();
    }

    /** One more token of an answer; it leaves when it is the first or last one, or when it fills what is sent at once. */
    private void write(Sequence sequence) {
        sequence.writtenTokens++;
        admission.hold(1);
        int perEvent = costs.decode().tokensPerEvent();
        int unsent = sequence.writtenTokens - sequence.sentTokens;
        if (sequence.writtenTokens == 1 || sequence.written() || unsent == perEvent * eventsPerWrite) {
            int events = (unsent + perEvent - 1) / perEvent;
            deliveries.add(new Delivery(nowNanos + egressNanos, sequence, events, unsent));
            sequence.sentTokens = sequence.writtenTokens;
        }
        if (sequence.written()) {
            admission.release(sequence);
        }
    }

    private void startReading() {
        if (readNanos == NEVER) {
            long tokens = formBatch(costs.prefill().budgetTokens());
            if (tokens > 0) {
                readNanos = after(costs.prefill().millis(tokens));
            }
        }
    }

    private void startStep() {
        if (stepNanos == NEVER && !running.isEmpty()) {
            stepping = running.size();
            stepNanos = after(stepMillis());
        }
    }

    /** A step that writes and reads, in one time. */
    private void startMixedStep() {
        if (stepNanos != NEVER || readNanos != NEVER) {
            return;
        }
        stepping = running.size();
        double millis = stepping == 0 ? 0 : stepMillis();
        long tokens = formBatch(costs.prefill().budgetTokens() - stepping);
        long end = after(millis + costs.prefill().millis(tokens));
        stepNanos = stepping == 0 ? NEVER : end;
        readNanos = tokens == 0 ? NEVER : end;
    }

    private double stepMillis() {
        return costs.decode().millis(running.size(), admission.heldTokens())
                * Math.exp(costs.decode().jitter() * random.nextGaussian());
    }

    /** Takes prompts, or the next chunk of one, from the queue's head; returns how many tokens there are to read. */
    private long formBatch(int budget) {
        long tokens = 0;
        while (!waiting.isEmpty() && tokens < budget && admission.admits(waiting.peek())) {
            Sequence head = waiting.peek();
            int room = (int) (budget - tokens);
            if (!costs.prefill().chunked() && tokens > 0 && head.unreadTokens() > room) {
                break;
            }
            int chunk = costs.prefill().chunked() ? Math.min(room, head.unreadTokens()) : head.unreadTokens();
            head.readTokens += chunk;
            admission.hold(chunk);
            tokens += chunk;
            if (head.unreadTokens() == 0) {
                reading.add(waiting.remove());
            }
        }
        return tokens;
    }

    private long after(double millis) {
        return nowNanos + nanos(millis);
    }

    private static long nanos(double millis) {
        return Math.round(millis * NANOS_PER_MILLI);
    }
}
