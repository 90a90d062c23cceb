package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Extent;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.binding.Iterations;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Decides how many iterations there are and how long each is, for the warm-up or for the measurement. */
final class IterationsResolution {
    /** One of the two kinds of iterations, with the settings of it. */
    record Phase(
            Setting iterations,
            Setting requests,
            Setting requestsPerSlot,
            Setting sessions,
            Setting time,
            int leastIterations,
            String annotation,
            String remedy) {
        static final Phase WARMUP = new Phase(
                Setting.WARMUP_ITERATIONS,
                Setting.WARMUP_REQUESTS,
                Setting.WARMUP_REQUESTS_PER_SLOT,
                Setting.WARMUP_SESSIONS,
                Setting.WARMUP_TIME,
                0,
                "@Warmup",
                "--warmup-requests N, -w TIME or -wi 0");
        static final Phase MEASUREMENT = new Phase(
                Setting.ITERATIONS,
                Setting.REQUESTS,
                Setting.REQUESTS_PER_SLOT,
                Setting.SESSIONS,
                Setting.TIME,
                1,
                "@Measurement",
                "--requests N or -r TIME");

        /** What says how long an iteration is. */
        Set<Setting> extents() {
            return Set.of(requests, requestsPerSlot, sessions, time);
        }
    }

    private static final Iterations ONE_TURN_EACH = new Iterations(1, new Extent.RequestsPerSlot(1));

    private final Phase phase;
    private final Layers layers;
    private final String workload;
    private final boolean inSessions;
    private final Iterations declared;
    private final Consumer<String> notes;

    /**
     * @param inSessions whether the workload is asked turn by turn
     * @param notes is told of what was meant for another kind of load
     */
    IterationsResolution(
            Phase phase,
            Layers layers,
            String workload,
            boolean inSessions,
            Iterations declared,
            Consumer<String> notes) {
        this.phase = phase;
        this.layers = layers;
        this.workload = workload;
        this.inSessions = inSessions;
        this.declared = declared;
        this.notes = notes;
    }

    Iterations resolve(LoadResolution load) {
        Optional<Given> extentGiven = layers.first(phase.requests, phase.requestsPerSlot, phase.sessions, phase.time);
        Optional<Given> countGiven = layers.first(phase.iterations);
        int implied = extentGiven.isPresent() ? Math.max(1, declared.count()) : declared.count();
        int count = countGiven.map(given -> given.count(phase.leastIterations)).orElse(implied);
        if (count == 0) {
            return steadyStart(countGiven) ? ONE_TURN_EACH : Iterations.NONE;
        }
        Extent extent = extentGiven.map(this::extent).orElse(declared.extent());
        String origin = extentGiven.map(Given::origin).orElse(phase.annotation + " of " + workload);
        Layer layer = extentGiven.map(Given::layer).orElse(Layer.ANNOTATION);
        LoadResolution.Loads loads = load.upTo(Layer.OPTION);
        if (loads.layer().compareTo(layer) > 0) {
            extent = under(loads, extent, load.withoutStages().upTo(layer), origin);
        }
        check(extent, origin, loads, countGiven);
        checkRest(extent, origin, loads, count);
        return new Iterations(count, extent);
    }

    /** Whether sessions that are entered in the middle have one turn before it, as long as nobody says otherwise. */
    private boolean steadyStart(Optional<Given> countGiven) {
        return phase == Phase.WARMUP && countGiven.isEmpty() && layers.flag(Setting.STEADY_START);
    }

    /** The one iteration that stages are; an extent, or a number of iterations, that is given as high would be another. */
    Iterations of(StagedLoad stages, LoadResolution.Loads loads) {
        for (Setting setting : List.of(
                phase.iterations, phase.requests, phase.requestsPerSlot, phase.sessions, phase.time, Setting.UNTIL)) {
            layers.first(setting)
                    .filter(given -> given.layer().compareTo(loads.layer()) >= 0)
                    .ifPresent(given -> {
                        throw given.problem("the stages of " + loads.origin()
                                + " are the one measured iteration, as long as they say; leave it out");
                    });
        }
        return Iterations.ofTime(1, stages.time());
    }

