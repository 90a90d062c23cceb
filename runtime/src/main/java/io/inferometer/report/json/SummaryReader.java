package io.inferometer.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.record.Outcome;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.stats.token.TokenTotals;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the summary of an iteration, or of a trial, from a native result: all that a figure which is judged is made of. */
final class SummaryReader {
    private static final double NANOS_PER_MILLI = 1e6;

    private SummaryReader() {}

    static Summary summary(JsonNode node) {
        return new Summary(
                outcomes(node.required("requests")),
                TokenTotals.told(
                        node.at("/tokens/input").asLong(),
                        node.at("/tokens/output").asLong()),
                new Summary.Connections(
                        node.at("/connections/cold").asLong(),
                        node.at("/connections/reused").asLong()),
                throughput(node.required("throughput")),
                metrics(node.required("metrics")),
                Map.of(),
                Map.of(),
                Optional.of(node.path("arrivals")).filter(JsonNode::isObject).map(SummaryReader::arrivals),
                Optional.of(node.path("goodput")).filter(JsonNode::isObject).map(SummaryReader::goodput),
                Optional.empty(),
                Optional.empty());
    }

    private static Summary.Outcomes outcomes(JsonNode requests) {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        requests.required("outcomes")
                .properties()
                .forEach(count -> counts.put(
                        Outcome.ofLabel(count.getKey()), count.getValue().asLong()));
        return new Summary.Outcomes(counts);
    }

    private static Summary.Throughput throughput(JsonNode node) {
        return new Summary.Throughput(
                nanos(node, "durationMs"),
                number(node, "requestsPerSecond"),
                number(node, "itemsPerSecond"),
                number(node, "inputTokensPerSecond"),
                number(node, "outputTokensPerSecond"),
                number(node, "steadyOutputTokensPerSecond"),
                number(node, "peakOutputTokensPerSecond"),
                node.path("peakInFlight").asLong(),
                nanos(node, "launchSkewMs"),
                Optional.empty(),
                Optional.empty());
    }

    private static Map<Metric, Distribution> metrics(JsonNode node) {
        Map<Metric, Distribution> metrics = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            JsonNode of = node.path(metric.label() + "Ms");
            if (of.isObject()) {
                metrics.put(metric, distribution(of));
            }
        }
        return metrics;
    }

    private static Distribution distribution(JsonNode node) {
        NavigableMap<Double, Double> percentiles = new TreeMap<>();
        node.properties().forEach(field -> {
            if (field.getKey().matches("p[0-9.]+")) {
                percentiles.put(
                        Double.valueOf(field.getKey().substring(1)),
                        field.getValue().asDouble(Double.NaN) * NANOS_PER_MILLI);
            }
        });
        return new Distribution(
                node.path("count").asLong(Distribution.UNTOLD),
                nanos(node, "mean"),
                nanos(node, "std"),
                nanos(node, "min"),
                nanos(node, "max"),
                node.path("exact").asBoolean(true),
                percentiles);
    }

    /** How requests in flight went on is not told: whether they overloaded the endpoint is a warning of the trial. */
    private static Summary.Arrivals arrivals(JsonNode node) {
        return new Summary.Arrivals(
                number(node, "offeredRequestsPerSecond"),
                number(node, "achievedRequestsPerSecond"),
                false,
                List.of(),
                Optional.empty());
    }

    private static Summary.Goodput goodput(JsonNode node) {
        return new Summary.Goodput(
                node.required("requests").asLong(),
                node.required("judged").asLong(),
                node.required("notJudged").asLong(),
                number(node, "requestsPerSecond"));
    }

    /** NaN where it is null. */
    private static double number(JsonNode node, String name) {
        return node.path(name).asDouble(Double.NaN);
    }

    private static double nanos(JsonNode node, String name) {
        return number(node, name) * NANOS_PER_MILLI;
    }
}
