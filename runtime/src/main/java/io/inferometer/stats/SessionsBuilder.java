package io.inferometer.stats;

import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.SessionRecord.Ended;
import io.inferometer.record.Usage;
import io.inferometer.stats.token.TokenSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes the {@link Sessions} of one iteration, or of a trial. Keeps about 100 bytes for each session of an iteration. */
final class SessionsBuilder {
    private static final List<Metric> OF_TURN = List.of(Metric.TTFT, Metric.TTFVT, Metric.TPOT, Metric.E2EL);

    private final List<Double> percentiles;
    private final Map<Integer, Turn> turns = new TreeMap<>();
    private final Set<Attempt> seen = new HashSet<>();
    private final Set<Attempt> over = new HashSet<>();
    private final Sample requests = new Sample();
    private final Sample inSystem = new Sample();
    private long completed;
    private long failed;
    private long cut;
    private long children;
    private long failedTurns;

    /** One sending of a session. */
    private record Attempt(long session, int attempt) {}

    SessionsBuilder(List<Double> percentiles) {
        this.percentiles = percentiles;
    }

    void add(RequestRecord record, RequestMetrics metrics) {
        if (!record.place().inSession()) {
            return;
        }
        seen.add(new Attempt(record.place().session(), record.place().attempt()));
        if (record.place().branch().isEmpty()) {
            turns.computeIfAbsent(record.place().turn(), number -> new Turn()).add(record, metrics);
        }
    }

    /** Requests of it may follow whose answers are being checked. */
    void add(SessionRecord session) {
        over.add(new Attempt(session.session(), session.attempt()));
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
        return seen.stream().filter(one -> !over.contains(one)).count();
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
