package io.inferometer.report.search;

import io.inferometer.judge.Figure;
import io.inferometer.judge.search.Knee;
import io.inferometer.judge.search.SearchRule;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a search was asked for.
 *
 * @param axis what is searched
 * @param rule which loads are tried
 * @param aim what for
 * @param window how long a window of a probe is
 * @param lead how long requests begin, at each load, before those that are judged
 */
public record SearchAsked(Axis axis, SearchRule rule, SearchAim aim, Duration window, Duration lead) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** What is searched. */
    public enum Axis {
        /** The rate of an open loop. */
        RATE("requests/s", "the highest requests/s"),
        /** The slots of a closed loop. */
        CONCURRENCY("slots", "the most slots");

        private final String unit;
        private final String most;

        Axis(String unit, String most) {
            this.unit = unit;
            this.most = most;
        }

        /** {@return what its loads are} */
        public String unit() {
            return unit;
        }

        /** What is searched on it, in words. */
        String most() {
            return most;
        }

        /**
         * {@return a load on it: {@code 4 requests/s}, {@code 1 slot}}
         *
         * @param where requests per second, or slots
         */
        public String load(double where) {
            return Format.plain(where) + " " + (this == CONCURRENCY && where == 1 ? "slot" : unit);
        }

        /** {@return the word in result files} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * {@return where on it a load is}
         *
         * @param load of a probe
         */
        public double of(Load load) {
            if (load instanceof Load.Closed closed) {
                return closed.concurrency();
            }
            return ((Load.Open) load).rate();
        }

        /**
         * {@return a load like another, elsewhere on it}
         *
         * @param where requests per second, or slots
         * @param like has all else of it
         */
        public Load at(double where, Load like) {
            if (this == CONCURRENCY) {
                return new Load.Closed((int) where, ((Load.Closed) like).stagger());
            }
            Load.Open open = (Load.Open) like;
            return new Load.Open(where, open.arrivals(), open.burstiness(), open.mostInFlight(), Optional.empty());
        }
    }

    /** Which loads have reached a rate's knee; empty where limits are searched. */
    Optional<Knee> knee() {
        return aim instanceof SearchAim.Most ? Optional.of(new Knee(rule.tolerance())) : Optional.empty();
    }

    /** {@return the same as numbers, texts and maps, for a journal} */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("axis", axis.label());
        map.put("from", rule.from());
        map.put("to", rule.to());
        map.put("tolerance", rule.tolerance());
        if (aim instanceof SearchAim.Limits limits) {
            map.put("attainment", limits.attainment());
            limit(map, "ttftMs", limits.objective().ttftMillis());
            limit(map, "tpotMs", limits.objective().tpotMillis());
            limit(map, "e2elMs", limits.objective().e2elMillis());
        } else if (aim instanceof SearchAim.Most most) {
            map.put("max", most.rate().name());
        }
        map.put("windowMs", window.toNanos() / NANOS_PER_MILLI);
        map.put("leadMs", lead.toNanos() / NANOS_PER_MILLI);
        return map;
    }

    /**
     * {@return what {@link #toMap} made, or was read from a file since}
     *
     * @param map keys and values as in a result file
     * @throws IllegalArgumentException if something is missing or is not what it should be
     */
    public static SearchAsked ofMap(Map<String, Object> map) {
        Axis axis = Axis.valueOf(String.valueOf(map.get("axis")).toUpperCase(Locale.ROOT));
        return new SearchAsked(
                axis,
                new SearchRule(
                        number(map, "from"), number(map, "to"), axis == Axis.CONCURRENCY, number(map, "tolerance")),
                map.get("max") instanceof String rate
                        ? new SearchAim.Most(Figure.of(rate))
                        : new SearchAim.Limits(
                                new Objective(limit(map, "ttftMs"), limit(map, "tpotMs"), limit(map, "e2elMs")),
                                number(map, "attainment")),
                duration(map, "windowMs"),
                duration(map, "leadMs"));
    }

    /** A limit that was not given is left out. */
    private static void limit(Map<String, Object> map, String name, double millis) {
        if (millis > 0) {
            map.put(name, millis);
        }
    }

    private static double limit(Map<String, Object> map, String name) {
        return map.containsKey(name) ? number(map, name) : 0;
    }

    private static Duration duration(Map<String, Object> map, String name) {
        return Duration.ofNanos(Math.round(number(map, name) * NANOS_PER_MILLI));
    }

    private static double number(Map<String, Object> map, String name) {
        if (map.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("the search has no number " + name);
    }
}
