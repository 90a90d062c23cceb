package io.inferometer.plan.resolve;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides when a workload's requests are sent. A load of a higher layer replaces those of the lower ones whole. */
final class LoadResolution {
    private static final Setting[] LOAD = {Setting.CONCURRENCY, Setting.RATE};

    private static final String ONLY_OPEN = "only an open loop has arrivals; give --rate N too";
    private static final String ONLY_AT_ONCE =
            "only requests that are sent at once have users; give --all-at-once too, or --concurrency N instead";

    private final Layers layers;
    private final WorkloadDescriptor workload;
    private final boolean allAtOnce;

    LoadResolution(Layers layers, WorkloadDescriptor workload, Options options) {
        this.layers = layers;
        this.workload = workload;
        this.allAtOnce = options.allAtOnce();
    }

    /**
     * The loads, to be swept.
     *
     * @param all at least one, all of one kind
     * @param origin where they came from, for a message
     */
    record Loads(List<Load> all, String origin) {
        boolean closed() {
            return all.get(0) instanceof Load.Closed;
        }

        boolean atOnce() {
            return all.get(0) instanceof Load.AtOnce;
        }
    }

    Loads resolve() {
        Optional<Given> option = layers.option(LOAD);
        if (allAtOnce) {
            option.ifPresent(given -> {
                throw given.problem("--all-at-once is another load; give one of them");
            });
            refuse(layers.option(Setting.ARRIVALS), ONLY_OPEN);
            return new Loads(List.of(atOnce(new Load.AtOnce(), layers::option)), "--all-at-once");
        }
        Optional<Given> given = option.isPresent() ? option : layers.variable(LOAD);
        List<Load> loads = given.map(this::loads).orElseGet(this::declared);
        Function<Setting, Optional<Given>> details = option.isPresent() ? layers::option : layers::first;
        if (!(loads.get(0) instanceof Load.Open)) {
            refuse(details.apply(Setting.ARRIVALS), ONLY_OPEN);
        }
        if (!(loads.get(0) instanceof Load.AtOnce)) {
            refuse(details.apply(Setting.USERS), ONLY_AT_ONCE);
            refuse(details.apply(Setting.SPAWN_RATE), ONLY_AT_ONCE);
        }
        return new Loads(loads, given.map(Given::origin).orElseGet(this::annotation));
    }

    /** @param details gives the settings of the layer that gave the load, and of those above */
    private static Load.AtOnce atOnce(Load.AtOnce declared, Function<Setting, Optional<Given>> details) {
        return new Load.AtOnce(
                details.apply(Setting.USERS).map(given -> given.count(1)).orElse(declared.slots()),
                details.apply(Setting.SPAWN_RATE).map(Given::rate).orElse(declared.slotsPerSecond()));
    }

    private List<Load> loads(Given given) {
        if (given.setting() == Setting.CONCURRENCY) {
            return given.counts(1).stream().<Load>map(Load.Closed::new).toList();
        }
        Arrivals arrivals = arrivals().orElse(Arrivals.POISSON);
        return given.rates().stream()
                .<Load>map(rate -> new Load.Open(rate, arrivals))
                .toList();
    }

    private List<Load> declared() {
        if (workload.schedule().loads().get(0) instanceof Load.AtOnce atOnce) {
            return List.of(atOnce(atOnce, layers::first));
        }
        Optional<Arrivals> arrivals =
                workload.schedule().loads().get(0) instanceof Load.Open ? arrivals() : Optional.empty();
        return workload.schedule().loads().stream()
                .map(load -> load instanceof Load.Open open && arrivals.isPresent()
                        ? new Load.Open(open.rate(), arrivals.get())
                        : load)
                .toList();
    }

    private Optional<Arrivals> arrivals() {
        return layers.first(Setting.ARRIVALS).map(given -> given.choice(Arrivals.class));
    }

    private static void refuse(Optional<Given> detail, String why) {
        detail.ifPresent(given -> {
            throw given.problem(why);
        });
    }

    private String annotation() {
        Load load = workload.schedule().loads().get(0);
        String annotation =
                load instanceof Load.Closed ? "ClosedLoop" : load instanceof Load.Open ? "OpenLoop" : "AllAtOnce";
        return '@' + annotation + " of " + workload.name();
    }
}
