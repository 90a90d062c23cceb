package io.inferometer.plan.resolve;

import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.binding.ParamSpec;
import io.inferometer.workload.binding.ParamType;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides the values of a workload's parameters, and makes every choice of them, the last parameter changing fastest. */
final class ParamSweep {
    private static final int MOST = 10_000;

    private final Options options;
    private final Layers layers;
    private final WorkloadDescriptor workload;

    ParamSweep(Options options, Layers layers, WorkloadDescriptor workload) {
        this.options = options;
        this.layers = layers;
        this.workload = workload;
    }

    List<ParamValues> resolve() {
        List<Map<String, String>> choices = new ArrayList<>();
        choices.add(Map.of());
        for (ParamSpec param : workload.params()) {
            List<String> values = values(param);
            if ((long) choices.size() * values.size() > MOST) {
                throw new UsageException(
                        "the parameters of " + workload.name() + " have more than " + MOST + " combinations");
            }
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> choice : choices) {
                for (String value : values) {
                    Map<String, String> next = new LinkedHashMap<>(choice);
                    next.put(param.name(), value);
                    longer.add(next);
                }
            }
            choices = longer;
        }
        return choices.stream().map(ParamValues::new).toList();
    }

    /** The variable of a text gives one value: a prompt or a path may have commas of its own. */
    private List<String> values(ParamSpec param) {
        String option = options.params().get(param.name());
        if (option != null) {
            return split(param, "-p " + param.name() + '=' + Given.oneLine(option), option);
        }
        String variable = layers.value(param.env());
        if (!variable.isBlank()) {
            return param.type() instanceof ParamType.Text
                    ? List.of(variable)
                    : split(param, param.env() + '=' + Given.oneLine(variable), variable);
        }
        return param.values();
    }

    private static List<String> split(ParamSpec param, String origin, String text) {
        List<String> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String value = param.type() instanceof ParamType.Text ? part : part.strip();
            if (!param.type().accepts(value)) {
                throw new UsageException(
                        origin + ": " + value + " is not " + param.type().expectation());
            }
            if (values.contains(value)) {
                throw new UsageException(origin + ": " + value + " is there twice");
            }
            values.add(value);
        }
        return values;
    }
}
