package io.inferometer.stats.trace;

import io.inferometer.record.Pause;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.Distribution;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Collects what was declared and delivered of each request: 48 bytes each, and 24 more of a turn. */
public final class ReproductionBuilder {
    private final boolean replay;
    private final Delays delays = new Delays();
    private final Column prompts = new Column();
    private final Column answers = new Column();
    private final List<Double> gapsDeclared = new ArrayList<>();
    private final List<Double> gapsDelivered = new ArrayList<>();
    private DoubleStream.Builder scheduled = DoubleStream.builder();
    private DoubleStream.Builder sent = DoubleStream.builder();
    private long sharing;
    private long sharedTokens;
    private long expectedTokens;
    private long told;
    private long cachedTokens;
    private long promptTokens;
    private boolean resumed;

    private static final class Column {
        private final DoubleStream.Builder declared = DoubleStream.builder();
        private final DoubleStream.Builder delivered = DoubleStream.builder();
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

        private static Distribution distribution(DoubleStream.Builder values) {
            return Distribution.of(values.build().toArray());
        }
    }

    private static final class Delays {
        private final DoubleStream.Builder declared = DoubleStream.builder();
        private final DoubleStream.Builder delivered = DoubleStream.builder();
        private final DoubleStream.Builder late = DoubleStream.builder();
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
                            Column.distribution(declared), Column.distribution(delivered), Column.distribution(late)));
        }
    }

    /** @param load of the trial */
    public ReproductionBuilder(Load load) {
        replay = load instanceof Load.Replay;
    }

    /** Takes in a request of the iteration. */
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
        addGaps(scheduled.build().toArray(), gapsDeclared);
        addGaps(sent.build().toArray(), gapsDelivered);
        scheduled = DoubleStream.builder();
        sent = DoubleStream.builder();
    }

    private static void addGaps(double[] times, List<Double> gaps) {
        Arrays.sort(times);
        for (int i = 1; i < times.length; i++) {
            gaps.add(times[i] - times[i - 1]);
        }
    }

    /** What all that was taken in amounts to; empty where it was of no trace, or none of it is known. */
    public Optional<Reproduction> build() {
        iterationEnded();
        Optional<Reproduction.Delays> passed = delays.build();
        if (!replay && sharing == 0 && passed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Reproduction(
                prompts.pair(),
                answers.pair(),
                new Reproduction.Pair(values(gapsDeclared), values(gapsDelivered), 0, Double.NaN),
                new Reproduction.Hits(
                        sharing, share(sharedTokens, expectedTokens), told, share(cachedTokens, promptTokens)),
                passed,
                resumed));
    }

    private static Distribution values(List<Double> values) {
        return Distribution.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}
