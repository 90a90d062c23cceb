package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.stats.Distribution;
import io.inferometer.workload.Load;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as other tools write them: those that are missing, null, NaN or no number at all are NaN. */
final class Told {
    static final double NANOS_PER_MILLI = 1e6;
    static final double NANOS_PER_SECOND = 1e9;

    private Told() {}

    static double number(JsonNode node) {
        return node.asDouble(Double.NaN);
    }

    /** A whole number; 0 where there is none. */
    static long count(JsonNode node) {
        double number = number(node);
        return Double.isFinite(number) ? Math.round(number) : 0;
    }

    /** The first text of these that is there; else empty. */
    static String text(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            if (node.isValueNode() && !node.isNull() && !node.asText().isBlank()) {
                return node.asText();
            }
        }
        return "";
    }

    /**
     * The load that a rate and a concurrency make: open where there is a finite rate, and then the concurrency is a cap.
     *
     * @param concurrency 0 or less, or NaN, where there is none
     * @param even whether requests come at equal times
     */
    static Load load(double rate, double concurrency, boolean even) {
        if (rate > 0 && Double.isFinite(rate)) {
            return new Load.Open(
                    rate,
                    even ? Arrivals.CONSTANT : Arrivals.POISSON,
                    concurrency >= 1 ? (int) concurrency : Load.Open.ANY);
        }
        return concurrency >= 1 ? new Load.Closed((int) concurrency) : new Load.AtOnce();
    }

    /**
     * The summary of a metric in an object.
     *
     * @param count of how many values; {@link Distribution#UNTOLD} where that is not known
     * @param nanos how many nanoseconds the unit has
     * @param names the keys of mean, deviation, least and greatest, in this order
     * @param percentile finds which percentile a key is of; NaN for none
     */
    static Distribution distribution(
            JsonNode object, long count, double nanos, String[] names, Function<String, Double> percentile) {
        NavigableMap<Double, Double> percentiles = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            double p = percentile.apply(field.getKey());
            double value = number(field.getValue());
            if (!Double.isNaN(p) && !Double.isNaN(value)) {
                percentiles.put(p, value * nanos);
            }
        }
        double mean = number(object.path(names[0])) * nanos;
        if (Double.isNaN(mean) && percentiles.isEmpty() || count == 0) {
            return Distribution.EMPTY;
        }
        return new Distribution(
                count,
                mean,
                number(object.path(names[1])) * nanos,
                number(object.path(names[2])) * nanos,
                number(object.path(names[3])) * nanos,
                true,
                percentiles);
    }

    /** Finds percentiles in keys that match: the first group of digits is p, {@code median} is 50. */
    static Function<String, Double> percentiles(Pattern pattern) {
        return key -> {
            Matcher matcher = pattern.matcher(key);
            if (!matcher.matches()) {
                return Double.NaN;
            }
            double p = matcher.group(1) == null ? 50 : Double.parseDouble(matcher.group(1));
            return p <= 100 ? p : Double.NaN;
        };
    }
}
