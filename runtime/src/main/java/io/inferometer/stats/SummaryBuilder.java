package io.inferometer.stats;

import io.inferometer.annotations.Arrivals;
import io.inferometer.record.Channel;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.stats.arrival.ArrivalFit;
import io.inferometer.stats.token.TokenEvents;
import io.inferometer.stats.token.TokenTotals;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.StagedLoad;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a {@link Summary} of one iteration, a record at a time, or of a trial, an iteration at a time. Keeps no record:
 * figures of requests in packed columns, about 35 bytes for each request of an open loop, 8 for each gap between tokens up to
 * 10 M of them, and then 8 for each millisecond of an iteration.
 */
public final class SummaryBuilder {
    private final Load load;
    private final List<Double> percentiles;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Metric, Sample> samples = new EnumMap<>(Metric.class);
    private final Gaps gaps = new Gaps();
    private final TokenTotals tokens = new TokenTotals();
    private final SessionsBuilder sessions;
    private long beginNanos = RequestRecord.ABSENT;
    private Course course;
    private Course.Totals totals = Course.Totals.NONE;
    private final Optional<CompletionBuilder> completion;
    private final Optional<GoodputCount> goodput;
    /** What is known of requests that were cut off, of the metrics of which an age tells something. */
    private final Map<Metric, Survival> survivals = new EnumMap<>(Metric.class);

    private final Map<Channel, ChannelCount> channels = new EnumMap<>(Channel.class);
    private long items;
    private long cold;
    private long reused;

    /**
     * @param load the load of the trial
     * @param objective what a request must meet to count as goodput
     * @param shown the percentiles that are there besides the {@link Percentiles#STANDARD} ones
     */
    public SummaryBuilder(Load load, Optional<Objective> objective, List<Double> shown) {
        this.load = load;
        this.goodput = objective.map(GoodputCount::new);
        this.percentiles = Percentiles.with(shown);
        this.sessions = new SessionsBuilder(percentiles);
        this.completion = load instanceof Load.AtOnce ? Optional.of(new CompletionBuilder()) : Optional.empty();
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
        for (Metric metric : Metric.values()) {
            if (metric != Metric.ITL) {
                samples.put(metric, new Sample());
            }
            if (metric.knownByAge()) {
                survivals.put(metric, new Survival());
            }
        }
    }

    /**
     * When the load of the iteration began; told before its first request, and again when it is gone on with. Whether requests
     * started as they were to is not known without it.
     *
     * @param nanos as the times of records are; of an iteration that was interrupted, as if it had not been
     */
    public void began(long nanos) {
        beginNanos = nanos;
    }

    /**
     * Takes in a request of the iteration.
     *
     * @param record a request that has ended
     * @param metrics its latencies
     */
    public void add(RequestRecord record, RequestMetrics metrics) {
        if (course == null) {
            course = new Course(load, beginNanos);
        }
        course.add(record, metrics);
        sessions.add(record, metrics);
        completion.ifPresent(builder -> builder.add(record, metrics));
        outcomes.merge(record.outcome(), 1L, Long::sum);
        if (record.opening().cold()) {
            cold++;
        } else if (record.sentNanos() != RequestRecord.ABSENT) {
            reused++;
        }
        if (record.outcome() == Outcome.CANCELLED) {
            cutOff(record, metrics);
        }
        if (!record.succeeded()) {
            return;
        }
        tokens.add(record, metrics.tokens());
        samples.forEach((metric, sample) -> sample.add(metrics.value(metric)));
        addGaps(record);
        addChannels(record);
        items += record.form().items();
        goodput.ifPresent(count -> count.add(metrics));
    }

    /**
     * Takes in a session that is over, behind its requests.
     *
     * @param session what became of it
     */
    public void add(SessionRecord session) {
        sessions.add(session);
    }

    private void cutOff(RequestRecord record, RequestMetrics metrics) {
        long known = metrics.tokens().window().firstNanos();
        survivals.forEach((metric, survival) -> {
            long from = metric.fromSchedule() ? record.scheduledNanos() : record.sentNanos();
            boolean answered = metric.endsWithFirstToken() && known != RequestRecord.ABSENT;
            if (from != RequestRecord.ABSENT && answered) {
                survival.known((double) known - from);
            } else if (from != RequestRecord.ABSENT) {
                survival.cutOff((double) record.endNanos() - from);
            }
        });
    }

    private void addGaps(RequestRecord record) {
        TokenEvents events = TokenEvents.of(record);
        long previous = RequestRecord.ABSENT;
        for (int i = 0; i < record.eventNanos().length; i++) {
            if (!events.bears(i)) {
                continue;
            }
            long nanos = record.eventNanos()[i];
            if (previous != RequestRecord.ABSENT) {
                gaps.add(nanos - previous);
                tokens.addGap(nanos - previous);
            }
            previous = nanos;
        }
    }

    private void addChannels(RequestRecord record) {
        for (Channel channel : Channel.values()) {
            channels.computeIfAbsent(channel, key -> new ChannelCount()).add(record, channel);
        }
    }

    /** The iteration was interrupted, and is gone on with: the time until its next request is not a part of it. */
    public void interrupted() {
        endCourse();
        completion.ifPresent(CompletionBuilder::end);
    }

