package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import java.util.List;

/** What a serving benchmark's result says of its run itself, as far as it does, beside what its arrays come to here. */
final class VllmTable {
    private static final List<Metric> METRICS = List.of(Metric.TTFT, Metric.TPOT, Metric.ITL, Metric.E2EL);

    /** The arrays lack the time from the last token to the token counts: less than this is that. */
    private static final double ALIKE = 0.005;

    private static final double NANOS_PER_MILLI = 1e6;

    private final JsonNode file;
    private final Summary here;
    private final Table table =
            new Table().left("Figure").right("here").right("file").left("Units").right("differs by");

    private VllmTable(JsonNode file, Summary here) {
        this.file = file;
        this.here = here;
    }

    /**
     * The lines of the table.
     *
     * @param file the result
     * @param here what was computed of it
     */
    static List<String> lines(JsonNode file, Summary here) {
        return new VllmTable(file, here).lines();
    }

    private List<String> lines() {
        for (Metric metric : METRICS) {
            Distribution distribution = here.metric(metric);
            String suffix = "_" + metric.label() + "_ms";
            millis(metric.label() + " mean", distribution.mean(), "mean" + suffix);
            millis(metric.label() + " p50", distribution.percentile(50), "median" + suffix);
            millis(metric.label() + " p99", distribution.percentile(99), "p99" + suffix);
        }
        rate("requests/s", here.throughput().requestsPerSecond(), "request_throughput");
        rate("output tokens/s", here.throughput().outputTokensPerSecond(), "output_throughput");
        return table.lines();
    }

    private void millis(String name, double nanos, String key) {
        double told = file.path(key).asDouble(Double.NaN) * NANOS_PER_MILLI;
        row(name, Format.millis(nanos, 3), Format.millis(told, 3), "ms", told / nanos);
    }

    private void rate(String name, double perSecond, String key) {
        double told = file.path(key).asDouble(Double.NaN);
        row(name, Format.brief(perSecond), Format.brief(told), "", told / perSecond);
    }

    private void row(String name, String computed, String told, String units, double ratio) {
        if (!Double.isNaN(ratio)) {
            double difference = Math.abs(ratio - 1);
            table.row(List.of(name, computed, told, units, difference > ALIKE ? Format.percent(difference) : ""));
        }
    }
}
