package io.inferometer.report.prometheus;

import io.inferometer.stats.Distribution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Families of samples in Prometheus' text form, version 0.0.4: all samples of a family stand together below its head. */
final class Exposition {
    static final double NANOS_PER_SECOND = 1e9;

    private static final double PERCENT = 100;

    private final Map<String, StringBuilder> families = new LinkedHashMap<>();

    /** Adds a number, unless it is none. */
    void gauge(String name, String help, Map<String, String> labels, double value) {
        if (Double.isFinite(value)) {
            sample(family(name, help, "gauge"), "inferometer_" + name, labels, value);
        }
    }

    /** Adds times in nanoseconds, as seconds. */
    void summary(String name, String help, Map<String, String> labels, Distribution times) {
        StringBuilder family = family(name, help, "summary");
        String full = "inferometer_" + name;
        times.percentiles().forEach((p, nanos) -> {
            if (times.carries(p)) {
                Map<String, String> more = new LinkedHashMap<>(labels);
                more.put("quantile", Double.toString(p / PERCENT));
                sample(family, full, more, nanos / NANOS_PER_SECOND);
            }
        });
        if (!times.untold()) {
            sample(family, full + "_sum", labels, times.mean() * times.count() / NANOS_PER_SECOND);
            sample(family, full + "_count", labels, times.count());
        }
    }

    String text() {
        return String.join("", families.values());
    }

    private StringBuilder family(String name, String help, String type) {
        String full = "inferometer_" + name;
        return families.computeIfAbsent(
                full, key -> new StringBuilder("# HELP " + key + " " + help + "\n# TYPE " + key + " " + type + "\n"));
    }

    private static void sample(StringBuilder family, String name, Map<String, String> labels, double value) {
        family.append(name)
                .append('{')
                .append(labels.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                        .collect(Collectors.joining(",")))
                .append("} ")
                .append(value)
                .append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
