package io.inferometer.workload.binding;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a workload's annotations say, with the defaults filled in.
 *
 * @param name its name on the command line: the simple name, {@code Outer.Nested} for a nested class
 * @param className its binary name
 * @param description a line about it, may be empty
 * @param main whether a run without a name runs it
 * @param endpoint the base URL, or {@code sim:PROFILE}; empty where none is declared
 * @param path the path of the API below the base URL; empty to derive it
 * @param apiKeyEnv the variable that holds the API key; empty for none
 * @param apiKeyScheme what stands before the key in the {@code Authorization} header
 * @param model the model that is asked for; empty where none is declared
 * @param tokenizer the model's tokenizer; empty to derive it
 * @param loads when requests are sent; more than one is swept, a trial each
 * @param warmup the warm-up iterations
 * @param measurement the measured iterations, at least one
 * @param params the parameters, superclass first, as declared
 * @param env the variables that set options, in order of preference
 * @param objective what a request must meet to count as goodput
 * @param timeout how long a request may take
 * @param results the result file that is written when none is asked for
 * @param forks the client JVMs that each trial runs in
 */
public record WorkloadDescriptor(
        String name,
        String className,
        String description,
        boolean main,
        String endpoint,
        String path,
        String apiKeyEnv,
        String apiKeyScheme,
        String model,
        String tokenizer,
        List<Load> loads,
        Iterations warmup,
        Iterations measurement,
        List<ParamSpec> params,
        List<EnvSpec> env,
        Optional<Objective> objective,
        Optional<Duration> timeout,
        Optional<ResultSpec> results,
        Forks forks) {
    public WorkloadDescriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(className, "className");
        loads = List.copyOf(loads);
        params = List.copyOf(params);
        env = List.copyOf(env);
        if (loads.isEmpty()) {
            throw new IllegalArgumentException(name + " has no load");
        }
        if (measurement.count() < 1) {
            throw new IllegalArgumentException(name + " has no measured iteration");
        }
    }

    /** Starts the description of a workload; generated code ends it with {@link Builder#build}. */
    public static Builder of(String name, String className) {
        return new Builder(name, className);
    }

    /** Collects what the annotations say. Not for use by several threads. */
    public static final class Builder {
        private final String name;
        private final String className;
        private String description = "";
        private boolean main;
        private String endpoint = "";
        private String path = "";
        private String apiKeyEnv = "";
        private String apiKeyScheme = "Bearer";
        private String model = "";
        private String tokenizer = "";
        private final List<Load> loads = new ArrayList<>();
        private Iterations warmup = Iterations.NONE;
        private Iterations measurement = Iterations.NONE;
        private final List<ParamSpec> params = new ArrayList<>();
        private final List<EnvSpec> env = new ArrayList<>();
        private Objective objective;
        private Duration timeout;
        private ResultSpec results;
        private Forks forks = Forks.NONE;

        private Builder(String name, String className) {
            this.name = name;
            this.className = className;
        }

        public Builder description(String text) {
            description = text;
            return this;
        }

        public Builder main() {
            main = true;
            return this;
        }

        public Builder endpoint(String url) {
            endpoint = url;
            return this;
        }

        public Builder path(String apiPath) {
            path = apiPath;
            return this;
        }

        public Builder apiKey(String scheme, String env) {
            apiKeyScheme = scheme;
            apiKeyEnv = env;
            return this;
        }

        public Builder model(String model) {
            this.model = model;
            return this;
        }

        public Builder tokenizer(String tokenizer) {
            this.tokenizer = tokenizer;
            return this;
        }

        /** Adds a load; more than one is swept. */
        public Builder load(Load load) {
            loads.add(load);
            return this;
        }

        public Builder warmup(Iterations iterations) {
            warmup = iterations;
            return this;
        }

        public Builder measurement(Iterations iterations) {
            measurement = iterations;
            return this;
        }

        /** Adds a parameter. */
        public Builder param(String name, ParamType type, String env, String... values) {
            params.add(new ParamSpec(name, type, List.of(values), env));
            return this;
        }

        /** Adds a variable. */
        public Builder env(String name, Setting sets) {
            env.add(new EnvSpec(name, sets));
            return this;
        }

        public Builder objective(double ttftMillis, double tpotMillis, double e2elMillis) {
            objective = new Objective(ttftMillis, tpotMillis, e2elMillis);
            return this;
        }

        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        public Builder results(ResultFormat format, String file) {
            results = new ResultSpec(format, file);
            return this;
        }

        /** Sets the client JVMs that each trial runs in. */
        public Builder fork(int count, String jvm, String... jvmArgs) {
            forks = new Forks(count, jvm, List.of(jvmArgs));
            return this;
        }

        public WorkloadDescriptor build() {
            return new WorkloadDescriptor(
                    name,
                    className,
                    description,
                    main,
                    endpoint,
                    path,
                    apiKeyEnv,
                    apiKeyScheme,
                    model,
                    tokenizer,
                    loads,
                    warmup,
                    measurement,
                    params,
                    env,
                    Optional.ofNullable(objective),
                    Optional.ofNullable(timeout),
                    Optional.ofNullable(results),
                    forks);
        }
    }
}
