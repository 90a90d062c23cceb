package io.inferometer.harness;

import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.JournalReader;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Likeness;
import io.inferometer.report.RunHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;

/**
 * How far an interrupted run came. Trials and iterations run one after the other, so that what comes before the last
 * iteration in its journal is done, and of that one the requests that have a record. A request that was given up when the
 * run was interrupted is not done.
 */
final class Resumption {
    /** Nothing has been done. */
    static final Resumption NONE = new Resumption();

    private RunHeader header;
    private int trial;
    private boolean warmup = true;
    private int iteration;
    private boolean ended;
    private boolean failed;
    private BitSet done = new BitSet();
    private long first;
    private long highest = -1;
    private long iterationNanos;
    private long lastNanos;

    private Resumption() {}

    /**
     * Reads the journal of a plan that goes on with it.
     *
     * @throws UsageException if it can't be read, is complete, or is of another plan
     */
    static Resumption of(Plan plan) {
        Path journal = plan.journal().orElseThrow();
        Resumption resumption = new Resumption();
        try {
            if (JournalReader.read(journal, resumption.reading()).complete()) {
                throw new UsageException(journal + " is of a complete run: there is nothing to resume");
            }
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException(journal + " is not the journal of a run: " + e.getMessage());
        }
        Likeness.differenceOfPlan(resumption.header(), RunHeader.of(plan)).ifPresent(difference -> {
            throw new UsageException(journal + " is of another plan: " + difference
                    + "; resume it with the options and variables that it was begun with");
        });
        return resumption;
    }

    /** The header of the run that is gone on with. */
    RunHeader header() {
        return header;
    }

    /** When its last request ended, on its own clock. */
    long lastNanos() {
        return lastNanos;
    }

    /** Whether a trial is done, or was given up. */
    boolean done(int trialIndex) {
        return trialIndex < trial || trialIndex == trial && ended && failed && !done.isEmpty();
    }

    /** Whether an iteration has ended. */
    boolean done(int trialIndex, boolean isWarmup, int number) {
        if (trialIndex != trial || isWarmup != warmup) {
            return trialIndex < trial || trialIndex == trial && isWarmup;
        }
        return number < iteration || number == iteration && ended;
    }

    /** Whether an iteration has begun, and not ended. */
    boolean begun(int trialIndex, boolean isWarmup, int number) {
        return trialIndex == trial && isWarmup == warmup && number == iteration && !ended && lastNanos > 0;
    }

    /** The index of the first request of the phase that no iteration before has had. */
    long first(int trialIndex, boolean isWarmup) {
        return trialIndex == trial && isWarmup == warmup ? ended ? highest + 1 : first : 0;
    }

    /** The requests, by their indices, of the iteration that has begun and not ended. */
    BitSet requests() {
        return done;
    }

    /** How long that iteration has lasted. */
    long elapsedNanos() {
        return lastNanos - iterationNanos;
    }

    private JournalReader.Visitor reading() {
        return new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                Resumption.this.header = RunHeader.ofMap(run);
            }

            @Override
            public void iterationStarted(IterationSpan span) {
                enter(span.trial(), span.warmup(), span.iteration(), span.startNanos());
            }

            @Override
            public void iterationEnded(IterationSpan span, Map<String, Object> health) {
                ended = true;
                lastNanos = Math.max(lastNanos, span.endNanos());
            }

            @Override
            public void request(RequestRecord request) {
                enter(request.trial(), request.warmup(), request.iteration(), request.scheduledNanos());
                lastNanos = Math.max(lastNanos, request.endNanos());
                if (request.outcome() != Outcome.CANCELLED) {
                    done.set(Math.toIntExact(request.index()));
                    highest = Math.max(highest, request.index());
                    failed &= !request.succeeded();
                }
            }
        };
    }

    private void enter(int trialIndex, boolean isWarmup, int number, long nanos) {
        if (trialIndex == trial && isWarmup == warmup && number == iteration && lastNanos > 0) {
            return;
        }
        boolean samePhase = trialIndex == trial && isWarmup == warmup;
        highest = samePhase ? highest : -1;
        first = highest + 1;
        trial = trialIndex;
        warmup = isWarmup;
        iteration = number;
        iterationNanos = nanos;
        lastNanos = Math.max(lastNanos, Math.max(nanos, 1));
        ended = false;
        failed = true;
        done = new BitSet();
    }
}
