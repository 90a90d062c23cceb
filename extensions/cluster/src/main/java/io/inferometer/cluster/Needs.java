package io.inferometer.cluster;

import io.inferometer.plan.Trial;
import io.inferometer.workload.binding.EnvSpec;
import io.inferometer.workload.binding.ParamSpec;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What trials take of the machine that plans them, besides keys. */
final class Needs {
    private static final String TOKENIZER_FILE = "/tokenizer.json";

    private Needs() {}

    /** The variables that set options, or values of parameters: they are the run's, whatever an agent's environment says. */
    static Set<String> variables(List<Trial> trials) {
        Set<String> variables = all(trials, Needs::variables);
        trials.forEach(trial -> variables.remove(trial.endpoint().apiKeyEnv()));
        variables.remove(ClusterSecret.VARIABLE);
        return variables;
    }

    private static Stream<String> variables(Trial trial) {
        WorkloadDescriptor workload = trial.binding().descriptor();
        return Stream.concat(
                workload.env().stream().map(EnvSpec::name),
                workload.params().stream().map(ParamSpec::env).filter(variable -> !variable.isEmpty()));
    }

    /** What may be the name of a file that is read: any value of a parameter, and a tokenizer's. */
    static Set<String> files(List<Trial> trials) {
        Set<String> names = all(trials, Needs::files);
        names.removeIf(String::isBlank);
        return names;
    }

    private static Stream<String> files(Trial trial) {
        String tokenizer = trial.figures().tokenizer();
        return Stream.concat(
                trial.params().values().values().stream(),
                tokenizer.isEmpty() ? Stream.empty() : Stream.of(tokenizer, tokenizer + TOKENIZER_FILE));
    }

    private static Set<String> all(List<Trial> trials, Function<Trial, Stream<String>> of) {
        return trials.stream().flatMap(of).collect(Collectors.toCollection(TreeSet::new));
    }
}
