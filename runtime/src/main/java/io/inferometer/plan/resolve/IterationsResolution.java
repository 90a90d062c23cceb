package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Extent;
import io.inferometer.workload.binding.Iterations;
import java.util.Optional;

/** Decides how many iterations there are and how long each is, for the warm-up or for the measurement. */
final class IterationsResolution {
    /** The two kinds of iterations, with the settings of each. */
    enum Phase {
        WARMUP(
                Setting.WARMUP_ITERATIONS,
                Setting.WARMUP_REQUESTS,
                Setting.WARMUP_REQUESTS_PER_SLOT,
                Setting.WARMUP_TIME,
                0,
                "@Warmup",
                "--warmup-requests N, -w TIME or -wi 0"),
        MEASUREMENT(
                Setting.ITERATIONS,
                Setting.REQUESTS,
                Setting.REQUESTS_PER_SLOT,
                Setting.TIME,
                1,
                "@Measurement",
                "--requests N or -r TIME");

        private final Setting iterations;
        private final Setting requests;
        private final Setting requestsPerSlot;
        private final Setting time;
        private final int leastIterations;
        private final String annotation;
        private final String remedy;

        Phase(
                Setting iterations,
                Setting requests,
                Setting requestsPerSlot,
                Setting time,
                int leastIterations,
                String annotation,
                String remedy) {
            this.iterations = iterations;
            this.requests = requests;
            this.requestsPerSlot = requestsPerSlot;
            this.time = time;
            this.leastIterations = leastIterations;
            this.annotation = annotation;
            this.remedy = remedy;
        }
    }

    private final Phase phase;
    private final Layers layers;
    private final String workload;
    private final Iterations declared;

    IterationsResolution(Phase phase, Layers layers, String workload, Iterations declared) {
        this.phase = phase;
        this.layers = layers;
        this.workload = workload;
        this.declared = declared;
    }

    Iterations resolve(LoadResolution.Loads loads) {
        Optional<Given> extentGiven = layers.first(phase.requests, phase.requestsPerSlot, phase.time);
        Optional<Given> countGiven = layers.first(phase.iterations);
        int implied = extentGiven.isPresent() ? Math.max(1, declared.count()) : declared.count();
        int count = countGiven.map(given -> given.count(phase.leastIterations)).orElse(implied);
        if (count == 0) {
            return Iterations.NONE;
        }
        Extent extent = extentGiven.map(this::extent).orElse(declared.extent());
        String origin = extentGiven.map(Given::origin).orElse(phase.annotation + " of " + workload);
        check(extent, origin, loads, countGiven);
        return new Iterations(count, extent);
    }

    private Extent extent(Given given) {
        if (given.setting() == phase.requests) {
            return new Extent.Requests(given.longCount(1));
        }
        if (given.setting() == phase.requestsPerSlot) {
            return new Extent.RequestsPerSlot(given.count(1));
        }
        return new Extent.Time(given.time());
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
        if (extent == null && loads.atOnce() && count.isPresent() && count.get().count(0) > 1) {
            throw count.get()
                    .problem("the first iteration sends all requests of " + workload
                            + ", and leaves none for another; give "
                            + (phase == Phase.WARMUP ? "--warmup-requests" : "--requests") + " N too");
        }
        if (extent == null && !loads.atOnce()) {
            throw new UsageException(count.map(Given::origin).orElse(loads.origin()) + ": " + workload
                    + " does not say how long " + (phase == Phase.WARMUP ? "a warm-up" : "an") + " iteration is; give "
                    + phase.remedy);
        }
    }
}
