package io.inferometer.plan.resolve;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides when a workload's requests are sent. A load of a higher layer replaces those of the lower ones whole; the law
 * of arrivals, and the most in flight, are settings of their own, which an open loop keeps whoever gives its rate.
 */
final class LoadResolution {
    private static final Setting[] LOAD = {
        Setting.CONCURRENCY, Setting.RATE, Setting.RAMP_UP_STRATEGY, Setting.ALL_AT_ONCE
    };
    static final Setting[] LOAD_OR_STAGES = {
        Setting.CONCURRENCY, Setting.RATE, Setting.RAMP_UP_STRATEGY, Setting.ALL_AT_ONCE, Setting.STAGES
    };

    private static final String ONLY_OPEN = "only an open loop has arrivals; give --rate N too";
    private static final String ONLY_RAMP =
            "only a rate that rises has a start and an end; give --ramp-up-strategy linear"
                    + " or exponential in place of ";
    private static final String ONLY_OPEN_HOLDS =
            "only an open loop needs a bound on what is in flight; give --rate N too, or leave it out: a closed loop"
                    + " keeps --concurrency N in flight, and --users N bounds --all-at-once";
    private static final String ONLY_AT_ONCE =
            "only requests that are sent at once have users; give --all-at-once too, or --concurrency N instead";

    private static final String ONLY_CLOSED =
            "only the slots of a closed loop begin one after the other by it; give --concurrency N too, or in its place"
                    + " --spawn-rate N for requests that are sent at once";

    private static final String ONLY_REPLAY = "only a replay has recorded times, and this is none by ";

    private final Layers layers;
    private final WorkloadDescriptor workload;
    private final boolean inSessions;

    private final Setting[] settings;

    /**
     * The load that is measured.
     *
     * @param inSessions whether the workload is asked turn by turn: then a speed makes it a replay, in which each session begins
     *     at its own time
     */
    LoadResolution(Layers layers, WorkloadDescriptor workload, boolean inSessions) {
        this(layers, workload, inSessions, LOAD_OR_STAGES);
    }

    private LoadResolution(Layers layers, WorkloadDescriptor workload, boolean inSessions, Setting... settings) {
        this.layers = layers;
        this.workload = workload;
        this.inSessions = inSessions;
        this.settings = settings;
    }

    /** The load of the warm-up: stages are measured alone. */
    LoadResolution withoutStages() {
        return new LoadResolution(layers, workload, inSessions, LOAD);
    }

    /**
     * The loads, to be swept.
     *
     * @param all at least one, all of one kind
     * @param layer the layer that gives them
     * @param origin where they came from, for a message
     */
    record Loads(List<Load> all, Layer layer, String origin) {
        boolean closed() {
            return all.get(0) instanceof Load.Closed;
        }

        boolean open() {
            return all.get(0).open();
        }

        /** The stages, where these are the load. */
        Optional<StagedLoad> staged() {
            return all.get(0) instanceof StagedLoad stages ? Optional.of(stages) : Optional.empty();
        }

        /** Whether its arrivals need a number of requests. */
        boolean rescaled() {
            return all.get(0) instanceof Load.Open open && open.arrivals() == Arrivals.VLLM_RESCALED;
        }

        /** Whether the rate rises. */
        boolean ramp() {
            return all.get(0) instanceof Load.Open open && open.ramp().isPresent();
        }

        boolean atOnce() {
            return all.get(0) instanceof Load.AtOnce;
        }

        boolean replay() {
            return all.get(0) instanceof Load.Replay;
        }

        /** The most slots of closed loops. */
        int slots() {
            return all.stream()
                    .mapToInt(load -> ((Load.Closed) load).concurrency())
                    .max()
                    .orElseThrow();
        }

        /** The highest rate of open loops. */
        double rate() {
            return all.stream()
                    .mapToDouble(load -> ((Load.Open) load).rate())
                    .max()
                    .orElseThrow();
        }
    }

