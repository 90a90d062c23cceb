package io.inferometer.plan.resolve;

import io.inferometer.annotations.Model;
import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.Setting;
import io.inferometer.judge.precision.Until;
import io.inferometer.plan.CacheMarker;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Sharing;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Answers;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Resolves one workload: its trials, parameters first, then loads, each in declared order. */
final class WorkloadPlan {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final WorkloadBinding<?> binding;
    private final WorkloadDescriptor workload;
    private final Options options;
    private final UnaryOperator<String> environment;
    private final Instant startedAt;
    private final Layers layers;
    private final List<String> notes = new ArrayList<>();

    WorkloadPlan(WorkloadBinding<?> binding, Options options, UnaryOperator<String> environment, Instant startedAt) {
        this.startedAt = startedAt;
        this.binding = binding;
        this.workload = binding.descriptor();
        this.options = options;
        this.environment = environment;
        this.layers = new Layers(options, workload, environment);
    }

    List<Trial> trials(int firstIndex) {
        EndpointResolution endpoints = new EndpointResolution(layers, workload, notes::add);
        EndpointAddress endpoint = endpoints.resolve();
        LoadResolution load = new LoadResolution(layers, workload, binding.inSessions());
        LoadResolution.Loads loads = load.resolve();
        LoadResolution warmupLoad = loads.staged().isPresent() ? load.withoutStages() : load;
        Iterations warmup = iterations(
                        IterationsResolution.Phase.WARMUP, workload.schedule().warmup())
                .resolve(warmupLoad);
        IterationsResolution measured = iterations(
                IterationsResolution.Phase.MEASUREMENT, workload.schedule().measurement());
        Iterations measurement =
                loads.staged().map(stages -> measured.of(stages, loads)).orElseGet(() -> measured.resolve(load));
        Optional<Trial.Sessions> sessions = sessions();
        if (sessions.isPresent() && loads.staged().isPresent()) {
            throw new UsageException(loads.origin() + ": the sessions of " + workload.name()
                    + " know no stages; give --rate N or --concurrency N");
        }
        Trial.EveryRequest everyRequest =
                everyRequest(endpoint, endpoints.headers(options.texts(Setting.HEADER), environment));
        Optional<Until> until = new UntilResolution(layers, workload.name()).resolve(measurement);
        Trial.Figures figures = figures();
        tellOfTheTokenizer(everyRequest.model());
        Forks forks = new ForksResolution(layers, workload.forks()).resolve();
        Trial.Drawing drawing = new Trial.Drawing(
                layers.first(Setting.SEED).map(Given::seed).orElse(0L),
                layers.flag(Setting.SAME_PROMPTS),
                files(loads),
                marker());

        List<Trial> trials = new ArrayList<>();
        for (ParamValues params : new ParamSweep(options, layers, workload, notes::add).resolve()) {
            for (Load one : loads.all()) {
                trials.add(new Trial(
                        firstIndex + trials.size(),
                        0,
                        binding,
                        params,
                        new Trial.Schedule(
                                one,
                                warmup,
                                measurement,
                                until,
                                sessions,
                                loads.staged().isPresent()
                                        ? warmupLoad.upTo(Layer.OPTION).all().get(0)
                                        : one),
                        endpoint,
                        everyRequest,
                        figures,
                        forks,
                        drawing,
                        Optional.empty()));
            }
        }
        layers.first(Setting.MEMBERS)
                .ifPresent(members -> trials.forEach(trial -> Sharing.problem(trial.schedule(), members.count(1))
                        .ifPresent(problem -> {
                            throw members.problem(problem);
                        })));
        return trials;
    }

    private FileReading files(LoadResolution.Loads loads) {
        Optional<Given> steady = layers.first(Setting.STEADY_START).filter(Given::flag);
        Optional<Given> answers = layers.first(Setting.ANSWERS);
        steady.or(() -> answers).filter(given -> !binding.inSessions()).ifPresent(given -> {
            throw given.problem(workload.name() + " has no sessions: its requests stand alone; leave it out");
        });
        steady.filter(given -> !loads.closed()).ifPresent(given -> {
            throw given.problem("there are no slots whose sessions could be entered in the middle under "
                    + loads.origin() + "; give --concurrency N");
        });
        return new FileReading(
                layers.first(Setting.TIME_UNIT).map(Given::timeUnit),
                layers.flag(Setting.SKIP_BAD_LINES),
                answers.map(given -> given.choice(Answers.class)),
                steady.isPresent());
    }

    private Optional<Trial.Sessions> sessions() {
        Optional<Given> most = layers.first(Setting.MAX_TURNS);
        Optional<Given> failed = layers.first(Setting.ON_FAILED_TURN);
        if (!binding.inSessions()) {
            most.or(() -> failed).ifPresent(given -> {
                throw given.problem(workload.name() + " has no sessions: its requests stand alone; leave it out");
            });
            return Optional.empty();
        }
        Trial.Sessions usual = Trial.Sessions.USUAL;
        return Optional.of(new Trial.Sessions(
                most.map(given -> given.count(1)).orElse(usual.mostTurns()),
                failed.map(given -> given.choice(Trial.OnFailedTurn.class)).orElse(usual.onFailedTurn())));
    }

