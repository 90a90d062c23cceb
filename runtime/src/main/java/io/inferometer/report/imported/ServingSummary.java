package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A serving benchmark's flat result without its arrays: vLLM's, bench_serving's, SGLang's. */
final class ServingSummary {
    private ServingSummary() {}

    static ToldTrial trial(JsonNode root, Tool tool) {
        long completed = Told.count(root.path("completed"));
        long failed = root.hasNonNull("failed")
                ? Told.count(root.path("failed"))
                : Math.max(0, Told.count(root.path("num_prompts")) - completed);
        long input = Told.count(root.path("total_input_tokens"));
        double seconds = Told.number(root.path("duration"));
        Map<Metric, Distribution> metrics = new EnumMap<>(Metric.class);
        metrics.put(Metric.TTFT, metric(root, "ttft", completed));
        metrics.put(Metric.TPOT, metric(root, "tpot", completed));
        metrics.put(Metric.ITL, metric(root, "itl", completed == 0 ? 0 : Distribution.UNTOLD));
        Distribution e2el = metric(root, "e2el", completed);
        metrics.put(Metric.E2EL, e2el.isEmpty() ? metric(root, "e2e_latency", completed) : e2el);
        return new ToldTrial(
                tool,
                VllmFile.description(root),
                VllmFile.model(root),
                new ToldTrial.Run(VllmFile.startedAt(root), VllmFile.load(root), 0),
                new ToldTrial.Requests(completed, failed, input, Told.count(root.path("total_output_tokens"))),
                new ToldTrial.Rates(
                        seconds * Told.NANOS_PER_SECOND,
                        Told.number(root.path("request_throughput")),
                        input / seconds,
                        Told.number(root.path("output_throughput"))),
                metrics);
    }

    private static Distribution metric(JsonNode root, String name, long count) {
        return Told.distribution(
                root,
                count,
                Told.NANOS_PER_MILLI,
                new String[] {
                    "mean_" + name + "_ms", "std_" + name + "_ms", "min_" + name + "_ms", "max_" + name + "_ms"
                },
                Told.percentiles(Pattern.compile("(?:median|p([0-9.]+))_" + name + "_ms")));
    }
}
