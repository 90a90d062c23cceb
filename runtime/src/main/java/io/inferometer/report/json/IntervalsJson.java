package io.inferometer.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.judge.Figure;
import io.inferometer.judge.precision.Precision;
import io.inferometer.report.gate.Precisions;
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
 * Intervals as JSON: of each metric's mean and the percentiles that tables show, of the rates and the shares. What has none is
 * left out.
 */
final class IntervalsJson {
    private static final List<String> SHARES = List.of("goodput", "failures");

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
            put(
                    of,
                    "mean",
                    Interval.Scale.LINEAR,
                    summary -> summary.metric(metric).mean(),
                    ResultJson::millis);
            shown.forEach(p -> put(
                    of,
                    Percentiles.label(p),
                    Interval.Scale.LOG,
                    summary -> summary.metric(metric).percentile(p),
                    ResultJson::millis));
            if (!of.isEmpty() && !RunJson.OF_CONNECTIONS.contains(metric)) {
                metrics.set(metric.label() + "Ms", of);
            }
        }
        ObjectNode rates = node.putObject("throughput");
        rate(rates, "requestsPerSecond", Summary.Throughput::requestsPerSecond);
        rate(rates, "itemsPerSecond", Summary.Throughput::itemsPerSecond);
        rate(rates, "inputTokensPerSecond", Summary.Throughput::inputTokensPerSecond);
        rate(rates, "outputTokensPerSecond", Summary.Throughput::outputTokensPerSecond);
        rate(rates, "totalTokensPerSecond", Summary.Throughput::totalTokensPerSecond);
        rate(rates, "steadyOutputTokensPerSecond", Summary.Throughput::steadyOutputTokensPerSecond);
        rate(rates, "peakOutputTokensPerSecond", Summary.Throughput::peakOutputTokensPerSecond);
        put(
                rates,
                "goodRequestsPerSecond",
                Interval.Scale.LINEAR,
                summary -> summary.goodput().map(Summary.Goodput::perSecond).orElse(Double.NaN),
                ResultJson::number);
        ObjectNode shares = node.putObject("shares");
        SHARES.forEach(name -> Figure.of(name)
                .interval(intervals.forks())
                .ifPresent(interval -> shares.set(name, node(interval, ResultJson::number))));
        return node;
    }

    private void rate(ObjectNode node, String name, ToDoubleFunction<Summary.Throughput> rate) {
        put(node, name, Interval.Scale.LINEAR, summary -> rate.applyAsDouble(summary.throughput()), ResultJson::number);
    }

    private void put(
            ObjectNode node,
            String name,
            Interval.Scale scale,
            ToDoubleFunction<Summary> statistic,
            DoubleFunction<JsonNode> number) {
        intervals.of(scale, statistic).ifPresent(interval -> node.set(name, node(interval, number)));
    }

    private static ObjectNode node(Interval interval, DoubleFunction<JsonNode> number) {
        ObjectNode node = ResultJson.object();
        node.set("center", number.apply(interval.center()));
        node.set("low", number.apply(interval.low()));
        node.set("high", number.apply(interval.high()));
        return node.put("scale", interval.scale().label()).put("count", interval.count());
    }

    /** How narrow the figures of a trial are known for which its iterations went on; null where they did not. */
    static JsonNode of(List<Precisions.Row> rows) {
        if (rows.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Precisions.Row row : rows) {
            Precision precision = row.precision();
            ObjectNode node = array.addObject()
                    .put("figure", precision.goal().figure().name())
                    .put("unit", precision.goal().figure().unit().label())
                    .put("fork", row.fork())
                    .put("iterations", precision.iterations());
            precision
                    .interval()
                    .ifPresentOrElse(
                            interval -> node.set("interval", node(interval, ResultJson::number)),
                            () -> node.putNull("interval"));
            node.set("halfWidth", ResultJson.number(precision.width()));
            node.put("wanted", precision.goal().within())
                    .put("reached", precision.reached())
                    .put("reason", precision.lacking().isEmpty() ? null : precision.lacking());
        }
        return array;
    }
}