    /** By itself a run marks prompts that are made up, unless all forks are to have the same, and nothing that was recorded. */
    private CacheMarker marker() {
        long seed = startedAt.getEpochSecond() * 1_000_000_000L + startedAt.getNano();
        Optional<Given> given = layers.first(Setting.CACHE_MARKER);
        if (given.isPresent()) {
            CacheMarker.Scope scope = given.get().choice(CacheMarker.Scope.class);
            return scope == CacheMarker.Scope.NONE ? CacheMarker.NONE : new CacheMarker(scope, true, seed);
        }
        boolean recorded = workload.schedule().loads().get(0) instanceof Load.Replay
                || workload.model().name().equals(Model.OF_EACH_REQUEST);
        return recorded || layers.flag(Setting.SAME_PROMPTS)
                ? CacheMarker.NONE
                : new CacheMarker(CacheMarker.Scope.RUN, false, seed);
    }

    private Trial.EveryRequest everyRequest(EndpointAddress endpoint, Map<String, String> headers) {
        return new Trial.EveryRequest(
                model(endpoint),
                layers.first(Setting.MODEL).isPresent(),
                streaming(endpoint.protocol()),
                layers.first(Setting.LENGTH_FIELD).map(Given::text).orElse(""),
                extraBody(),
                headers,
                layers.first(Setting.TIMEOUT)
                        .map(Given::time)
                        .or(workload.limits()::timeout)
                        .orElse(TIMEOUT),
                traceparent(headers));
    }

    private boolean traceparent(Map<String, String> headers) {
        Optional<Given> given = layers.first(Setting.TRACEPARENT).filter(Given::flag);
        if (headers.keySet().stream().anyMatch("traceparent"::equalsIgnoreCase)) {
            given.ifPresent(it -> {
                throw it.problem(
                        "a header traceparent is given too, which would make all requests one trace; give one of"
                                + " them");
            });
        }
        return given.isPresent();
    }

    /** Vectors and orders come in one piece. */
    private Optional<Boolean> streaming(Protocol protocol) {
        Optional<Given> given = layers.first(Setting.STREAMING);
        if (given.filter(Given::flag).isPresent()
                && Set.of(Protocol.EMBEDDINGS, Protocol.RERANK).contains(protocol)) {
            throw given.get()
                    .problem(
                            protocol.name().toLowerCase(Locale.ROOT) + " has no stream: its answers come in one piece");
        }
        return given.map(Given::flag);
    }

    /** A workload's own tokenizer is that of its own model. */
    private void tellOfTheTokenizer(String model) {
        String tokenizer = workload.model().tokenizer();
        boolean own = model.isEmpty()
                || model.equals(workload.model().name())
                || model.toLowerCase(Locale.ROOT).contains(tokenizer.toLowerCase(Locale.ROOT));
        if (layers.first(Setting.TOKENIZER).isEmpty() && !tokenizer.isEmpty() && !own) {
            notes.add("the tokenizer " + tokenizer + " is that of "
                    + (workload.model().name().isEmpty()
                            ? workload.name()
                            : workload.model().name()) + ", and is applied to the"
                    + " texts of " + model + " too, whose own can be named with --tokenizer");
        }
    }

    /** What is put over every body; a field that is to be left out is null there. */
    private String extraBody() {
        String given = layers.first(Setting.EXTRA_BODY).map(Given::jsonObject).orElse("");
        if (layers.first(Setting.STREAMING).map(Given::flag).orElse(true)) {
            layers.first(Setting.EXTRA_BODY).ifPresent(Given::refuseChoicesInAStream);
        }
        return layers.first(Setting.OMIT)
                .map(fields -> fields.omittedFrom(given))
                .orElse(given);
    }

    private Trial.Figures figures() {
        return new Trial.Figures(
                layers.first(Setting.TOKENIZER)
                        .map(Given::text)
                        .orElse(workload.model().tokenizer()),
                layers.first(Setting.SLO).map(Given::objective).or(workload.limits()::objective),
                layers.first(Setting.GPUS).map(given -> given.count(1)).orElse(0),
                layers.first(Setting.SERVER_METRICS).map(Given::metricsPages).orElse(List.of()));
    }

    /** What the user should know of how its trials came about. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    String name() {
        return workload.name();
    }

    /** What its variables and annotations say. */
    List<SettingSource> settings() {
        return new SettingSources(options, layers, workload).belowOptions();
    }

    /** The layers above its annotations. */
    Layers layers() {
        return layers;
    }

    List<Plan.ResultFile> results(ResultResolution files) {
        return files.of(layers, workload.results());
    }

    private IterationsResolution iterations(IterationsResolution.Phase phase, Iterations declared) {
        return new IterationsResolution(phase, layers, workload.name(), binding.inSessions(), declared, notes::add);
    }

    /** A whole URL may imply its model; a base URL, below which many models may live, does not. */
    private String model(EndpointAddress endpoint) {
        String model = layers.first(Setting.MODEL)
                .map(Given::text)
                .orElse(workload.model().name());
        if (model.equals(Model.OF_EACH_REQUEST)) {
            return "";
        }
        if (model.isEmpty() && !endpoint.whole() && !endpoint.simulated()) {
            List<String> variables = layers.variables(Setting.MODEL);
            throw new UsageException(workload.name() + " asks for no model: give --model NAME"
                    + (variables.isEmpty() ? "" : ", or set " + String.join(" or ", variables)));
        }
        return model;
    }
}
