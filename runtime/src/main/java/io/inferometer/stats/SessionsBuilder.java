package io.inferometer.stats;

import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.SessionRecord.Ended;
import io.inferometer.record.Usage;
import io.inferometer.stats.token.TokenSource;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes the {@link Sessions} of one iteration, or of a trial. Keeps a few bytes for each session. */
final class SessionsBuilder {
    private static final List<Metric> OF_TURN = List.of(Metric.TTFT, Metric.TTFVT, Metric.TPOT, Metric.E2EL);

    private final List<Double> percentiles;
    private final Map<Integer, Turn> turns = new TreeMap<>();
    private final Known seen = new Known();
    private final Known over = new Known();
    private final Sample requests = new Sample();
    private final Sample inSystem = new Sample();
    private long completed;
    private long failed;
    private long cut;
    private long children;
    private long failedTurns;

    /** Sessions by their numbers, a bit each; those that were sent anew are few. */
    private static final class Known {
        private final BitSet first = new BitSet();
        private final Set<Attempt> others = new HashSet<>();

        private record Attempt(long session, int attempt) {}

        void add(long session, int attempt) {
            if (attempt == 0 && session >= 0 && session < Integer.MAX_VALUE) {
                first.set((int) session);
            } else {
                others.add(new Attempt(session, attempt));
            }
        }

        /** How many of them are none of these. */
        long without(Known these) {
            BitSet rest = (BitSet) first.clone();
            rest.andNot(these.first);
            return rest.cardinality()
                    + others.stream().filter(one -> !these.others.contains(one)).count();
        }
    }

    SessionsBuilder(List<Double> percentiles) {
        this.percentiles = percentiles;
    }

    void add(RequestRecord record, RequestMetrics metrics) {
        if (!record.place().inSession()) {
            return;
        }
        seen.add(record.place().session(), record.place().attempt());
        if (record.place().branch().isEmpty()) {
            turns.computeIfAbsent(record.place().turn(), number -> new Turn()).add(record, metrics);
        }
    }

    /** Requests of it may follow whose answers are being checked. */
    void add(SessionRecord session) {
        over.add(session.session(), session.attempt());
        children += session.children();
        failedTurns += session.failedTurns();
        switch (session.how()) {
            case COMPLETED -> completed++;
            case FAILED -> failed++;
            case CUT -> cut++;
        }
        if (session.how() == Ended.COMPLETED) {
            requests.add(session.turns());
            inSystem.add(session.inSystemNanos());
        }
    }

    void merge(SessionsBuilder iteration) {
        iteration.turns.forEach(
                (number, turn) -> turns.computeIfAbsent(number, n -> new Turn()).merge(turn));
        requests.merge(iteration.requests);
        inSystem.merge(iteration.inSystem);
        completed += iteration.completed;
        failed += iteration.failed;
        cut += iteration.cut + iteration.cutOff();
        children += iteration.children;
        failedTurns += iteration.failedTurns;
    }

    /** Those that nobody said were over. */
    private long cutOff() {
        return seen.without(over);
    }

    /** What was taken in; empty where requests stood alone. */
    Optional<Sessions> build() {
        long all = completed + failed + cut + cutOff();
        return all == 0
                ? Optional.empty()
                : Optional.of(new Sessions(
                        all,
                        completed,
                        failed,
                        cut + cutOff(),
                        failedTurns,
                        children,
                        requests.distribution(percentiles),
                        inSystem.distribution(percentiles),
                        turns.entrySet().stream()
                                .map(turn -> turn.getValue().build(turn.getKey(), percentiles))
                                .toList()));
    }

    /** The requests of one turn so far. */
    private static final class Turn {
        private final Map<Metric, Sample> samples = new EnumMap<>(Metric.class);
        private final Sample prompts = new Sample();
        private long requests;
        private long succeeded;
        private long cached;
        private long cachedOf;

        void add(RequestRecord record, RequestMetrics metrics) {
            requests++;
            if (!record.succeeded()) {
                return;
            }
            succeeded++;
            for (Metric metric : OF_TURN) {
                samples.computeIfAbsent(metric, key -> new Sample()).add(metrics.value(metric));
            }
            int input = metrics.tokens().input();
            if (input != Usage.ABSENT) {
                prompts.add(input);
            }
            if (record.usage().cachedTokens() != Usage.ABSENT
                    && metrics.tokens().inputSource() == TokenSource.USAGE) {
                cached += record.usage().cachedTokens();
                cachedOf += input;
            }
        }

        void merge(Turn other) {
            requests += other.requests;
            succeeded += other.succeeded;
            cached += other.cached;
            cachedOf += other.cachedOf;
            prompts.merge(other.prompts);
            other.samples.forEach((metric, sample) ->
                    samples.computeIfAbsent(metric, key -> new Sample()).merge(sample));
        }

        Sessions.OfTurn build(int number, List<Double> percentiles) {
            Map<Metric, Distribution> metrics = new EnumMap<>(Metric.class);
            samples.forEach((metric, sample) -> {
                if (sample.count() > 0) {
                    metrics.put(metric, sample.distribution(percentiles));
                }
            });
            return new Sessions.OfTurn(
                    number,
                    requests,
                    succeeded,
                    Collections.unmodifiableMap(metrics),
                    prompts.distribution(percentiles),
                    cachedOf == 0 ? Double.NaN : (double) cached / cachedOf);
        }
    }
}
