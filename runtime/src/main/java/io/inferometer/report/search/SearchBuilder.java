package io.inferometer.report.search;

import io.inferometer.judge.Overload;
import io.inferometer.judge.search.ProbeVerdict;
import io.inferometer.judge.search.Rated;
import io.inferometer.judge.search.SearchRule;
import io.inferometer.judge.search.WindowCount;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Extent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes what a search came to of what happens in it. Its trials are its probes; the one that has a warm-up is the fresh run that
 * confirms.
 *
 * <p>A probe's iterations are alike: a lead, which is not judged, and {@link SearchRule#WINDOWS} windows, in which requests count
 * by when they were scheduled.
 */
public final class SearchBuilder {
    private static final byte MET = 0;
    private static final byte MISSED = 1;
    private static final byte LACKING = 2;

    private final SearchAsked asked;
    private final List<SearchReport.Probe> probes = new ArrayList<>();
    private final TreeMap<Integer, Long> nextIndex = new TreeMap<>();
    private final TreeMap<Integer, Long> nextSession = new TreeMap<>();
    private Optional<SearchReport.Probe> confirmation = Optional.empty();
    private Current current;

    /** @param asked what is searched */
    public SearchBuilder(SearchAsked asked) {
        this.asked = asked;
    }

    /**
     * A request of a measured iteration ended.
     *
     * @param trial the probe it is of
     * @param record a request that has ended
     * @param metrics its latencies
     */
    public void add(TrialHeader trial, RequestRecord record, RequestMetrics metrics) {
        if (current == null || current.trial.index() != trial.index()) {
            current = new Current(trial);
        }
        nextIndex.merge(trial.index(), record.index() + 1, Math::max);
        nextSession.merge(trial.index(), record.place().session() + 1, Math::max);
        if (!record.outcome().clientsOwn()) {
            current.requests.add(new Begun(record.scheduledNanos(), how(record, metrics)));
        }
    }

    private byte how(RequestRecord record, RequestMetrics metrics) {
        if (!record.succeeded()) {
            return MISSED;
        }
        if (asked.aim() instanceof SearchAim.Limits limits) {
            return metrics.misses(limits.objective()) ? MISSED : metrics.lacks(limits.objective()) ? LACKING : MET;
        }
        return current.given.add(record, metrics) ? MET : LACKING;
    }

    /**
     * A measured iteration of a trial ran to its end.
     *
     * @param trial the probe's number, from 0
     * @param summary of its requests
     */
    public void iterationEnded(int trial, Summary summary) {
        if (current != null && current.trial.index() == trial) {
            current.ended(summary);
            current.probe(summary.nothingSucceeded()).ifPresent(this::decided);
        }
    }

    private void decided(SearchReport.Probe probe) {
        if (current.trial.schedule().warmup().count() > 0) {
            confirmation = Optional.of(probe);
        } else {
            probes.add(probe);
        }
        current = null;
    }

    /**
     * {@return the index of the first measured request of a trial, so that no trial before has sent the same prompt}
     *
     * @param trial its number, from 0
     */
    public long firstIndex(int trial) {
        return behind(nextIndex, trial);
    }

    /**
     * {@return the number of the first measured session of a trial; the same}
     *
     * @param trial its number, from 0
     */
    public long firstSession(int trial) {
        return behind(nextSession, trial);
    }

    private static long behind(TreeMap<Integer, Long> next, int trial) {
        return next.headMap(trial).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** {@return what it came to, or what is known so far} */
    public SearchReport report() {
        return new SearchReport(asked, probes, confirmation);
    }

    /** A request that is to be judged by when it began. */
    private record Begun(long nanos, byte how) {}

    /** The probe that is under way. */
    private final class Current {
        private final TrialHeader trial;
        private final Duration lead;
        private final List<WindowCount> windows = new ArrayList<>();
        private final List<Summary.InFlightTrend> trends = new ArrayList<>();
        private final List<Double> rates = new ArrayList<>();
        private List<Begun> requests = new ArrayList<>();
        private RateWindows given;
        private long notJudged;
        private int iterations;

        private Current(TrialHeader trial) {
            this.trial = trial;
            given = windows();
            Extent.Time time = (Extent.Time) trial.schedule().measurement().extent();
            lead = time.duration().minus(asked.window().multipliedBy(SearchRule.WINDOWS));
        }

        private RateWindows windows() {
            return new RateWindows(
                    asked.aim() instanceof SearchAim.Most most ? most.rate().name() : "");
        }

        private void ended(Summary summary) {
            long begin = requests.stream().mapToLong(Begun::nanos).min().orElse(0) + lead.toNanos();
            long[] met = new long[SearchRule.WINDOWS];
            long[] judged = new long[SearchRule.WINDOWS];
            for (Begun request : requests) {
                long window =
                        Math.floorDiv(request.nanos - begin, asked.window().toNanos());
                if (window >= 0 && request.how == LACKING) {
                    notJudged++;
                } else if (window >= 0) {
                    int at = (int) Math.min(window, SearchRule.WINDOWS - 1);
                    judged[at]++;
                    met[at] += request.how == MET ? 1 : 0;
                }
            }
            for (int i = 0; i < met.length; i++) {
                windows.add(new WindowCount(met[i], judged[i]));
            }
            summary.arrivals().ifPresent(arrivals -> trends.addAll(arrivals.trends()));
            if (asked.knee().isPresent()) {
                given.perSecond(begin, asked.window().toNanos(), SearchRule.WINDOWS)
                        .forEach(rates::add);
            }
            requests = new ArrayList<>();
            given = windows();
            iterations++;
        }

        /** What it proves, once that can be told or it is as long as it may be. */
        private Optional<SearchReport.Probe> probe(boolean hopeless) {
            if (!hopeless && !SearchRule.looks(iterations)) {
                return Optional.empty();
            }
            double load = asked.axis().of(trial.load());
            Optional<Overload> overload =
                    asked.axis() == SearchAsked.Axis.RATE ? Optional.of(Overload.of(trends, load)) : Optional.empty();
            SearchReport.Probe probe = new SearchReport.Probe(
                    trial.index(), load, lead, windows, rates, notJudged, overload, ProbeVerdict.UNDECIDED);
            ProbeVerdict verdict = hopeless && asked.knee().isEmpty() ? ProbeVerdict.MISSED : verdict(probe);
            boolean told = asked.knee()
                    .map(knee -> hopeless || knee.told(probe.rated(), rated()))
                    .orElse(verdict != ProbeVerdict.UNDECIDED);
            return told || iterations >= SearchRule.mostTimes() ? Optional.of(probe.with(verdict)) : Optional.empty();
        }
    }

    /** Of a rate it is told by all probes together, but for the fresh run. */
    private ProbeVerdict verdict(SearchReport.Probe probe) {
        if (asked.aim() instanceof SearchAim.Limits limits) {
            return ProbeVerdict.of(probe.share(), limits.attainment(), probe.overloaded());
        }
        return probes.isEmpty()
                ? ProbeVerdict.UNDECIDED
                : asked.knee().orElseThrow().again(probe.rated(), rated());
    }

    private List<Rated> rated() {
        return probes.stream().map(SearchReport.Probe::rated).toList();
    }
}