    Loads resolve() {
        Loads loads = upTo(Layer.OPTION);
        if (!loads.open()) {
            refuse(detail(Setting.ARRIVALS, loads.layer()), ONLY_OPEN);
            refuse(detail(Setting.BURSTINESS, loads.layer()), ONLY_OPEN);
            refuse(detail(Setting.MAX_IN_FLIGHT, loads.layer()), ONLY_OPEN_HOLDS);
        }
        if (!loads.closed()) {
            refuse(detail(Setting.STAGGER, loads.layer()), ONLY_CLOSED);
        }
        if (!loads.ramp()) {
            refuse(detail(Setting.RAMP_UP_START_RPS, loads.layer()), ONLY_RAMP + loads.origin());
            refuse(detail(Setting.RAMP_UP_END_RPS, loads.layer()), ONLY_RAMP + loads.origin());
        }
        if (!loads.atOnce()) {
            refuse(detail(Setting.USERS, loads.layer()), ONLY_AT_ONCE);
            refuse(detail(Setting.SPAWN_RATE, loads.layer()), ONLY_AT_ONCE);
        }
        if (!loads.replay()) {
            refuse(detail(Setting.SPEED, loads.layer()), ONLY_REPLAY + loads.origin());
            refuse(detail(Setting.MAX_IDLE, loads.layer()), ONLY_REPLAY + loads.origin());
        }
        return loads;
    }

    /** The loads that would hold without the layers above one. */
    Loads upTo(Layer highest) {
        return layers.upTo(highest, settings)
                .or(() -> inSessions ? layers.upTo(highest, Setting.SPEED) : Optional.empty())
                .map(given -> new Loads(loads(given), given.layer(), given.origin()))
                .or(this::declaredStages)
                .orElseGet(() -> new Loads(declared(), Layer.ANNOTATION, annotation()));
    }

    /** The stages that the workload declares, where they may stand. */
    private Optional<Loads> declaredStages() {
        String stages = workload.schedule().stages();
        if (stages.isEmpty() || !List.of(settings).contains(Setting.STAGES)) {
            return Optional.empty();
        }
        String origin = "@Stages of " + workload.name();
        Given given = new Given(Setting.STAGES, stages, Layer.ANNOTATION, origin);
        return Optional.of(new Loads(List.of(staged(given)), Layer.ANNOTATION, origin));
    }

    private List<Load> loads(Given given) {
        return switch (given.setting()) {
            case CONCURRENCY ->
                given.counts(1).stream()
                        .<Load>map(slots -> new Load.Closed(slots, stagger(given.layer())))
                        .toList();
            case RATE ->
                given.rates().stream()
                        .<Load>map(rate -> open(rate, Optional.empty()))
                        .toList();
            case STAGES -> List.of(staged(given));
            case RAMP_UP_STRATEGY -> List.of(ramped(given));
            case SPEED -> replays();
            default -> List.of(atOnce(new Load.AtOnce(), given.layer()));
        };
    }

    private List<Load> declared() {
        if (workload.schedule().loads().get(0) instanceof Load.Replay) {
            return replays();
        }
        return workload.schedule().loads().stream()
                .map(load -> load instanceof Load.Open open
                        ? open(open.rate(), Optional.empty())
                        : load instanceof Load.AtOnce atOnce
                                ? atOnce(atOnce, Layer.ANNOTATION)
                                : load instanceof Load.Closed closed
                                        ? new Load.Closed(closed.concurrency(), stagger(Layer.ANNOTATION))
                                        : load)
                .toList();
    }

    private Load.Open open(double rate, Optional<Load.Ramp> ramp) {
        Spread spread = spread();
        return new Load.Open(rate, spread.arrivals(), spread.burstiness(), mostInFlight(), ramp);
    }

    private StagedLoad staged(Given given) {
        StagesText.Read read = StagesText.read(given);
        if (read.kind() == StagedLoad.Kind.CONCURRENCY) {
            return StagedLoad.ofSlots(read.stages());
        }
        Spread spread = spread();
        if (spread.arrivals() == Arrivals.VLLM_RESCALED) {
            throw given.problem("arrivals are rescaled to a number of requests, and stages have none; give --arrivals"
                    + " poisson, constant or gamma");
        }
        return new StagedLoad(read.kind(), read.stages(), spread.arrivals(), spread.burstiness(), mostInFlight());
    }

    private Load.Open ramped(Given strategy) {
        Load.Ramp.Strategy by = strategy.choice(Load.Ramp.Strategy.class);
        Given start = rampRate(strategy, Setting.RAMP_UP_START_RPS);
        Given end = rampRate(strategy, Setting.RAMP_UP_END_RPS);
        if (end.rate() < start.rate()) {
            throw end.problem("a ramp-up rises, and begins at " + start.text().strip()
                    + "; for a rate that falls give --stages '" + start.text().strip() + ".."
                    + end.text().strip() + "/s TIME'");
        }
        Load.Ramp ramp = new Load.Ramp(by, start.rate(), end.rate());
        Load.Open open = open(ramp.meanPerSecond(), Optional.of(ramp));
        if (open.arrivals() == Arrivals.VLLM_RESCALED) {
            throw strategy.problem(
                    "arrivals are rescaled to a rate that stays, as by vLLM; leave out --arrivals" + " vllm-rescaled");
        }
        return open;
    }

