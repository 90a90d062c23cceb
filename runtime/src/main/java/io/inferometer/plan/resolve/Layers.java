package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.binding.EnvSpec;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The layers above a workload's annotations: the command line, then the workload's variables in declared order.
 *
 * <p>Settings that are asked for together are one setting: the higher layer's replaces all of the lower one's.
 */
final class Layers {
    private final Options options;
    private final WorkloadDescriptor workload;
    private final UnaryOperator<String> environment;

    Layers(Options options, WorkloadDescriptor workload, UnaryOperator<String> environment) {
        this.options = options;
        this.workload = workload;
        this.environment = environment;
    }

    /** Of the settings that are one, what is given by the highest layer; empty where it is left to the annotations. */
    Optional<Given> first(Setting... oneOf) {
        Optional<Given> option = option(oneOf);
        return option.isPresent() ? option : variable(oneOf);
    }

    /** What the command line gives of the settings that are one. */
    Optional<Given> option(Setting... oneOf) {
        Given found = null;
        for (Setting setting : oneOf) {
            String text = options.settings().get(setting);
            if (text == null) {
                continue;
            }
            Given given = Given.option(setting, text);
            if (found != null) {
                throw new UsageException(
                        found.origin() + " and " + given.origin() + " are two values of one setting; give one of them");
            }
            found = given;
        }
        return Optional.ofNullable(found);
    }

    /** What the environment gives of the settings that are one. */
    Optional<Given> variable(Setting... oneOf) {
        for (EnvSpec variable : workload.env()) {
            String text = environment.apply(variable.name());
            if (text != null && !text.isBlank() && List.of(oneOf).contains(variable.sets())) {
                return Optional.of(Given.variable(variable.sets(), variable.name(), text));
            }
        }
        return Optional.empty();
    }

    /** The names of the variables that could give one of the settings, in declared order. */
    List<String> variables(Setting... oneOf) {
        List<String> names = new ArrayList<>();
        for (EnvSpec variable : workload.env()) {
            if (List.of(oneOf).contains(variable.sets())) {
                names.add(variable.name());
            }
        }
        return names;
    }

    /** The value of a variable; empty where it is unset or empty. */
    String value(String variable) {
        String value = variable.isEmpty() ? null : environment.apply(variable);
        return value == null ? "" : value;
    }
}
