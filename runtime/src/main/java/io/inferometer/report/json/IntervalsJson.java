package io.inferometer.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Interval;
import io.inferometer.stats.interval.Intervals;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Intervals as JSON: of each metric's mean and the percentiles that tables show, and of the rates. What has none is left
 * out.
 */
final class IntervalsJson {
    private final Intervals intervals;
    private final List<Double> shown;

    private IntervalsJson(Intervals intervals, List<Double> shown) {
        this.intervals = intervals;
        this.shown = shown;
    }

    static JsonNode of(Optional<Intervals> intervals, List<Double> shown) {
        return intervals
                .<JsonNode>map(i -> new IntervalsJson(i, shown).node())
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    private ObjectNode node() {
        ObjectNode node = ResultJson.object()
                .put("level", Interval.LEVEL)
                .put("basis", intervals.basis().label())
                .put("count", intervals.count());
        ObjectNode metrics = node.putObject("metrics");
        for (Metric metric : Metric.values()) {
            ObjectNode of = ResultJson.object();
            put(of, "mean", summary -> summary.metric(metric).mean(), ResultJson::millis);
            shown.forEach(p -> put(
                    of, Percentiles.label(p), summary -> summary.metric(metric).percentile(p), ResultJson::millis));
            if (!of.isEmpty() && !RunJson.OF_CONNECTIONS.contains(metric)) {
                metrics.set(metric.label() + "Ms", of);
            }
        }
        ObjectNode rates = node.putObject("throughput");
        put(rates, "requestsPerSecond", summary -> summary.throughput().requestsPerSecond(), ResultJson::number);
        put(rates, "itemsPerSecond", summary -> summary.throughput().itemsPerSecond(), ResultJson::number);
        put(
                rates,
                "outputTokensPerSecond",
                summary -> summary.throughput().outputTokensPerSecond(),
                ResultJson::number);
        return node;
    }

    private void put(
            ObjectNode node, String name, ToDoubleFunction<Summary> statistic, DoubleFunction<JsonNode> number) {
        intervals.of(statistic).ifPresent(interval -> {
            ObjectNode one = node.putObject(name);
            one.set("center", number.apply(interval.center()));
            one.set("halfWidth", number.apply(interval.halfWidth()));
            one.put("count", interval.count());
        });
    }
}
