package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.RequestRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Requests as columns of numbers, which is how most of them fit into a page. */
final class PointsJson {
    private PointsJson() {}

    /**
     * Each column has an entry a request. {@code sentMs} is since the start of the run, the others are milliseconds since
     * {@code sentMs}, null where it did not come so far. A column that says the same of all is left out.
     */
    static void write(ObjectNode node, List<Point> points) {
        times(node, "scheduled", points, Point::scheduled);
        times(node, "released", points, Point::released);
        ArrayNode sent = node.putArray("sentMs");
        points.forEach(point -> sent.add(Numbers.millis(point.begin())));
        times(node, "first", points, Point::first);
        times(node, "last", points, Point::last);
        times(node, "end", points, Point::end);
        times(node, "gapFrom", points, Point::gapFrom);
        ArrayNode gaps = node.putArray("gap");
        points.forEach(point -> gaps.add(Numbers.millis(point.gap())));
        numbers(node, "index", points, Point::index, Long.MIN_VALUE);
        numbers(node, "slot", points, Point::slot, -1);
        numbers(node, "fork", points, Point::fork, 0);
        numbers(node, "iteration", points, Point::iteration, Long.MIN_VALUE);
        numbers(node, "tokens", points, Point::tokens, -1);
        numbers(node, "session", points, point -> point.place().session(), -1);
        numbers(node, "turn", points, point -> point.place().turn(), -1);
        numbers(node, "stage", points, point -> point.place().stage(), -1);
        if (points.stream().anyMatch(point -> !point.place().branch().isEmpty())) {
            ArrayNode branches = node.putArray("branch");
            points.forEach(point -> branches.add(point.place().branch()));
        }
        outcomes(node, points);
    }

    private static void times(ObjectNode node, String name, List<Point> points, ToLongFunction<Point> time) {
        ArrayNode column = node.putArray(name);
        for (Point point : points) {
            long nanos = time.applyAsLong(point);
            if (nanos == RequestRecord.ABSENT) {
                column.addNull();
            } else {
                column.add(Numbers.millis(nanos - point.begin()));
            }
        }
    }

    /** @param none what stands for no value; a column of it alone is left out */
    private static void numbers(
            ObjectNode node, String name, List<Point> points, ToLongFunction<Point> number, long none) {
        if (points.stream().allMatch(point -> number.applyAsLong(point) == none)) {
            return;
        }
        ArrayNode column = node.putArray(name);
        points.forEach(point -> column.add(number.applyAsLong(point)));
    }

    private static void outcomes(ObjectNode node, List<Point> points) {
        Map<String, Integer> words = new LinkedHashMap<>();
        ArrayNode column = node.putArray("outcome");
        points.forEach(point -> column.add(words.computeIfAbsent(point.outcome(), word -> words.size())));
        ArrayNode names = node.putArray("outcomes");
        words.keySet().forEach(names::add);
    }
}
