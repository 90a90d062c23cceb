package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.workload.Load;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GuideLLM's report: a benchmark for each load, each with a summary of each metric over the successful requests. */
final class GuideLlm {
    private static final String[] NAMES = {"mean", "std_dev", "min", "max"};

    /** {@code p05} is 5, and {@code p001} 0.1 as {@code p999} is 99.9. */
    private static final Pattern PERCENTILE = Pattern.compile("p([0-9]{2})([0-9]*)");

    private GuideLlm() {}

    static List<ToldTrial> trials(JsonNode root) {
        List<ToldTrial> trials = new ArrayList<>();
        for (JsonNode benchmark : root.path("benchmarks")) {
            trials.add(trial(root, benchmark));
        }
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("it has no benchmarks: there is nothing to show");
        }
        return trials;
    }

    private static ToldTrial trial(JsonNode root, JsonNode benchmark) {
        JsonNode metrics = benchmark.path("metrics");
        JsonNode totals = metrics.path("request_totals");
        long succeeded = Math.max(
                Told.count(totals.path("successful")),
                Told.count(metrics.path("request_latency").path("successful").path("count")));
        Map<Metric, Distribution> ours = new EnumMap<>(Metric.class);
        ours.put(Metric.TTFT, metric(metrics, "time_to_first_token_ms", Told.NANOS_PER_MILLI, succeeded));
        ours.put(Metric.TPOT, metric(metrics, "inter_token_latency_ms", Told.NANOS_PER_MILLI, succeeded));
        ours.put(Metric.E2EL, metric(metrics, "request_latency", Told.NANOS_PER_SECOND, succeeded));
        double seconds = Told.number(benchmark.path("duration"));
        long input = tokens(metrics, "prompt_token_count", succeeded);
        return new ToldTrial(
                Tool.GUIDELLM,
                ("GuideLLM " + Told.text(root.path("metadata").path("guidellm_version"))).strip(),
                Told.text(
                        root.path("args").path("model"),
                        benchmark.path("benchmarker").path("backend").path("model"),
                        benchmark.path("config").path("backend").path("model")),
                new ToldTrial.Run(startedAt(benchmark), load(benchmark), 0),
                new ToldTrial.Requests(
                        succeeded,
                        Told.count(totals.path("errored")),
                        input,
                        tokens(metrics, "output_token_count", succeeded)),
                new ToldTrial.Rates(
                        seconds * Told.NANOS_PER_SECOND,
                        mean(metrics, "requests_per_second"),
                        input / seconds,
                        mean(metrics, "output_tokens_per_second")),
                ours);
    }

    private static Load load(JsonNode benchmark) {
        JsonNode config = benchmark.path("config").path("strategy");
        JsonNode strategy = config.isObject()
                ? config
                : benchmark.path("scheduler").path("strategy").isObject()
                        ? benchmark.path("scheduler").path("strategy")
                        : benchmark.path("args").path("strategy");
        String type = Told.text(strategy.path("type_")).toLowerCase(Locale.ROOT);
        if (type.equals("synchronous")) {
            return new Load.Closed(1);
        }
        if (type.equals("concurrent") || type.equals("throughput")) {
            String streams = type.equals("concurrent") ? "streams" : "max_concurrency";
            return Told.load(Double.NaN, Told.number(strategy.path(streams)), false);
        }
        return Told.load(Told.number(strategy.path("rate")), Double.NaN, type.equals("constant"));
    }

    private static double mean(JsonNode metrics, String name) {
        return Told.number(metrics.path(name).path("successful").path("mean"));
    }

    private static long tokens(JsonNode metrics, String name, long requests) {
        JsonNode counts = metrics.path(name).path("successful");
        double sum = Told.number(counts.path("total_sum"));
        double mean = Told.number(counts.path("mean")) * requests;
        return Math.round(Double.isNaN(sum) ? mean : sum);
    }

    private static Distribution metric(JsonNode metrics, String name, double nanos, long requests) {
        JsonNode summary = metrics.path(name).path("successful");
        long count = summary.hasNonNull("count") ? Told.count(summary.path("count")) : requests;
        Distribution plain = Told.distribution(summary, count, nanos, NAMES, key -> Double.NaN);
        Distribution percentiles = Told.distribution(summary.path("percentiles"), count, nanos, NAMES, percentile());
        return plain.isEmpty()
                ? percentiles
                : new Distribution(
                        plain.count(),
                        plain.mean(),
                        plain.std(),
                        plain.min(),
                        plain.max(),
                        true,
                        percentiles.percentiles());
    }

    private static Function<String, Double> percentile() {
        return key -> {
            Matcher matcher = PERCENTILE.matcher(key);
            return matcher.matches()
                    ? Double.parseDouble(
                            matcher.group(1) + "." + (matcher.group(2).isEmpty() ? "0" : matcher.group(2)))
                    : Double.NaN;
        };
    }

    private static Optional<Instant> startedAt(JsonNode benchmark) {
        double seconds = Told.number(benchmark.path("start_time"));
        return Double.isFinite(seconds)
                ? Optional.of(Instant.ofEpochMilli(Math.round(seconds * 1e3)))
                : Optional.empty();
    }
}
