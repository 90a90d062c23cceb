package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** InferenceMAX's aggregate of a run: statistics in seconds, rates for each GPU, and not of how many requests. */
final class InferenceMax {
    private InferenceMax() {}

    static ToldTrial trial(JsonNode root) {
        long decoding = Told.count(root.path("num_decode_gpu"));
        long gpus = decoding > 0
                ? decoding + Told.count(root.path("num_prefill_gpu"))
                : Math.max(Told.count(root.path("tp")), 0);
        double output = Told.number(root.path("output_tput_per_gpu")) * (decoding > 0 ? decoding : gpus);
        double input = root.hasNonNull("input_tput_per_gpu")
                ? Told.number(root.path("input_tput_per_gpu"))
                        * (decoding > 0 ? Told.count(root.path("num_prefill_gpu")) : gpus)
                : Told.number(root.path("tput_per_gpu")) * gpus - output;
        Map<Metric, Distribution> metrics = new EnumMap<>(Metric.class);
        metrics.put(Metric.TTFT, metric(root, "ttft"));
        metrics.put(Metric.TPOT, metric(root, "tpot"));
        metrics.put(Metric.ITL, metric(root, "itl"));
        metrics.put(Metric.E2EL, metric(root, "e2el"));
        return new ToldTrial(
                Tool.INFERENCEMAX,
                String.join(
                        " ",
                        "InferenceMAX:",
                        Told.text(root.path("framework")),
                        Told.text(root.path("precision")),
                        "on",
                        Told.text(root.path("hw"))),
                Told.text(root.path("model"), root.path("infmax_model_prefix")),
                new ToldTrial.Run(
                        Optional.empty(), Told.load(Double.NaN, Told.number(root.path("conc")), false), (int) gpus),
                new ToldTrial.Requests(0, 0, 0, 0),
                new ToldTrial.Rates(
                        Double.NaN, Double.NaN, gpus == 0 ? Double.NaN : input, gpus == 0 ? Double.NaN : output),
                metrics);
    }

    private static Distribution metric(JsonNode root, String name) {
        return Told.distribution(
                root,
                Distribution.UNTOLD,
                Told.NANOS_PER_SECOND,
                new String[] {"mean_" + name, "std_" + name, "min_" + name, "max_" + name},
                Told.percentiles(Pattern.compile("(?:median|p([0-9.]+))_" + name)));
    }
}
