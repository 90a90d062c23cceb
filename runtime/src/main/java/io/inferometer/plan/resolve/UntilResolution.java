package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.judge.precision.Goal;
import io.inferometer.judge.precision.Until;
import io.inferometer.stats.interval.Batches;
import io.inferometer.workload.Extent;
import io.inferometer.workload.binding.Iterations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides until when a workload's iterations go on, where they do until figures are precise. */
final class UntilResolution {
    private final Layers layers;
    private final String workload;

    UntilResolution(Layers layers, String workload) {
        this.layers = layers;
        this.workload = workload;
    }

    /** @param measurement the measured iterations, the least there are */
    Optional<Until> resolve(Iterations measurement) {
        Optional<Given> goals = layers.first(Setting.UNTIL);
        Optional<Given> atMost = layers.first(Setting.AT_MOST);
        if (goals.isEmpty()) {
            atMost.ifPresent(given -> {
                throw given.problem("it bounds what --until asks for, and that is not given; give --until 'ttft.p99 5%'"
                        + " too, or --run-time to end the run");
            });
            return Optional.empty();
        }
        List<Goal> asked = goals.get().goals();
        Duration most = atMost.map(Given::time).orElse(Until.USUAL);
        if (measurement.extent() == null) {
            throw goals.get()
                    .problem("the first iteration sends all requests of " + workload
                            + ", and leaves none for another; give --requests N too");
        }
        if (measurement.extent() instanceof Extent.Time time) {
            int least = Math.max(Batches.FEWEST, measurement.count());
            if (time.duration().multipliedBy(least).compareTo(most) > 0) {
                throw atMost.orElse(goals.get())
                        .problem(least + " iterations of " + seconds(time.duration())
                                + ", the least that is measured, take longer than the " + seconds(most)
                                + " of --at-most; give more time, or shorter iterations");
            }
        }
        return Optional.of(new Until(asked, most));
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString() + " s";
    }
}
