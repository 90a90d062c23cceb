package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.Metric;
import io.inferometer.stats.RequestMetrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a page draws of a trial, gathered request by request in bounded memory. Not thread-safe. */
final class TrialCourse {
    private static final List<Metric> DISTRIBUTIONS =
            List.of(Metric.TTFT, Metric.TPOT, Metric.E2EL, Metric.TTFT_FROM_SCHEDULE, Metric.E2EL_FROM_SCHEDULE);

    private final TimeCourse course;
    private final Points points;
    private final Map<Metric, Tail> tails = new EnumMap<>(Metric.class);
    private final Map<List<Integer>, long[]> iterations = new TreeMap<>((a, b) -> {
        int byFork = Integer.compare(a.get(0), b.get(0));
        return byFork != 0 ? byFork : Integer.compare(a.get(1), b.get(1));
    });

    /** @param mostPoints how many requests are drawn one by one, beside the extremes */
    TrialCourse(int mostPoints) {
        course = new TimeCourse();
        points = new Points(mostPoints);
        DISTRIBUTIONS.forEach(metric -> tails.put(metric, new Tail()));
    }

    /** As it is now. */
    TrialCourse(TrialCourse other) {
        course = new TimeCourse(other.course);
        points = new Points(other.points);
        other.tails.forEach((metric, tail) -> tails.put(metric, new Tail(tail)));
        other.iterations.forEach((at, span) -> iterations.put(at, span.clone()));
    }

    void add(RequestRecord record, RequestMetrics metrics) {
        Point point = Point.of(record, metrics);
        course.add(point);
        points.add(point);
        DISTRIBUTIONS.forEach(metric -> tails.get(metric).add(metrics.value(metric)));
        if (point.begin() != RequestRecord.ABSENT && point.end() != RequestRecord.ABSENT) {
            long[] span = iterations.computeIfAbsent(
                    List.of(record.fork(), record.iteration()), key -> new long[] {Long.MAX_VALUE, Long.MIN_VALUE});
            span[0] = Math.min(span[0], point.begin());
            span[1] = Math.max(span[1], point.end());
        }
    }

    ObjectNode json() {
        return json(Integer.MAX_VALUE);
    }

    /** @param most how many requests are drawn one by one at the most: then every n-th of those that would be */
    ObjectNode json(int most) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode distributions = node.putObject("distributions");
        tails.forEach((metric, tail) -> {
            if (!tail.isEmpty()) {
                tail.json(distributions.putObject(metric.label()));
            }
        });
        course.json(node.putObject("course"));
        ArrayNode spans = node.putArray("iterations");
        iterations.forEach((at, span) -> spans.addObject()
                .put("fork", at.get(0))
                .put("iteration", at.get(1))
                .put("fromMs", Numbers.millis(span[0]))
                .put("toMs", Numbers.millis(span[1])));
        List<Point> drawn = every(points.drawn(), most);
        node.put("requestsSeen", points.seen()).put("requestsDrawn", drawn.size());
        PointsJson.write(node.putObject("requests"), drawn);
        return node;
    }

    private static List<Point> every(List<Point> all, int most) {
        int stride = 1 + Math.max(0, all.size() - 1) / most;
        return stride == 1
                ? all
                : IntStream.range(0, all.size())
                        .filter(i -> i % stride == 0)
                        .mapToObj(all::get)
                        .toList();
    }
}