    /**
     * Takes in a whole iteration, whose records are all there.
     *
     * @param iteration left as it is
     */
    public void merge(SummaryBuilder iteration) {
        iteration.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
        iteration.samples.forEach((metric, sample) -> samples.get(metric).merge(sample));
        gaps.merge(iteration.gaps);
        sessions.merge(iteration.sessions);
        tokens.merge(iteration.tokens);
        totals = totals.plus(iteration.endCourse());
        completion.ifPresent(builder -> builder.merge(iteration.completion.orElseThrow()));
        goodput.ifPresent(count -> count.merge(iteration.goodput.orElseThrow()));
        survivals.forEach((metric, survival) -> survival.merge(iteration.survivals.get(metric)));
        iteration.channels.forEach((channel, count) ->
                channels.computeIfAbsent(channel, key -> new ChannelCount()).merge(count));
        items += iteration.items;
        cold += iteration.cold;
        reused += iteration.reused;
    }

    /** Adds the course of the iteration, if one is open, to the totals. */
    private Course.Totals endCourse() {
        if (course != null) {
            totals = totals.plus(course.totals());
            course = null;
        }
        return totals;
    }

    /** {@return the summary of all that was taken in; ends the iteration} */
    public Summary build() {
        endCourse();
        return new Summary(
                new Summary.Outcomes(Collections.unmodifiableMap(new EnumMap<>(outcomes))),
                tokens.tokens(gaps.humps()),
                new Summary.Connections(cold, reused),
                throughput(),
                distributions(),
                channels(),
                all(),
                arrivals(),
                goodput.map(count -> count.goodput(failed(), totals)),
                completion.map(CompletionBuilder::build),
                sessions.build());
    }

    private Optional<Summary.Arrivals> arrivals() {
        if (load instanceof Load.Open open) {
            return Optional.of(arrivals(open.rate(), open.arrivals(), open.burstiness()));
        }
        return load instanceof StagedLoad stages && stages.open()
                ? Optional.of(arrivals(stages.mean(), stages.arrivals(), stages.burstiness()))
                : Optional.empty();
    }

    private Summary.Arrivals arrivals(double rate, Arrivals law, double burstiness) {
        return new Summary.Arrivals(
                rate,
                totals.sentPerSecond(),
                load.steady(),
                totals.trends(),
                ArrivalFit.of(law, burstiness, rate, totals.unitGaps()));
    }

    private Summary.Throughput throughput() {
        return new Summary.Throughput(
                totals.durationNanos() == 0 ? Double.NaN : totals.durationNanos(),
                totals.perSecond(outcomes.get(Outcome.SUCCESS)),
                counted(items),
                counted(tokens.input()),
                counted(tokens.output()),
                totals.steadyPerSecond(),
                totals.peakTokens(),
                totals.peakInFlight(),
                load instanceof Load.AtOnce && totals.durationNanos() > 0 ? totals.greatestSkewNanos() : Double.NaN,
                totals.onset(),
                totals.balance().map(Course.Balance::little));
    }

    /** The rate of what no answer has none of: none at all means that nobody counted. */
    private double counted(long sum) {
        return sum == 0 ? Double.NaN : totals.perSecond(sum);
    }

    private Map<Channel, Summary.OfChannel> channels() {
        Map<Channel, Summary.OfChannel> seen = new EnumMap<>(Channel.class);
        channels.forEach((channel, count) -> {
            if (count.events > 0) {
                seen.put(
                        channel,
                        new Summary.OfChannel(
                                count.events, count.first.count(), count.first.distribution(percentiles)));
            }
        });
        return Collections.unmodifiableMap(seen);
    }

    private Map<Metric, Distribution> distributions() {
        Map<Metric, Distribution> distributions = new EnumMap<>(Metric.class);
        samples.forEach((metric, sample) -> distributions.put(metric, sample.distribution(percentiles)));
        distributions.put(Metric.ITL, gaps.distribution(percentiles));
        distributions.keySet().removeIf(this::meaningless);
        return Collections.unmodifiableMap(distributions);
    }

    /** Without a schedule of its own a closed loop has no latency from it. */
    private boolean meaningless(Metric metric) {
        return metric.fromSchedule() && !load.scheduled();
    }

    private Map<Metric, AllPercentiles> all() {
        Map<Metric, AllPercentiles> all = new EnumMap<>(Metric.class);
        samples.forEach((metric, sample) -> {
            Survival survival = survivals.getOrDefault(metric, new Survival());
            if (metric.endpointLatency() && !meaningless(metric) && (failed() > 0 || !survival.isEmpty())) {
                all.put(metric, survival.with(sample, failed(), percentiles));
            }
        });
        return Collections.unmodifiableMap(all);
    }

    private long failed() {
        return new Summary.Outcomes(outcomes).failed();
    }

    /** What came of one channel so far. */
    private static final class ChannelCount {
        private final Sample first = new Sample();
        private long events;

        void add(RequestRecord record, Channel channel) {
            byte[] carried = record.eventCarried();
            for (int i = 0, found = 0; i < carried.length; i++) {
                if (channel.in(carried[i])) {
                    events++;
                    if (found++ == 0) {
                        first.add((double) record.eventNanos()[i] - record.sentNanos());
                    }
                }
            }
        }

        void merge(ChannelCount other) {
            events += other.events;
            first.merge(other.first);
        }
    }
}
