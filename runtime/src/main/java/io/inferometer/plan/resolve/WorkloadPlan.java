package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.secret.HeaderText;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Resolves one workload: its trials, parameters first, then loads, each in declared order. */
final class WorkloadPlan {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final WorkloadBinding<?> binding;
    private final WorkloadDescriptor workload;
    private final Options options;
    private final UnaryOperator<String> environment;
    private final Layers layers;

    WorkloadPlan(WorkloadBinding<?> binding, Options options, UnaryOperator<String> environment) {
        this.binding = binding;
        this.workload = binding.descriptor();
        this.options = options;
        this.environment = environment;
        this.layers = new Layers(options, workload, environment);
    }

    List<Trial> trials(int firstIndex) {
        EndpointAddress endpoint = new EndpointResolution(layers, workload, options).resolve();
        LoadResolution.Loads loads = new LoadResolution(layers, workload, options).resolve();
        Iterations warmup = iterations(IterationsResolution.Phase.WARMUP, workload.warmup(), loads);
        Iterations measurement = iterations(IterationsResolution.Phase.MEASUREMENT, workload.measurement(), loads);
        String model = model(endpoint);
        String tokenizer = layers.first(Setting.TOKENIZER).map(Given::text).orElse(workload.tokenizer());
        Duration timeout = layers.first(Setting.TIMEOUT)
                .map(Given::time)
                .or(workload::timeout)
                .orElse(TIMEOUT);
        Optional<Objective> objective =
                layers.first(Setting.SLO).map(Given::objective).or(workload::objective);
        Optional<Boolean> streaming = layers.first(Setting.STREAMING).map(Given::flag);
        String extraBody =
                layers.first(Setting.EXTRA_BODY).map(Given::jsonObject).orElse("");
        Map<String, String> headers = HeaderText.parse(options.headers(), environment);
        int gpus = layers.first(Setting.GPUS).map(given -> given.count(1)).orElse(0);
        Forks forks = new ForksResolution(layers, workload.forks()).resolve();
        long seed = layers.first(Setting.SEED).map(Given::seed).orElse(0L);

        List<Trial> trials = new ArrayList<>();
        for (ParamValues params : new ParamSweep(options, layers, workload).resolve()) {
            for (Load load : loads.all()) {
                trials.add(new Trial(
                        firstIndex + trials.size(),
                        0,
                        binding,
                        params,
                        load,
                        warmup,
                        measurement,
                        endpoint,
                        model,
                        tokenizer,
                        timeout,
                        objective,
                        streaming,
                        extraBody,
                        headers,
                        gpus,
                        forks,
                        seed));
            }
        }
        return trials;
    }

    /** The share of measured requests that may fail. */
    double maxFailures() {
        return layers.first(Setting.MAX_FAILURES).map(Given::share).orElse(0.0);
    }

    /** When it is measured what the client itself adds. */
    Optional<Plan.Calibrate> calibrate() {
        return layers.first(Setting.CALIBRATE).map(given -> given.choice(Plan.Calibrate.class));
    }

    /** The percentiles that tables show. */
    Optional<List<Double>> percentiles() {
        return layers.first(Setting.PERCENTILES).map(Given::percentiles);
    }

    /** When the run is ended. */
    Optional<Duration> runTime() {
        return layers.first(Setting.RUN_TIME).map(Given::time);
    }

    /** How long requests in flight have to end when the run is interrupted. */
    Optional<Duration> grace() {
        return layers.first(Setting.GRACE).map(Given::timeOrNone);
    }

    /** How long nothing is sent between two trials. */
    Duration pause() {
        return layers.first(Setting.PAUSE).map(Given::time).orElse(Duration.ZERO);
    }

    /** How long an endpoint that is not ready is waited for. */
    Duration readyTimeout() {
        return layers.first(Setting.READY_TIMEOUT).map(Given::time).orElse(Duration.ZERO);
    }

    /** What moves the bytes. */
    Plan.Transport.Kind transport() {
        return layers.first(Setting.TRANSPORT)
                .map(given -> given.choice(Plan.Transport.Kind.class))
                .orElse(Plan.Transport.Kind.JDK);
    }

    List<Plan.ResultFile> results(ResultResolution files) {
        return files.of(layers, workload.results());
    }

    private Iterations iterations(IterationsResolution.Phase phase, Iterations declared, LoadResolution.Loads loads) {
        return new IterationsResolution(phase, layers, workload.name(), declared).resolve(loads);
    }

    /** A whole URL may imply its model; a base URL, below which many models may live, does not. */
    private String model(EndpointAddress endpoint) {
        String model = layers.first(Setting.MODEL).map(Given::text).orElse(workload.model());
        if (model.isEmpty() && !endpoint.whole() && !endpoint.simulated()) {
            List<String> variables = layers.variables(Setting.MODEL);
            throw new UsageException(workload.name() + " asks for no model: give --model NAME"
                    + (variables.isEmpty() ? "" : ", or set " + String.join(" or ", variables)));
        }
        return model;
    }
}