    private Given rampRate(Given strategy, Setting rate) {
        return detail(rate, strategy.layer())
                .orElseThrow(() -> strategy.problem(
                        "a ramp-up has a rate at its start and one at its end; give " + Options.name(rate) + " N too"));
    }

    /** How the gaps between arrivals are spread. */
    private record Spread(Arrivals arrivals, double burstiness) {}

    /** Of the law and the burstiness, which means gamma, the higher layer's holds; one layer must not contradict itself. */
    private Spread spread() {
        Optional<Given> law = layers.first(Setting.ARRIVALS);
        Optional<Given> burstiness = layers.first(Setting.BURSTINESS)
                .filter(given -> law.isEmpty()
                        || given.layer().compareTo(law.get().layer()) >= 0
                        || law.get().choice(Arrivals.class) == Arrivals.GAMMA);
        Arrivals named = law.map(given -> given.choice(Arrivals.class)).orElse(Arrivals.GAMMA);
        if (burstiness.isPresent()
                && named != Arrivals.GAMMA
                && burstiness.get().layer() == law.get().layer()) {
            throw burstiness
                    .get()
                    .problem("it means gamma arrivals, and " + law.get().origin()
                            + " asks for others; give one of them");
        }
        if (burstiness.isPresent()) {
            return new Spread(Arrivals.GAMMA, burstiness.get().rate());
        }
        Optional<Load.Open> declared =
                workload.schedule().loads().get(0) instanceof Load.Open open ? Optional.of(open) : Optional.empty();
        double shape = declared.map(Load.Open::burstiness).orElse(1.0);
        return law.isPresent()
                ? new Spread(named, named == Arrivals.GAMMA ? shape : 1)
                : new Spread(declared.map(Load.Open::arrivals).orElse(Arrivals.POISSON), shape);
    }

    /** The speeds that are declared, or those that are given, with gaps cut as either says. */
    private List<Load> replays() {
        List<Load.Replay> declared = workload.schedule().loads().stream()
                .filter(Load.Replay.class::isInstance)
                .map(Load.Replay.class::cast)
                .toList();
        Optional<Duration> maxIdle = layers.first(Setting.MAX_IDLE)
                .map(Given::time)
                .or(() -> declared.stream().findFirst().flatMap(Load.Replay::maxIdle));
        return layers
                .first(Setting.SPEED)
                .map(Given::rates)
                .orElseGet(() -> declared.stream().map(Load.Replay::speed).toList())
                .stream()
                .<Load>map(speed -> new Load.Replay(speed, maxIdle))
                .toList();
    }

    private int mostInFlight() {
        return layers.first(Setting.MAX_IN_FLIGHT).map(given -> given.count(1)).orElse(Load.Open.ANY);
    }

    /** With what is said of it by the layer that gives it, and by those above. */
    private Load.AtOnce atOnce(Load.AtOnce load, Layer layer) {
        return new Load.AtOnce(
                detail(Setting.USERS, layer).map(given -> given.count(1)).orElse(load.slots()),
                detail(Setting.SPAWN_RATE, layer).map(Given::rate).orElse(load.slotsPerSecond()));
    }

    private Duration stagger(Layer least) {
        return detail(Setting.STAGGER, least).map(Given::time).orElse(Duration.ZERO);
    }

    private Optional<Given> detail(Setting setting, Layer least) {
        return layers.first(setting).filter(given -> given.layer().compareTo(least) >= 0);
    }

    private static void refuse(Optional<Given> detail, String why) {
        detail.ifPresent(given -> {
            throw given.problem(why);
        });
    }

    private String annotation() {
        Load load = workload.schedule().loads().get(0);
        String annotation = load instanceof Load.Closed
                ? "ClosedLoop"
                : load instanceof Load.Open ? "OpenLoop" : load instanceof Load.Replay ? "Replay" : "AllAtOnce";
        return '@' + annotation + " of " + workload.name();
    }
}
