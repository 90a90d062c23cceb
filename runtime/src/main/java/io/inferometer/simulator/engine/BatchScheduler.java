package io.inferometer.simulator.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Continuous batching: requests share one engine, so what one of them waits for depends on all the others.
 *
 * <p>A request reaches the queue after the ingress delay. Its prompt is read in its turn, but for what the cache has of it,
 * which gives the first token; from then on each decode step gives one more token of every answer that is running, or some
 * more where they are drafted. A request joins the batch between two steps and leaves it with its last token. Tokens leave
 * as events, after the egress delay.
 *
 * <p>Where the engine preempts and its memory is full, the request that came last makes room: it goes back to the head of the
 * queue, and its prompt and its answer so far are read again, but for what the cache has of them then.
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
    private final Random random;
    private final long egressNanos;
    private final Admission admission;
    private final Drafts drafts;
    private final Outbox outbox;

    /** All requests that are not complete. */
    private final Map<Generation, Sequence> sequences = new IdentityHashMap<>();

    private final PriorityQueue<Generation> arriving = new PriorityQueue<>(64, Generation.BY_DUE_TIME);
    /** Those whose prompt has not been read to its end, in the order of their arrival. */
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    /** Those whose prompt is read to its end by the batch that is being read. */
    private final List<Sequence> reading = new ArrayList<>();
    /** Those that get a token with every step, in the order in which they were let in. */
    private final List<Sequence> running = new ArrayList<>();

    private long nowNanos;
    private long readNanos = NEVER;
    private long stepNanos = NEVER;
    /** How many of {@link #running} the step that goes on was started with. */
    private int stepping;

    private long turns;
    private long preemptions;

    public BatchScheduler(StepCosts costs, int eventsPerWrite, long seed) {
        this.costs = costs;
        this.random = new Random(seed);
        this.egressNanos = nanos(costs.network().egressMillis());
        this.admission = new Admission(costs.capacity());
        this.drafts = new Drafts(costs.drafting(), seed + 1);
        this.outbox = new Outbox(costs.decode().tokensPerEvent(), eventsPerWrite, egressNanos);
    }

    @Override
    public void submit(Generation generation, long receivedNanos) {
        long arrival = receivedNanos
                + nanos(costs.network().ingressMillis()
                        * Math.exp(costs.network().sigma() * random.nextGaussian()));
        generation.nextNanos = Math.max(arrival, nowNanos);
        generation.turn = turns++;
        sequences.put(generation, new Sequence(generation, drafts.acceptance()));
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
        outbox.drop(sequence);
        admission.release(sequence);
    }

    @Override
    public int running() {
        return sequences.size();
    }

    @Override
    public int waiting() {
        return (int) sequences.values().stream()
                .filter(sequence -> !sequence.admitted && !sequence.written())
                .count();
    }

    @Override
    public double cacheUsage() {
        return admission.usage();
    }

    @Override
    public long preemptions() {
        return preemptions;
    }

    @Override
    public Speculation speculation() {
        return drafts.told();
    }

    @Override
    public long nextNanos() {
        long moment = nextMoment();
        return Math.min(outbox.nextNanos(), moment == NEVER ? NEVER : moment + egressNanos);
    }

    @Override
    public Generation poll(long now) {
        for (long moment = nextMoment(); moment <= now - egressNanos; moment = nextMoment()) {
            play(moment);
        }
        Generation generation = outbox.poll(now);
        if (generation != null && generation.remainingTokens() == 0) {
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
            write(running.get(i), drafts.tokens(running.get(i)));
        }
        running.removeIf(Sequence::written);
    }

    private void endReading() {
        readNanos = NEVER;
        for (Sequence sequence : reading) {
            write(sequence, 1);
            if (!sequence.written()) {
                running.add(sequence);
            }
        }
        reading.clear();
    }

    private void write(Sequence sequence, int tokens) {
        sequence.writtenTokens += tokens;
        for (int i = 0; i < tokens; i++) {
            sequence.generation.prompt().answer();
        }
        admission.hold(sequence, tokens);
        outbox.add(sequence, tokens, nowNanos);
        if (sequence.written()) {
            admission.release(sequence);
        }
    }

    private void startReading() {
        if (readNanos == NEVER) {
            double work = formBatch(costs.prefill().budgetTokens());
            if (work > 0) {
                readNanos = after(costs.prefill().millis(work));
            }
        }
    }

    private void startStep() {
        if (stepNanos == NEVER) {
            makeRoom();
            stepping = running.size();
            stepNanos = stepping == 0 ? NEVER : after(stepMillis());
        }
    }

    /** A step that writes and reads, in one time. */
    private void startMixedStep() {
        if (stepNanos != NEVER || readNanos != NEVER) {
            return;
        }
        boolean roomy = makeRoom();
        stepping = running.size();
        double millis = stepping == 0 ? 0 : stepMillis();
        double work = roomy ? formBatch(costs.prefill().budgetTokens() - stepping * drafts.mostTokens()) : 0;
        long end = after(millis + costs.prefill().millis(work));
        stepNanos = stepping == 0 ? NEVER : end;
        readNanos = work == 0 ? NEVER : end;
    }

    private double stepMillis() {
        return costs.decode().millis(running.size() * drafts.mostTokens(), admission.heldTokens())
                * Math.exp(costs.decode().jitter() * random.nextGaussian());
    }

    /** Makes room for what the next step may write; returns whether that was free without a preemption. */
    private boolean makeRoom() {
        long wanted = 0;
        for (Sequence sequence : running) {
            wanted += admission.wants(sequence, mostTokens(sequence));
        }
        boolean roomy = true;
        while (wanted > 0 && !admission.has(wanted)) {
            roomy = false;
            preemptions++;
            // The head of the queue has been let in after all that are running, if it has been.
            if (!waiting.isEmpty() && waiting.peek().admitted) {
                admission.release(waiting.peek());
            } else {
                Sequence last = running.remove(running.size() - 1);
                wanted -= admission.wants(last, mostTokens(last));
                admission.release(last);
                waiting.addFirst(last);
            }
        }
        return roomy;
    }

    private int mostTokens(Sequence sequence) {
        return Math.min(drafts.mostTokens(), sequence.unwrittenTokens());
    }

    /** Takes prompts, or the next chunk of one, from the queue's head; returns how much work they are to read. */
    private double formBatch(int budget) {
        StepCosts.Prefill prefill = costs.prefill();
        double work = 0;
        int room = budget;
        while (!waiting.isEmpty() && room > 0) {
            Sequence head = waiting.peek();
            if (!admission.admits(head, prefill.chunked() ? room : Integer.MAX_VALUE)) {
                break;
            }
            int chunk = prefill.chunked() ? Math.min(room, head.unreadTokens()) : head.unreadTokens();
            boolean fits = chunk <= room || work == 0;
            if (!fits || !admission.has(admission.wants(head, chunk))) {
                break;
            }
            work += prefill.work(chunk, head.heldTokens);
            admission.hold(head, chunk);
            room -= chunk;
            if (head.unreadTokens() == 0) {
                reading.add(waiting.remove());
            }
        }
        return work;
    }

    private long after(double millis) {
        return nowNanos + nanos(millis);
    }

    private static long nanos(double millis) {
        return Math.round(millis * NANOS_PER_MILLI);
    }
}
