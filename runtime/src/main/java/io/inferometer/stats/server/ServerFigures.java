package io.inferometer.stats.server;

import io.inferometer.record.server.Quantity;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one replica, or all together, came to in measured iterations, by its own count.
 *
 * @param growths by how much counters grew, of those that are told
 * @param peaks the greatest that gauges were found at, of those that are told; of requests that wait or run all replicas
 *     together, of caches the fullest
 */
public record ServerFigures(Map<Quantity, Growth> growths, Map<Quantity, Double> peaks) {
    /**
     * Copies its maps.
     *
     * @param growths copied
     * @param peaks copied
     */
    public ServerFigures {
        growths = growths.isEmpty() ? Map.of() : new EnumMap<>(growths);
        peaks = peaks.isEmpty() ? Map.of() : new EnumMap<>(peaks);
    }

    /** The growths of several replicas, or iterations, together. */
    static Map<Quantity, Growth> sum(Collection<Map<Quantity, Growth>> all) {
        Map<Quantity, Growth> sum = new EnumMap<>(Quantity.class);
        all.forEach(some -> some.forEach((quantity, growth) -> sum.merge(quantity, growth, Growth::plus)));
        return sum;
    }

    /**
     * {@return by how much a counter grew; NaN where that is not known}
     *
     * @param counter one that only grows
     */
    public double grown(Quantity counter) {
        return growth(counter).amount();
    }

    /**
     * {@return by how much a counter grew, and how well that is known}
     *
     * @param counter one that only grows
     */
    public Growth growth(Quantity counter) {
        return growths.getOrDefault(counter, Growth.UNKNOWN);
    }

    /**
     * {@return the greatest that a gauge was found at; NaN where it was not read while anything was measured}
     *
     * @param gauge one that may fall
     */
    public double peak(Quantity gauge) {
        return peaks.getOrDefault(gauge, Double.NaN);
    }

    /**
     * {@return the share of prompt tokens that was found in a prefix cache; NaN where that is not known, or nothing was
     * looked for}
     */
    public double prefixHitRate() {
        return ratio(Quantity.PREFIX_HITS, Quantity.PREFIX_QUERIES);
    }

    /** {@return the share of drafted tokens that were right; NaN where nothing was drafted} */
    public double draftAcceptance() {
        return ratio(Quantity.ACCEPTED_TOKENS, Quantity.DRAFT_TOKENS);
    }

    /**
     * {@return what one counter grew by for each that another did; NaN where that did not}
     *
     * @param counter what is divided
     * @param each what it is divided by
     */
    public double ratio(Quantity counter, Quantity each) {
        double divisor = grown(each);
        return divisor > 0 ? grown(counter) / divisor : Double.NaN;
    }
}
