package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.service.Providers;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plans one workload under an environment and options that a test sets. */
public final class Planning {
    static final Instant NOW = Instant.parse("2026-11-21T10:11:12Z");

    private final List<? extends WorkloadBinding<?>> workloads;
    private final Map<String, String> environment = new HashMap<>();
    public final Options.Builder options = Options.of();

    private Planning(List<? extends WorkloadBinding<?>> workloads) {
        this.workloads = workloads;
    }

    public static Planning of(WorkloadDescriptor.Builder... workloads) {
        return new Planning(java.util.Arrays.stream(workloads)
                .map(workload -> new FakeBinding(workload.build()))
                .toList());
    }

    /** The same of a workload that is asked turn by turn. */
    public static Planning ofTurns(WorkloadDescriptor.Builder workload) {
        return new Planning(List.of(new FakeBinding(workload.build(), true)));
    }

    /** A workload with a declared value, and a variable, for most settings. */
    public static WorkloadDescriptor.Builder declared() {
        return WorkloadDescriptor.of("Hello", "demo.Hello")
                .main()
                .endpoint("http://declared:1")
                .apiKey("Bearer", "KEY")
                .model("declared-model")
                .load(new Load.Closed(4))
                .warmup(Iterations.ofRequestsPerSlot(1, 2))
                .measurement(Iterations.ofRequestsPerSlot(1, 10))
                .env("BASE", Setting.BASE_URL)
                .env("WHOLE", Setting.URL)
                .env("MODEL", Setting.MODEL)
                .env("CONC", Setting.CONCURRENCY)
                .env("RATE", Setting.RATE)
                .env("ARRIVALS", Setting.ARRIVALS)
                .env("NUM_PROMPTS", Setting.REQUESTS)
                .env("DURATION", Setting.TIME)
                .env("ITERATIONS", Setting.ITERATIONS)
                .env("FORMAT", Setting.RESULT_FORMAT)
                .env("RESULT_FILENAME", Setting.RESULT_FILE);
    }

    public Planning env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Planning set(Setting setting, String text) {
        options.set(setting, text);
        return this;
    }

    public Plan plan() {
        return new Planner(Providers.of(workloads), environment::get, Clock.fixed(NOW, ZoneOffset.UTC))
                .plan(options.build());
    }

    /** The plan's only trial. */
    public Trial trial() {
        List<Trial> trials = plan().trials();
        if (trials.size() != 1) {
            throw new AssertionError(trials.size() + " trials");
        }
        return trials.get(0);
    }
}
