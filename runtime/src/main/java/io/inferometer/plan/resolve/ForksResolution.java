package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.workload.binding.Forks;
import java.util.List;
import java.util.Optional;

/** Decides in which client JVMs a workload's trials run. */
final class ForksResolution {
    private final Layers layers;
    private final Forks declared;

    ForksResolution(Layers layers, Forks declared) {
        this.layers = layers;
        this.declared = declared;
    }

    Forks resolve() {
        Optional<Given> asked = layers.first(Setting.FORKS);
        int count = asked.map(given -> given.count(0)).orElse(declared.count());
        Optional<Given> jvm = layers.first(Setting.JVM);
        Optional<Given> jvmArgs = layers.first(Setting.JVM_ARGS);
        if (layers.first(Setting.AGENTS).isPresent()) {
            // A fork is a fresh JVM on every agent, of the agent's own java and options: nobody else's word starts
            // others.
            layers.option(Setting.JVM).or(() -> layers.option(Setting.JVM_ARGS)).ifPresent(given -> {
                throw given.problem("agents run forks in JVMs like their own; start the agents with it");
            });
            return new Forks(Math.max(1, count), "", List.of());
        }
        if (count == 0 && asked.isEmpty()) {
            jvm.or(() -> jvmArgs).ifPresent(given -> {
                throw given.problem("there is no fork to run with it; -f N makes some");
            });
        }
        return new Forks(
                count,
                jvm.map(given -> given.text().strip()).orElse(declared.jvm()),
                jvmArgs.map(given -> List.of(given.text().strip().split("\\s+")))
                        .orElse(declared.jvmArgs()));
    }
}
