package io.inferometer.stats.server;

import io.inferometer.record.server.Quantity;
import io.inferometer.record.server.ServerReading;
import io.inferometer.record.server.ServerRecord;
import io.inferometer.record.server.ServerTold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the figures of a trial's server of what was learnt of it. Not thread-safe. */
public final class ServerBuilder {
    private final TreeMap<Integer, ReplicaCourse> courses = new TreeMap<>();
    private final Map<Integer, ServerTold> told = new HashMap<>();

    /**
     * Takes what was learnt, each page's in the order of its times.
     *
     * @param learnt of one page
     */
    public void add(ServerRecord learnt) {
        ReplicaCourse course = courses.computeIfAbsent(learnt.replica(), number -> new ReplicaCourse());
        if (learnt instanceof ServerReading reading) {
            course.add(reading);
        } else if (learnt instanceof ServerTold what) {
            told.put(what.replica(), what);
        }
    }

    /**
     * {@return the figures of the iterations that were measured}
     *
     * @param windows in their order, of the same trial
     */
    public ServerSummary build(List<ServerWindow> windows) {
        List<ServerWindow.Span> all =
                windows.stream().flatMap(window -> window.spans().stream()).toList();
        List<ServerSummary.OfIteration> iterations = windows.stream()
                .map(window -> new ServerSummary.OfIteration(
                        window.fork(), window.iteration(), together(courses.values(), window.spans(), all)))
                .toList();
        List<ServerSummary.Replica> replicas = new ArrayList<>();
        courses.forEach((number, course) -> {
            ServerTold what = told.getOrDefault(number, new ServerTold(number, "", "", Map.of()));
            replicas.add(new ServerSummary.Replica(
                    number,
                    what.url(),
                    what.engine(),
                    what.configuration(),
                    together(List.of(course), all, all),
                    course));
        });
        return new ServerSummary(together(courses.values(), all, all), iterations, replicas);
    }

    private static ServerFigures together(
            Collection<ReplicaCourse> courses, List<ServerWindow.Span> spans, List<ServerWindow.Span> all) {
        Map<Quantity, Growth> growths = ServerFigures.sum(
                courses.stream().map(course -> growths(course, spans, all)).toList());
        Map<Quantity, Double> peaks = new EnumMap<>(Quantity.class);
        for (Quantity gauge : Quantity.values()) {
            double peak = gauge.counter() || gauge == Quantity.HIT_RATE
                    ? Double.NaN
                    : spans.stream()
                            .mapToDouble(span -> Peaks.of(courses, gauge, span))
                            .filter(found -> !Double.isNaN(found))
                            .max()
                            .orElse(Double.NaN);
            if (!Double.isNaN(peak)) {
                peaks.put(gauge, peak);
            }
        }
        return new ServerFigures(growths, peaks);
    }

    private static Map<Quantity, Growth> growths(
            ReplicaCourse course, List<ServerWindow.Span> spans, List<ServerWindow.Span> all) {
        Map<Quantity, Growth> growths = new EnumMap<>(Quantity.class);
        Stream.of(Quantity.values())
                .filter(Quantity::counter)
                .forEach(counter -> spans.stream()
                        .map(span -> course.growth(counter, span, all))
                        .reduce(Growth::plus)
                        .filter(growth -> !Double.isNaN(growth.amount()))
                        .ifPresent(growth -> growths.put(counter, growth)));
        return growths;
    }
}
