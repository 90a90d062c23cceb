package io.inferometer.plan;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Setting;
import io.inferometer.workload.AllAtOnce;
import io.inferometer.workload.ClosedLoop;
import io.inferometer.workload.Load;
import io.inferometer.workload.OpenLoop;
import io.inferometer.workload.WorkloadDescriptor;
import java.util.List;
import java.util.Optional;

/** Decides when a workload's requests are sent. A load of a higher layer replaces those of the lower ones whole. */
final class LoadResolution {
    private static final Setting[] LOAD = {Setting.CONCURRENCY, Setting.RATE};

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
            return all.get(0) instanceof ClosedLoop;
        }

        boolean atOnce() {
            return all.get(0) instanceof AllAtOnce;
        }
    }

    Loads resolve() {
        Optional<Given> option = layers.option(LOAD);
        if (allAtOnce) {
            option.ifPresent(given -> {
                throw given.problem("--all-at-once is another load; give one of them");
            });
            refuseArrivals(layers.option(Setting.ARRIVALS));
            return new Loads(List.of(new AllAtOnce()), "--all-at-once");
        }
        Optional<Given> given = option.isPresent() ? option : layers.variable(LOAD);
        List<Load> loads = given.map(this::loads).orElseGet(this::declared);
        if (!(loads.get(0) instanceof OpenLoop)) {
            refuseArrivals(option.isPresent() ? layers.option(Setting.ARRIVALS) : layers.first(Setting.ARRIVALS));
        }
        return new Loads(loads, given.map(Given::origin).orElseGet(this::annotation));
    }

    private List<Load> loads(Given given) {
        if (given.setting() == Setting.CONCURRENCY) {
            return given.counts(1).stream().<Load>map(ClosedLoop::new).toList();
        }
        Arrivals arrivals = arrivals().orElse(Arrivals.POISSON);
        return given.rates().stream()
                .<Load>map(rate -> new OpenLoop(rate, arrivals))
                .toList();
    }

    private List<Load> declared() {
        Optional<Arrivals> arrivals = workload.loads().get(0) instanceof OpenLoop ? arrivals() : Optional.empty();
        return workload.loads().stream()
                .map(load -> load instanceof OpenLoop open && arrivals.isPresent()
                        ? new OpenLoop(open.rate(), arrivals.get())
                        : load)
                .toList();
    }

    private Optional<Arrivals> arrivals() {
        return layers.first(Setting.ARRIVALS).map(given -> given.choice(Arrivals.class));
    }

    private static void refuseArrivals(Optional<Given> arrivals) {
        arrivals.ifPresent(given -> {
            throw given.problem("only an open loop has arrivals; give --rate N too");
        });
    }

    private String annotation() {
        Load load = workload.loads().get(0);
        return '@' + load.getClass().getSimpleName() + " of " + workload.name();
    }
}
