package io.inferometer.stats.server;

import io.inferometer.record.server.Quantity;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The greatest that gauges were found at in a span. */
final class Peaks {
    private Peaks() {}

    /**
     * That of several replicas together, each taken as it was last read; of caches the fullest. NaN where it was not read in
     * the span.
     */
    static double of(Collection<ReplicaCourse> courses, Quantity gauge, ServerWindow.Span span) {
        TreeMap<Long, Map<ReplicaCourse, Double>> read = new TreeMap<>();
        for (ReplicaCourse course : courses) {
            for (int i = 0; i < course.size(); i++) {
                double value = course.value(i, gauge);
                long at = course.atNanos(i);
                if (at >= span.from() && at <= span.to() && !Double.isNaN(value)) {
                    read.computeIfAbsent(at, time -> new HashMap<>()).put(course, value);
                }
            }
        }
        Map<ReplicaCourse, Double> now = new HashMap<>();
        double peak = Double.NaN;
        for (Map<ReplicaCourse, Double> some : read.values()) {
            now.putAll(some);
            double together = gauge == Quantity.KV_CACHE
                    ? now.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElseThrow()
                    : now.values().stream().mapToDouble(Double::doubleValue).sum();
            peak = Double.isNaN(peak) ? together : Math.max(peak, together);
        }
        return peak;
    }
}
