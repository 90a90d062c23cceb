package io.inferometer.stats.trace;

import io.inferometer.record.Pause;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Sample;
import io.inferometer.stats.column.Ascending;
import io.inferometer.stats.column.LongColumn;
import io.inferometer.workload.Load;
import java.util.Optional;

/** Collects what was declared and delivered of each request, packed: a few bytes each. */
public final class ReproductionBuilder {
    private final boolean replay;
    private final Delays delays = new Delays();
    private final Column prompts = new Column();
    private final Column answers = new Column();
    private final Sample gapsDeclared = new Sample();
    private final Sample gapsDelivered = new Sample();
    private LongColumn scheduled = new LongColumn();
    private LongColumn sent = new LongColumn();
    private long sharing;
    private long sharedTokens;
    private long expectedTokens;
    private long told;
    private long cachedTokens;
    private long promptTokens;
    private boolean resumed;

    private static final class Column {
        private final Sample declared = new Sample();
        private final Sample delivered = new Sample();
        private long exact;
        private int least = Integer.MAX_VALUE;
        private int most = Integer.MIN_VALUE;

        void add(int wanted, int got) {
            if (wanted != Usage.ABSENT && got != Usage.ABSENT) {
                declared.add(wanted);
                delivered.add(got);
                exact += wanted == got ? 1 : 0;
                least = Math.min(least, got - wanted);
                most = Math.max(most, got - wanted);
            }
        }

        Reproduction.Pair pair() {
            return new Reproduction.Pair(
                    distribution(declared), distribution(delivered), exact, least == most ? least : Double.NaN);
        }
    }

    private static final class Delays {
        private final Sample declared = new Sample();
        private final Sample delivered = new Sample();
        private final Sample late = new Sample();
        private long count;

        void add(Pause pause, long scheduledNanos, long sentNanos) {
            if (pause.isKnown() && sentNanos != RequestRecord.ABSENT) {
                long passed = pause.deliveredNanos(scheduledNanos, sentNanos);
                count++;
                declared.add(pause.declaredNanos());
                delivered.add(passed);
                late.add(passed - pause.declaredNanos());
            }
        }

        Optional<Reproduction.Delays> build() {
            return count == 0
                    ? Optional.empty()
                    : Optional.of(new Reproduction.Delays(
                            distribution(declared), distribution(delivered), distribution(late)));
        }
    }

    /** @param load of the trial */
    public ReproductionBuilder(Load load) {
        replay = load instanceof Load.Replay;
    }

    /**
     * Takes in a request of the iteration.
     *
     * @param record a request that has ended
     */
    public void add(RequestRecord record) {
        if (replay && record.sentNanos() != RequestRecord.ABSENT && record.scheduledNanos() != RequestRecord.ABSENT) {
            scheduled.add(record.scheduledNanos());
            sent.add(record.sentNanos());
        }
        delays.add(record.place().pause(), record.scheduledNanos(), record.sentNanos());
        if (!record.succeeded()) {
            return;
        }
        Usage usage = record.usage();
        prompts.add(record.expectedPromptTokens(), usage.promptTokens());
        answers.add(record.requestedOutputTokens(), usage.completionTokens());
        if (record.sharedPromptTokens() != Usage.ABSENT && record.expectedPromptTokens() != Usage.ABSENT) {
            sharing++;
            sharedTokens += record.sharedPromptTokens();
            expectedTokens += record.expectedPromptTokens();
            if (usage.cachedTokens() != Usage.ABSENT && usage.promptTokens() != Usage.ABSENT) {
                told++;
                cachedTokens += usage.cachedTokens();
                promptTokens += usage.promptTokens();
            }
        }
    }

    /** The iteration was interrupted, and is gone on with. */
    public void iterationResumed() {
        resumed = true;
        iterationEnded();
    }

    /** The iteration ended: no gap lies between it and the next. */
    public void iterationEnded() {
        addGaps(scheduled.ascending(), gapsDeclared);
        addGaps(sent.ascending(), gapsDelivered);
        scheduled = new LongColumn();
        sent = new LongColumn();
    }

    private static void addGaps(Ascending times, Sample gaps) {
        boolean more = times.next();
        while (more) {
            long before = times.value();
            more = times.next();
            if (more) {
                gaps.add((double) times.value() - before);
            }
        }
    }

    private static Distribution distribution(Sample values) {
        return values.distribution(Percentiles.STANDARD);
    }

    /** {@return what all that was taken in amounts to; empty where it was of no trace, or none of it is known} */
    public Optional<Reproduction> build() {
        iterationEnded();
        Optional<Reproduction.Delays> passed = delays.build();
        if (!replay && sharing == 0 && passed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Reproduction(
                prompts.pair(),
                answers.pair(),
                new Reproduction.Pair(distribution(gapsDeclared), distribution(gapsDelivered), 0, Double.NaN),
                new Reproduction.Hits(
                        sharing, share(sharedTokens, expectedTokens), told, share(cachedTokens, promptTokens)),
                passed,
                resumed));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