    private Extent extent(Given given) {
        if (given.setting() == phase.requests) {
            return new Extent.Requests(given.longCount(1));
        }
        if (given.setting() == phase.requestsPerSlot) {
            return new Extent.RequestsPerSlot(given.count(1));
        }
        if (given.setting() == phase.sessions) {
            if (!inSessions) {
                throw given.problem(workload + " has no sessions: its requests stand alone; give " + phase.remedy);
            }
            return new Extent.Sessions(given.longCount(1));
        }
        return new Extent.Time(given.time());
    }

    /** An extent that stood beside a load which a higher layer has replaced, in what the new kind of load knows. */
    private Extent under(LoadResolution.Loads loads, Extent extent, LoadResolution.Loads replaced, String origin) {
        if (extent instanceof Extent.RequestsPerSlot perSlot && !loads.closed() && replaced.closed()) {
            return told(
                    (long) perSlot.count() * replaced.slots(),
                    origin + ": " + perSlot.count() + " a slot",
                    loads,
                    "as many as for its " + counted(replaced.slots(), "slot"));
        }
        if (extent instanceof Extent.Time time && loads.atOnce() && !replaced.replay()) {
            String was = origin + ": a time of " + seconds(time);
            return replaced.closed()
                    ? told(replaced.slots(), was, loads, "one for each slot of its closed loop")
                    : told(
                            Math.max(
                                    1,
                                    Math.round(replaced.rate() * time.duration().toNanos() / 1e9)),
                            was,
                            loads,
                            "as many as at its " + plain(replaced.rate()) + " per second");
        }
        return extent;
    }

    private Extent told(long requests, String was, LoadResolution.Loads loads, String why) {
        notes.accept(was + " becomes " + counted(requests, "request") + " under " + loads.origin() + ", " + why);
        return new Extent.Requests(requests);
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String seconds(Extent.Time time) {
        return plain(time.duration().toNanos() / 1e9) + " s";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** What is made ahead of the end of a time is not sent: of a replay the next iteration would lack it. */
    private void checkRest(Extent extent, String origin, LoadResolution.Loads loads, int count) {
        if (extent instanceof Extent.Time && loads.replay() && !inSessions && count > 1) {
            throw new UsageException(origin + " is a time, and " + count
                    + " iterations of a replay would not send what was made ready behind the end of each; give "
                    + (phase == Phase.WARMUP ? "--warmup-requests" : "--requests") + " N, or one iteration");
        }
    }

    private void check(Extent extent, String origin, LoadResolution.Loads loads, Optional<Given> count) {
        if (extent instanceof Extent.RequestsPerSlot && !loads.closed()) {
            throw new UsageException(origin + " counts requests per slot, and there are no slots under "
                    + loads.origin() + "; give " + phase.remedy);
        }
        if (extent instanceof Extent.Time && loads.atOnce()) {
            throw new UsageException(origin + " is a time, and under " + loads.origin()
                    + " all requests start at one instant; give --requests N, or --run-time TIME to end the run");
        }
        if (!(extent instanceof Extent.Requests) && loads.rescaled()) {
            throw new UsageException(origin + " is no number of requests, and under " + loads.origin()
                    + " vllm-rescaled arrivals are stretched to one; give "
                    + (phase == Phase.WARMUP ? "--warmup-requests N, or -wi 0" : "--requests N"));
        }
        if (extent != null) {
            return;
        }
        // A workload that says so ends by itself, under whatever load.
        if (declared.count() == 0) {
            throw new UsageException(count.map(Given::origin).orElse(loads.origin()) + ": " + workload
                    + " does not say how long " + (phase == Phase.WARMUP ? "a warm-up" : "an") + " iteration is; give "
                    + phase.remedy);
        }
        if (count.isPresent() && count.get().count(0) > 1) {
            throw count.get()
                    .problem("the first iteration sends all requests of " + workload
                            + ", and leaves none for another; give "
                            + (phase == Phase.WARMUP ? "--warmup-requests" : "--requests") + " N too");
        }
    }
}
