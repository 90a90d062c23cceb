package io.inferometer.processor;

import io.inferometer.annotations.Measurement;
import io.inferometer.annotations.Warmup;
import io.inferometer.processor.binding.WorkloadModel;
import io.inferometer.processor.binding.WorkloadModel.Extent;
import io.inferometer.processor.binding.WorkloadModel.Iterations;
import io.inferometer.processor.binding.WorkloadModel.Load;
import io.inferometer.processor.binding.WorkloadModel.Time;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import io.inferometer.processor.declaration.Site;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Reads how many iterations there are and how long each is, warm-up and measured. */
final class IterationsReader {
    private final Lineage lineage;
    private final Optional<Load> load;
    private final boolean inSessions;
    private final Problems problems;

    /**
     * @param load the load they are under; empty where it could not be read, which leaves out what depends on it
     * @param inSessions whether the workload is asked turn by turn
     */
    IterationsReader(Lineage lineage, Optional<Load> load, boolean inSessions, Problems problems) {
        this.lineage = lineage;
        this.load = load;
        this.inSessions = inSessions;
        this.problems = problems;
    }

    /** The warm-up; empty where none is declared. */
    Optional<Iterations> warmup() {
        Optional<Declared> declared = lineage.nearest(Warmup.class).filter(Declared::whole);
        declared.ifPresent(warmup -> {
            long count = warmup.number("iterations");
            if (count < 0) {
                problems.add(Rule.NEGATIVE_ITERATIONS, warmup.site("iterations"), count);
            }
            checkExtent(warmup, count != 0);
        });
        return declared.map(IterationsReader::iterations);
    }

    /** The measurement; empty where there is none that can be read. */
    Optional<Iterations> measurement() {
        Optional<Declared> nearest = lineage.nearest(Measurement.class);
        if (nearest.isEmpty() && lineage.complete()) {
            problems.add(
                    Rule.NO_MEASUREMENT,
                    Site.of(lineage.workload()),
                    lineage.workload().getSimpleName(),
                    suggestion());
        }
        Optional<Declared> declared = nearest.filter(Declared::whole);
        declared.ifPresent(measurement -> {
            long count = measurement.number("iterations");
            if (count < 1) {
                problems.add(Rule.NO_ITERATION, measurement.site("iterations"), count);
            }
            boolean endsByItself =
                    underLoad(WorkloadModel.AllAtOnce.class) || underLoad(WorkloadModel.Replay.class) || inSessions;
            checkExtent(measurement, !(endsByItself || load.isEmpty()));
        });
        return declared.map(IterationsReader::iterations);
    }

    private void checkExtent(Declared iterations, boolean needed) {
        List<String> given = given(iterations);
        if (given.isEmpty() && needed) {
            problems.add(Rule.NO_EXTENT, iterations.site(), iterations.label(), suggestion());
        } else if (given.size() > 1) {
            String other = given.get(1);
            problems.add(Rule.TWO_EXTENTS, iterations.site(other), iterations.label(), given.get(0), other);
        }
        for (String name : given) {
            if (iterations.number(name) < 1) {
                problems.add(
                        Rule.EXTENT_VALUE, iterations.site(name), name, iterations.label(), iterations.number(name));
            }
        }
        if (given.contains("sessions")) {
            checkSessions(iterations);
        }
        if (given.contains("time")) {
            checkTime(iterations);
        }
        if (given.contains("requestsPerSlot") && load.isPresent() && !underLoad(WorkloadModel.ClosedLoop.class)) {
            problems.add(
                    Rule.SLOTS_WITHOUT_CLOSED_LOOP,
                    iterations.site("requestsPerSlot"),
                    lineage.workload().getSimpleName(),
                    load.get().annotation(),
                    Math.max(1, iterations.number("requestsPerSlot")));
        }
    }

    private void checkSessions(Declared iterations) {
        if (!inSessions) {
            problems.add(
                    Rule.SESSIONS_WITHOUT_TURN,
                    iterations.site("sessions"),
                    lineage.workload().getSimpleName(),
                    Math.max(1, iterations.number("sessions")));
        }
    }

    private void checkTime(Declared iterations) {
        Time time = time(iterations, "time", "timeUnit");
        if (tooLong(time)) {
            problems.add(
                    Rule.TOO_LONG,
                    iterations.site("time"),
                    "The time of " + iterations.label(),
                    time.amount(),
                    time.unit());
        }
        if (underLoad(WorkloadModel.AllAtOnce.class)) {
            problems.add(
                    Rule.TIME_ALL_AT_ONCE,
                    iterations.site("time"),
                    lineage.workload().getSimpleName());
        }
    }

    private boolean underLoad(Class<? extends Load> type) {
        return load.filter(type::isInstance).isPresent();
    }

    private String suggestion() {
        return load.isEmpty() || underLoad(WorkloadModel.ClosedLoop.class) ? "requestsPerSlot = 10" : "requests = 100";
    }

    private static List<String> given(Declared iterations) {
        return Stream.of("requests", "requestsPerSlot", "sessions", "time")
                .filter(iterations::writes)
                .toList();
    }

    private static Iterations iterations(Declared declared) {
        return new Iterations(
                (int) declared.number("iterations"),
                given(declared).stream().findFirst().map(name -> extent(declared, name)));
    }

    private static Extent extent(Declared declared, String name) {
        return switch (name) {
            case "requests" -> new WorkloadModel.Requests(declared.number(name));
            case "sessions" -> new WorkloadModel.Sessions(declared.number(name));
            case "requestsPerSlot" -> new WorkloadModel.RequestsPerSlot((int) declared.number(name));
            default -> new WorkloadModel.Lasting(time(declared, name, "timeUnit"));
        };
    }

    static Time time(Declared declared, String amount, String unit) {
        return new Time(declared.number(amount), TimeUnit.valueOf(declared.constant(unit)));
    }

    /** Whether the nanoseconds of a time are more than a {@code long} holds. */
    static boolean tooLong(Time time) {
        return time.unit().toNanos(time.amount()) == Long.MAX_VALUE;
    }
}
