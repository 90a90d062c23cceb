package io.inferometer.stats;

import io.inferometer.record.RequestRecord;
import io.inferometer.stats.token.TokenEvents;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the client added to latencies: each as the client timed it, less what the endpoint says it was by its own stamps.
 * Both are differences of times on one clock, so the two clocks need not agree.
 *
 * <ul>
 *   <li>ttft, e2el: client's (event − {@code sent}) − endpoint's (write − request fully read)
 *   <li>itl: client's gap − endpoint's gap; tpot: the same from the first event to the last, for each further token
 *   <li>only between events that the endpoint stamped: ttft wants the first token-bearing one, e2el the last one
 * </ul>
 *
 * <p>A late event followed by one in time makes a gap too short, so there are negative values too.
 *
 * @param replay whether a replay on this machine was measured; else the run itself, against a simulated endpoint
 * @param streams how many requests were in flight together in a replay; 0 else
 * @param machineShare the share of the machine's processors that was busy in a replay, 0 to 1; NaN where not known
 * @param differs in what a replay was not like the run
 * @param metrics by metric, in nanoseconds; only those that have values
 */
public record ClientOverhead(
        boolean replay, int streams, double machineShare, List<Difference> differs, Map<Metric, Distribution> metrics) {
    /** The metrics that there may be. */
    public static final List<Metric> METRICS = List.of(Metric.TTFT, Metric.TPOT, Metric.ITL, Metric.E2EL);

    private static final double NANOS_PER_MILLI = 1e6;

    /** Of all processors: beyond that whatever becomes ready waits for one as often as not. */
    private static final double BUSY = 0.8;

    /** A replay of which nobody wrote down in what it differs. */
    private static final Difference UNTOLD =
            new Difference("unknown", true, "in what else it differs from the run was not written down");

    /**
     * Something in which a replay was not like the run.
     *
     * @param name names it in results, the same in every one
     * @param easier whether the client may have had less to do for it than in the run, and so added less
     * @param text what was so in the replay, and what in the run
     */
    public record Difference(String name, boolean easier, String text) {
        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", name);
            map.put("easier", easier);
            map.put("text", text);
            return map;
        }

        private static Difference ofMap(Map<?, ?> map) {
            return new Difference(
                    String.valueOf(map.get("name")),
                    !Boolean.FALSE.equals(map.get("easier")),
                    String.valueOf(map.get("text")));
        }
    }

    /**
     * Copies its list and its map.
     *
     * @param replay as of the record
     * @param streams as of the record
     * @param machineShare as of the record
     * @param differs copied
     * @param metrics copied
     */
    public ClientOverhead {
        differs = List.copyOf(differs);
        metrics = Collections.unmodifiableMap(new EnumMap<>(metrics));
    }

    /**
     * {@return what it added to a metric; {@link Distribution#EMPTY} where that is not known}
     *
     * @param metric which one
     */
    public Distribution metric(Metric metric) {
        return metrics.getOrDefault(metric, Distribution.EMPTY);
    }

    /**
     * {@return whether the client added no more than that in the run: the metronome took processor time from it that the
     * endpoint does not take, and in nothing was the replay easier}
     */
    public boolean upperBound() {
        return replay && machineShare > BUSY && differs.stream().noneMatch(Difference::easier);
    }

    /** {@return the figures as numbers, texts and maps that any JSON library writes; keys carry units} */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("source", replay ? "replay" : "stamps");
        map.put("streams", streams);
        map.put("machineShare", Double.isNaN(machineShare) ? null : machineShare);
        map.put("upperBound", upperBound());
        map.put("differs", differs.stream().map(Difference::toMap).toList());
        Map<String, Object> all = new LinkedHashMap<>();
        metrics.forEach((metric, distribution) -> all.put(metric.label() + "Ms", map(distribution)));
        map.put("metrics", all);
        return map;
    }

    private static Map<String, Object> map(Distribution distribution) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", distribution.count());
        map.put("mean", distribution.mean() / NANOS_PER_MILLI);
        map.put("std", distribution.std() / NANOS_PER_MILLI);
        map.put("min", distribution.min() / NANOS_PER_MILLI);
        map.put("max", distribution.max() / NANOS_PER_MILLI);
        distribution.percentiles().forEach((p, nanos) -> map.put(Percentiles.label(p), nanos / NANOS_PER_MILLI));
        return map;
    }

    /**
     * {@return the figures that {@link #toMap} made, or that were read from a file since; what is missing is not known}
     *
     * @param map keys and values as {@link #toMap} has them
     */
    public static ClientOverhead ofMap(Map<String, Object> map) {
        Map<Metric, Distribution> metrics = new EnumMap<>(Metric.class);
        if (map.get("metrics") instanceof Map<?, ?> all) {
            for (Metric metric : METRICS) {
                if (all.get(metric.label() + "Ms") instanceof Map<?, ?> one) {
                    metrics.put(metric, distribution(one));
                }
            }
        }
        boolean replay = "replay".equals(map.get("source"));
        return new ClientOverhead(
                replay,
                (int) number(map, "streams", 0),
                number(map, "machineShare", Double.NaN),
                differs(map.get("differs"), replay),
                metrics);
    }

    private static List<Difference> differs(Object value, boolean replay) {
        if (value instanceof List<?> all) {
            return all.stream()
                    .filter(Map.class::isInstance)
                    .map(one -> Difference.ofMap((Map<?, ?>) one))
                    .toList();
        }
        return replay ? List.of(UNTOLD) : List.of();
    }

    private static Distribution distribution(Map<?, ?> map) {
        NavigableMap<Double, Double> percentiles = new TreeMap<>();
        map.forEach((key, value) -> Percentiles.ofLabel(String.valueOf(key))
                .ifPresent(p -> percentiles.put(p, number(value, Double.NaN) * NANOS_PER_MILLI)));
        return new Distribution(
                (long) number(map, "count", 0),
                number(map, "mean", Double.NaN) * NANOS_PER_MILLI,
                number(map, "std", Double.NaN) * NANOS_PER_MILLI,
                number(map, "min", Double.NaN) * NANOS_PER_MILLI,
                number(map, "max", Double.NaN) * NANOS_PER_MILLI,
                true,
                percentiles);
    }

    private static double number(Map<?, ?> map, String name, double otherwise) {
        return number(map.get(name), otherwise);
    }

    private static double number(Object value, double otherwise) {
        return value instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** Collects requests; those that failed, or whose endpoint told no stamps, are left out. Not thread-safe. */
    public static final class Builder {
        private final Map<Metric, Sample> samples = new EnumMap<>(Metric.class);
        private final Gaps gaps = new Gaps();
        private final List<Double> percentiles;

        /**
         * A builder without requests.
         *
         * @param shown the percentiles that are there besides the {@link Percentiles#STANDARD} ones
         */
        public Builder(List<Double> shown) {
            percentiles = Percentiles.with(shown);
            List.of(Metric.TTFT, Metric.TPOT, Metric.E2EL).forEach(metric -> samples.put(metric, new Sample()));
        }

        /**
         * Takes in a request.
         *
         * @param record one of the replay that has ended
         * @param furtherTokens what the time from the first event to the last is divided by for tpot; NaN for no tpot
         */
        public void add(RequestRecord record, double furtherTokens) {
            if (!record.succeeded() || record.serverReceivedNanos() == RequestRecord.ABSENT) {
                return;
            }
            if (!record.streamed()) {
                whole(record);
            } else if (record.serverEventNanos().length == record.eventNanos().length) {
                streamed(record, furtherTokens);
            }
        }

        private void whole(RequestRecord record) {
            if (record.serverEventNanos().length == 1) {
                samples.get(Metric.E2EL).add(late(record, record.endNanos(), record.serverEventNanos()[0]));
            }
        }

        private void streamed(RequestRecord record, double furtherTokens) {
            TokenEvents events = TokenEvents.of(record);
            double first = Double.NaN;
            double last = Double.NaN;
            boolean begun = false;
            for (int i = 0; i < record.eventNanos().length; i++) {
                if (!events.bears(i)) {
                    continue;
                }
                long stamp = record.serverEventNanos()[i];
                double late = stamp == RequestRecord.ABSENT ? Double.NaN : late(record, record.eventNanos()[i], stamp);
                if (!begun) {
                    first = late;
                } else if (!Double.isNaN(late - last)) {
                    gaps.add(Math.max(Integer.MIN_VALUE, Math.round(late - last)));
                }
                begun = true;
                last = late;
            }
            samples.get(Metric.TTFT).add(first);
            samples.get(Metric.TPOT).add((last - first) / furtherTokens);
            samples.get(Metric.E2EL).add(last);
        }

        /** How much longer something took for the client than for the endpoint. */
        private static double late(RequestRecord record, long nanos, long stamp) {
            return (nanos - record.sentNanos()) - (stamp - record.serverReceivedNanos());
        }

        /**
         * Takes in another builder's requests.
         *
         * @param other of other requests; left as it is
         */
        public void merge(Builder other) {
            other.samples.forEach((metric, sample) -> samples.get(metric).merge(sample));
            gaps.merge(other.gaps);
        }

        /** {@return what requests of a run against a simulated endpoint came to; no metrics where none was taken in} */
        public ClientOverhead ofRun() {
            return new ClientOverhead(false, 0, Double.NaN, List.of(), metrics());
        }

        /**
         * {@return what the requests of a replay came to}
         *
         * @param streams how many were in flight at most
         * @param machineShare how much of the processors' time the metronome took, 0 to 1
         * @param differs in what the replay was not as the run
         */
        public ClientOverhead ofReplay(int streams, double machineShare, List<Difference> differs) {
            return new ClientOverhead(true, streams, machineShare, differs, metrics());
        }

        private Map<Metric, Distribution> metrics() {
            Map<Metric, Distribution> metrics = new EnumMap<>(Metric.class);
            samples.forEach((metric, sample) -> metrics.put(metric, sample.distribution(percentiles)));
            metrics.put(Metric.ITL, gaps.distribution(percentiles));
            metrics.values().removeIf(Distribution::isEmpty);
            return metrics;
        }
    }
}
