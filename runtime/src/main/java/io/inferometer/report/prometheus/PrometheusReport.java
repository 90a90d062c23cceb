package io.inferometer.report.prometheus;

import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a run in Prometheus' text form, to be pushed to a gateway: times in seconds, each percentile that its sample
 * carries as a quantile, a trial told apart by its labels. What is absent has no line.
 */
public record PrometheusReport(Destination destination) implements ResultReport {
    @Override
    public void runEnded(RunReport run) throws IOException {
        Exposition all = new Exposition();
        run.trials().forEach(trial -> trial(all, trial, run));
        destination.write(all.text().getBytes(StandardCharsets.UTF_8));
    }

    private static void trial(Exposition all, TrialReport trial, RunReport run) {
        Map<String, String> labels = labels(trial.header());
        Summary summary = trial.summary();
        summary.outcomes()
                .counts()
                .forEach((outcome, count) -> all.gauge(
                        "requests",
                        "Measured requests by how they ended.",
                        with(labels, "outcome", outcome.label()),
                        count));
        for (Metric metric : Metric.values()) {
            times(
                    all,
                    named(metric),
                    "What is called " + metric.label() + ", of successful requests.",
                    labels,
                    summary.metric(metric));
        }
        Summary.Throughput throughput = summary.throughput();
        all.gauge(
                "duration_seconds",
                "First sent to last end.",
                labels,
                throughput.durationNanos() / Exposition.NANOS_PER_SECOND);
        all.gauge(
                "requests_per_second",
                "Successful requests over the duration.",
                labels,
                throughput.requestsPerSecond());
        all.gauge(
                "items_per_second",
                "Texts embedded, or documents ranked, over the duration.",
                labels,
                throughput.itemsPerSecond());
        all.gauge(
                "input_tokens_per_second",
                "Prompt tokens over the duration.",
                labels,
                throughput.inputTokensPerSecond());
        all.gauge(
                "output_tokens_per_second",
                "Output tokens over the duration.",
                labels,
                throughput.outputTokensPerSecond());
        all.gauge(
                "steady_output_tokens_per_second",
                "Output tokens per second while every slot was busy.",
                labels,
                throughput.steadyOutputTokensPerSecond());
        summary.goodput()
                .ifPresent(goodput -> all.gauge(
                        "goodput_share",
                        "Requests that met every objective, of those judged.",
                        labels,
                        goodput.share()));
        trial.overhead()
                .ifPresent(overhead -> overhead.metrics()
                        .forEach((metric, added) -> times(
                                all,
                                "client_overhead_" + named(metric),
                                "What the client itself added to " + metric.label() + ".",
                                labels,
                                added)));
        if (trial.watched()) {
            all.gauge(
                    "client_suspect",
                    "1 where the client may be in the figures.",
                    labels,
                    trial.suspect().isPresent() ? 1 : 0);
        }
        all.gauge("complete", "1 where the run came to its end.", labels, run.complete() ? 1 : 0);
    }

    private static void times(
            Exposition all, String name, String help, Map<String, String> labels, Distribution distribution) {
        if (!distribution.isEmpty()) {
            all.summary(name + "_seconds", help, labels, distribution);
        }
    }

    private static String named(Metric metric) {
        return metric.label().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> labels(TrialHeader trial) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("trial", Integer.toString(trial.index()));
        labels.put("workload", trial.workload());
        labels.put("model", trial.model());
        labels.put("load", Format.load(trial.load()));
        labels.put("simulated", Boolean.toString(trial.simulated()));
        trial.params().forEach((name, value) -> labels.put("param_" + name.replaceAll("[^A-Za-z0-9_]", "_"), value));
        return labels;
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(name, value);
        return more;
    }
}
