package io.inferometer.workload.binding;

import io.inferometer.annotations.Protocol;
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
 * @param identity what it is called
 * @param endpoint where it is asked
 * @param model what is asked for
 * @param schedule when requests are sent, and how long
 * @param params the parameters, superclass first, as declared
 * @param env the variables that set options, in order of preference
 * @param limits what each request is held to
 * @param results the result files that are written when none is asked for, as declared
 * @param forks the client JVMs that each trial runs in
 */
public record WorkloadDescriptor(
        Identity identity,
        EndpointSpec endpoint,
        ModelSpec model,
        Schedule schedule,
        List<ParamSpec> params,
        List<EnvSpec> env,
        Limits limits,
        List<ResultSpec> results,
        Forks forks) {
    /**
     * Copies what it is given, and checks it.
     *
     * @param identity as of the record
     * @param endpoint as of the record
     * @param model as of the record
     * @param schedule as of the record
     * @param params copied
     * @param env copied
     * @param limits as of the record
     * @param results copied
     * @param forks as of the record
     */
    public WorkloadDescriptor {
        params = List.copyOf(params);
        env = List.copyOf(env);
        results = List.copyOf(results);
        if (schedule.loads().isEmpty()) {
            throw new IllegalArgumentException(identity.name() + " has no load");
        }
        if (schedule.measurement().count() < 1) {
            throw new IllegalArgumentException(identity.name() + " has no measured iteration");
        }
    }

    /**
     * What a workload is called.
     *
     * @param name its name on the command line: the simple name, {@code Outer.Nested} for a nested class
     * @param className its binary name
     * @param description a line about it, may be empty
     * @param main whether a run without a name runs it
     */
    public record Identity(String name, String className, String description, boolean main) {
        /**
         * Checks what it is given.
         *
         * @param name as of the record
         * @param className as of the record
         * @param description as of the record
         * @param main as of the record
         */
        public Identity {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(className, "className");
        }
    }

    /**
     * Where a workload is asked.
     *
     * @param url the base URL, or {@code sim:PROFILE}; empty where none is declared
     * @param path the path of the API below the base URL; empty to derive it
     * @param apiKeyEnv the variable that holds the API key; empty for none
     * @param auth what carries the key, {@code bearer}, {@code api-key-scheme} or a header's name; empty for that of the
     *     protocol and the host
     * @param protocol the protocol that it is asked in; empty for that of its path
     */
    public record EndpointSpec(String url, String path, String apiKeyEnv, String auth, Optional<Protocol> protocol) {}

    /**
     * What is asked for.
     *
     * @param name the model's name; empty where none is declared
     * @param tokenizer its tokenizer; empty to derive it
     */
    public record ModelSpec(String name, String tokenizer) {}

    /**
     * When requests are sent, and how long.
     *
     * @param loads at least one; more than one is swept, a trial each
     * @param warmup the warm-up iterations
     * @param measurement the measured iterations, at least one
     * @param stages what is measured in place of loads and iterations, as the command line has it; empty for nothing
     */
    public record Schedule(List<Load> loads, Iterations warmup, Iterations measurement, String stages) {
        /**
         * Copies what it is given, and checks it.
         *
         * @param loads copied
         * @param warmup as of the record
         * @param measurement as of the record
         * @param stages as of the record
         */
        public Schedule {
            loads = List.copyOf(loads);
            Objects.requireNonNull(stages, "stages");
        }
    }

    /**
     * What each request is held to.
     *
     * @param objective what it must meet to count as goodput
     * @param timeout how long it may take
     */
    public record Limits(Optional<Objective> objective, Optional<Duration> timeout) {}

    /** {@return its name on the command line} */
    public String name() {
        return identity.name();
    }

    /** {@return its binary name} */
    public String className() {
        return identity.className();
    }

    /**
     * Starts the description of a workload; generated code ends it with {@link Builder#build}.
     *
     * @param name on the command line
     * @param className its binary name
     * @return a builder without a load
     */
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
        private String auth = "";
        private Protocol protocol;
        private String model = "";
        private String tokenizer = "";
        private final List<Load> loads = new ArrayList<>();
        private String stages = "";
        private Iterations warmup = Iterations.NONE;
        private Iterations measurement = Iterations.NONE;
        private final List<ParamSpec> params = new ArrayList<>();
        private final List<EnvSpec> env = new ArrayList<>();
        private Objective objective;
        private Duration timeout;
        private final List<ResultSpec> results = new ArrayList<>();
        private Forks forks = Forks.NONE;

        private Builder(String name, String className) {
            this.name = name;
            this.className = className;
        }

        /**
         * Sets what is said of it.
         *
         * @param text one line
         * @return this
         */
        public Builder description(String text) {
            description = text;
            return this;
        }

        /**
         * Has a run without a name run it.
         *
         * @return this
         */
        public Builder main() {
            main = true;
            return this;
        }

        /**
         * Sets the endpoint.
         *
         * @param url as {@code --endpoint} takes it
         * @return this
         */
        public Builder endpoint(String url) {
            endpoint = url;
            return this;
        }

        /**
         * Sets the path of the API.
         *
         * @param apiPath behind the endpoint's URL
         * @return this
         */
        public Builder path(String apiPath) {
            path = apiPath;
            return this;
        }

        /**
         * Sets where the key comes from.
         *
         * @param carriedBy the header that carries it
         * @param env the variable that holds it
         * @return this
         */
        public Builder apiKey(String carriedBy, String env) {
            auth = carriedBy;
            apiKeyEnv = env;
            return this;
        }

        /**
         * Sets the protocol.
         *
         * @param spoken null where the path says it
         * @return this
         */
        public Builder protocol(Protocol spoken) {
            protocol = spoken;
            return this;
        }

        /**
         * Sets the model.
         *
         * @param model as the endpoint knows it
         * @return this
         */
        public Builder model(String model) {
            this.model = model;
            return this;
        }

        /**
         * Sets what counts tokens.
         *
         * @param tokenizer as {@code --tokenizer} takes it
         * @return this
         */
        public Builder tokenizer(String tokenizer) {
            this.tokenizer = tokenizer;
            return this;
        }

        /**
         * Adds a load; more than one is swept.
         *
         * @param load when requests are sent
         * @return this
         */
        public Builder load(Load load) {
            loads.add(load);
            return this;
        }

        /**
         * Measures under stages, in place of loads and iterations.
         *
         * @param text as {@code @Stages} has it
         * @return this
         */
        public Builder stages(String text) {
            stages = text;
            return this;
        }

        /**
         * Sets the iterations of the warm-up.
         *
         * @param iterations none for no warm-up
         * @return this
         */
        public Builder warmup(Iterations iterations) {
            warmup = iterations;
            return this;
        }

        /**
         * Sets the measured iterations.
         *
         * @param iterations at least one
         * @return this
         */
        public Builder measurement(Iterations iterations) {
            measurement = iterations;
            return this;
        }

        /**
         * Adds a parameter.
         *
         * @param name of its field
         * @param type what it may be
         * @param env the variable that replaces the values, comma-separated; empty for none
         * @param values more than one is swept
         * @return this
         */
        public Builder param(String name, ParamType type, String env, String... values) {
            params.add(new ParamSpec(name, type, List.of(values), env));
            return this;
        }

        /**
         * Adds a variable.
         *
         * @param name of the variable
         * @param sets the option
         * @return this
         */
        public Builder env(String name, Setting sets) {
            env.add(new EnvSpec(name, sets));
            return this;
        }

        /**
         * Sets what each request is to keep.
         *
         * @param ttftMillis the time to the first token, in milliseconds; 0 for no limit
         * @param tpotMillis the time per output token, in milliseconds; 0 for no limit
         * @param e2elMillis the time to the end, in milliseconds; 0 for no limit
         * @return this
         */
        public Builder objective(double ttftMillis, double tpotMillis, double e2elMillis) {
            objective = new Objective(ttftMillis, tpotMillis, e2elMillis);
            return this;
        }

        /**
         * Sets how long a request may take.
         *
         * @param timeout from when it is sent to its end, above 0
         * @return this
         */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /**
         * Adds a result file.
         *
         * @param format what is written
         * @param file its path; {@code {timestamp}} becomes the start of the run
         * @return this
         */
        public Builder results(ResultFormat format, String file) {
            results.add(new ResultSpec(format, file));
            return this;
        }

        /**
         * Sets the client JVMs that each trial runs in.
         *
         * @param count how many, one after the other; 0 for the harness's own JVM
         * @param jvm the java command, or the home of a JDK; empty for that of the harness
         * @param jvmArgs the options of these JVMs; none for those of the harness
         * @return this
         */
        public Builder fork(int count, String jvm, String... jvmArgs) {
            forks = new Forks(count, jvm, List.of(jvmArgs));
            return this;
        }

        /**
         * Ends the description.
         *
         * @return the description
         */
        public WorkloadDescriptor build() {
            return new WorkloadDescriptor(
                    new Identity(name, className, description, main),
                    new EndpointSpec(endpoint, path, apiKeyEnv, auth, Optional.ofNullable(protocol)),
                    new ModelSpec(model, tokenizer),
                    new Schedule(loads, warmup, measurement, stages),
                    params,
                    env,
                    new Limits(Optional.ofNullable(objective), Optional.ofNullable(timeout)),
                    results,
                    forks);
        }
    }
}
