package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.server.Quantity;
import io.inferometer.stats.server.ReplicaCourse;
import io.inferometer.stats.server.ServerSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The course of a server as panels of the time line, a line each replica: by buckets of time, of which each has the greatest
 * value that was read in it, and none where nothing was.
 */
final class ServerPanels {
    /** Lines beyond could not be told apart. */
    private static final int MOST_LINES = 6;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double PERCENT = 100;

    private final List<ServerSummary.Replica> replicas;
    private final int mostPoints;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;

    /** What a line shows at a reading. */
    private interface Shown {
        double value(ReplicaCourse course, int point);
    }

    /** @param mostPoints how many a line may have */
    ServerPanels(ServerSummary server, int mostPoints) {
        this.mostPoints = mostPoints;
        replicas = server.replicas().stream()
                .filter(replica -> replica.course().size() > 0)
                .toList();
        for (ServerSummary.Replica replica : replicas) {
            from = Math.min(from, replica.course().atNanos(0));
            to = Math.max(to, replica.course().atNanos(replica.course().size() - 1));
        }
    }

    void json(ArrayNode panels) {
        if (replicas.isEmpty()) {
            return;
        }
        panel(panels, "Server: requests in the queue", "requests", gauge(Quantity.QUEUED, 1));
        panel(panels, "Server: requests running", "requests", gauge(Quantity.RUNNING, 1));
        panel(panels, "Server: KV cache", "%", gauge(Quantity.KV_CACHE, PERCENT));
        panel(panels, "Server: prompt tokens from a prefix cache", "%", ServerPanels::hits);
        panel(panels, "Server: GPU power", "W", gauge(Quantity.POWER, 1));
    }

    private static Shown gauge(Quantity gauge, double unit) {
        return (course, point) -> course.value(point, gauge) * unit;
    }

    /** Since the reading before; where only a share since the server's start is told, that. */
    private static double hits(ReplicaCourse course, int point) {
        double queries = point == 0
                ? Double.NaN
                : course.value(point, Quantity.PREFIX_QUERIES) - course.value(point - 1, Quantity.PREFIX_QUERIES);
        if (queries > 0) {
            return (course.value(point, Quantity.PREFIX_HITS) - course.value(point - 1, Quantity.PREFIX_HITS))
                    / queries
                    * PERCENT;
        }
        return course.value(point, Quantity.HIT_RATE) * PERCENT;
    }

    private void panel(ArrayNode panels, String title, String unit, Shown shown) {
        List<ServerSummary.Replica> telling = replicas.stream()
                .filter(replica -> tells(replica.course(), shown))
                .limit(MOST_LINES)
                .toList();
        if (telling.isEmpty()) {
            return;
        }
        long most = telling.stream()
                .mapToLong(replica -> replica.course().size())
                .max()
                .orElseThrow();
        int buckets = (int) Math.max(1, Math.min(mostPoints, most));
        ObjectNode panel = panels.addObject().put("title", title).put("unit", unit);
        ArrayNode at = panel.putArray("atMs");
        long width = (to - from) / buckets + 1;
        for (int i = 0; i < buckets; i++) {
            at.add(Numbers.brief((from + i * width + width / 2) / NANOS_PER_MILLI));
        }
        ArrayNode series = panel.putArray("series");
        for (ServerSummary.Replica replica : telling) {
            ObjectNode line = series.addObject().put("name", name(replica));
            line.set("values", values(replica.course(), shown, buckets, width, line.arrayNode()));
        }
    }

    private static boolean tells(ReplicaCourse course, Shown shown) {
        for (int i = 0; i < course.size(); i++) {
            if (Double.isFinite(shown.value(course, i))) {
                return true;
            }
        }
        return false;
    }

    private ArrayNode values(ReplicaCourse course, Shown shown, int buckets, long width, ArrayNode into) {
        double[] greatest = new double[buckets];
        Arrays.fill(greatest, Double.NaN);
        for (int i = 0; i < course.size(); i++) {
            int bucket = (int) ((course.atNanos(i) - from) / width);
            double value = shown.value(course, i);
            if (Double.isFinite(value) && !(greatest[bucket] >= value)) {
                greatest[bucket] = value;
            }
        }
        for (double value : greatest) {
            if (Double.isNaN(value)) {
                into.addNull();
            } else {
                into.add(Numbers.brief(value));
            }
        }
        return into;
    }

    private static String name(ServerSummary.Replica replica) {
        List<String> words = new ArrayList<>();
        if (!replica.engine().isEmpty()) {
            words.add(replica.engine());
        }
        words.add(replica.url().replaceFirst("^https?://", "").replaceFirst("/metrics$", ""));
        return String.join(" ", words);
    }
}
