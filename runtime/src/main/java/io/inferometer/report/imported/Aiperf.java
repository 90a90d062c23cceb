package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** AIPerf's exported profile: a summary for each metric, with its unit. */
final class Aiperf {
    private static final String[] NAMES = {"avg", "std", "min", "max"};
    private static final Pattern PERCENTILE = Pattern.compile("p([0-9.]+)");

    private Aiperf() {}

    static ToldTrial trial(JsonNode root) {
        long succeeded = Told.count(root.path("request_count").path("avg"));
        JsonNode config = root.path("input_config");
        JsonNode loadgen = config.path("loadgen");
        JsonNode endpoint = config.path("endpoint");
        double input = Told.number(root.path("input_sequence_length").path("avg")) * succeeded;
        double output = Told.number(root.path("output_sequence_length").path("avg")) * succeeded;
        double nanos = nanos(root.path("benchmark_duration"), "sec")
                * Told.number(root.path("benchmark_duration").path("avg"));
        double totalPerSecond = Told.number(root.path("total_token_throughput").path("avg"));
        double outputPerSecond =
                Told.number(root.path("output_token_throughput").path("avg"));
        Map<Metric, Distribution> metrics = new EnumMap<>(Metric.class);
        metrics.put(Metric.TTFT, metric(root.path("time_to_first_token"), succeeded));
        metrics.put(Metric.TPOT, metric(root.path("inter_token_latency"), succeeded));
        metrics.put(Metric.ITL, metric(root.path("inter_chunk_latency"), Distribution.UNTOLD));
        metrics.put(Metric.E2EL, metric(root.path("request_latency"), succeeded));
        return new ToldTrial(
                Tool.AIPERF,
                ("AIPerf " + Told.text(root.path("aiperf_version"))).strip(),
                Told.text(
                        endpoint.path("model_names").path(0),
                        config.path("model_names").path(0),
                        endpoint.path("model_name")),
                new ToldTrial.Run(
                        startedAt(root.path("start_time")),
                        Told.load(
                                Told.number(loadgen.path("request_rate")),
                                Told.number(loadgen.path("concurrency")),
                                Told.text(loadgen.path("request_rate_mode"), loadgen.path("arrival_pattern"))
                                        .toLowerCase(Locale.ROOT)
                                        .contains("constant")),
                        0),
                new ToldTrial.Requests(
                        succeeded,
                        Told.count(root.path("error_request_count").path("avg")),
                        Math.round(input),
                        Math.round(output)),
                new ToldTrial.Rates(
                        nanos,
                        Told.number(root.path("request_throughput").path("avg")),
                        Double.isNaN(totalPerSecond)
                                ? input * Told.NANOS_PER_SECOND / nanos
                                : totalPerSecond - outputPerSecond,
                        outputPerSecond),
                metrics);
    }

    private static Distribution metric(JsonNode metric, long count) {
        return Told.distribution(
                metric,
                metric.hasNonNull("count")
                        ? Told.count(metric.path("count"))
                        : count == 0 ? Distribution.UNTOLD : count,
                nanos(metric, "ms"),
                NAMES,
                Told.percentiles(PERCENTILE));
    }

    /** How many nanoseconds the unit of a metric has. */
    private static double nanos(JsonNode metric, String otherwise) {
        String unit = metric.path("unit").asText(otherwise).toLowerCase(Locale.ROOT);
        return switch (unit) {
            case "ns", "nanoseconds" -> 1;
            case "us", "microseconds" -> 1e3;
            case "ms", "milliseconds" -> Told.NANOS_PER_MILLI;
            case "s", "sec", "seconds" -> Told.NANOS_PER_SECOND;
            default -> throw new IllegalArgumentException("a time in it has the unknown unit " + unit);
        };
    }

    private static Optional<Instant> startedAt(JsonNode time) {
        String text = time.asText("");
        try {
            return Optional.of(
                    text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
