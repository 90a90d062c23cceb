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
 * <p>Settings that are asked for together are one setting: the higher layer's replaces all of the lower one's. A flag
 * among them that is false says nothing.
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
        return upTo(Layer.OPTION, oneOf);
    }

    /** What is given by the highest layer that is not above one. */
    Optional<Given> upTo(Layer highest, Setting... oneOf) {
        Optional<Given> option = highest == Layer.OPTION ? option(oneOf) : Optional.empty();
        return option.isPresent() || highest == Layer.ANNOTATION ? option : variable(oneOf);
    }

    /** Whether a flag is set. */
    boolean flag(Setting setting) {
        return first(setting).map(Given::flag).orElse(false);
    }

    /** What the command line gives of the settings that are one. */
    Optional<Given> option(Setting... oneOf) {
        Given found = null;
        for (Setting setting : oneOf) {
            Optional<Given> given = options.text(setting)
                    .map(text -> Given.option(setting, text))
                    .filter(it -> says(it, oneOf));
            if (found != null && given.isPresent()) {
                throw new UsageException(found.origin() + " and " + given.get().origin()
                        + " are two values of one setting; give one of them");
            }
            found = given.orElse(found);
        }
        return Optional.ofNullable(found);
    }

    /** What the environment gives of the settings that are one. */
    Optional<Given> variable(Setting... oneOf) {
        for (EnvSpec variable : workload.env()) {
            String text = value(variable.name());
            if (!text.isBlank() && List.of(oneOf).contains(variable.sets())) {
                Given given = Given.variable(variable.sets(), variable.name(), text);
                if (says(given, oneOf)) {
                    return Optional.of(given);
                }
            }
        }
        return Optional.empty();
    }

    private boolean says(Given given, Setting... oneOf) {
        if (oneOf.length == 1 || !Options.isFlag(given.setting())) {
            return true;
        }
        boolean overruled =
                given.layer() != Layer.OPTION && !options.texts(given.setting()).isEmpty();
        return !overruled && given.flag();
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
