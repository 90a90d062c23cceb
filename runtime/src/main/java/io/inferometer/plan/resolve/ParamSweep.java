package io.inferometer.plan.resolve;

import io.inferometer.plan.CommaList;
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
import java.util.function.Consumer;

/** Decides the values of a workload's parameters, and makes every choice of them, the last parameter changing fastest. */
final class ParamSweep {
    private static final int MOST = 10_000;

    private final Options options;
    private final Layers layers;
    private final WorkloadDescriptor workload;
    private final Consumer<String> notes;

    /** @param notes is told of a value that is there twice in other words */
    ParamSweep(Options options, Layers layers, WorkloadDescriptor workload, Consumer<String> notes) {
        this.notes = notes;
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
        List<String> option = options.params().get(param.name());
        if (option != null) {
            return checked(param, "-p " + param.name() + '=' + Given.oneLine(CommaList.join(option)), option);
        }
        String variable = layers.value(param.env());
        if (!variable.isBlank()) {
            List<String> values =
                    param.type() instanceof ParamType.Text ? List.of(variable) : CommaList.split(variable);
            return checked(param, param.env() + '=' + Given.oneLine(variable), values);
        }
        return param.values();
    }

    private List<String> checked(ParamSpec param, String origin, List<String> given) {
        Map<Object, String> values = new LinkedHashMap<>();
        for (String text : given) {
            String value = param.type() instanceof ParamType.Text ? text : text.strip();
            if (!param.type().accepts(value)) {
                throw new UsageException(
                        origin + ": " + value + " is not " + param.type().expectation());
            }
            String same = values.putIfAbsent(meaning(param.type(), value), value);
            if (value.equals(same)) {
                throw new UsageException(origin + ": " + value + " is there twice");
            }
            if (same != null) {
                notes.accept(origin + ": " + value + " is " + same + " again, and run once");
            }
        }
        return List.copyOf(values.values());
    }

    private static Object meaning(ParamType type, String value) {
        if (type instanceof ParamType.Decimal) {
            // Zero has two signs, which a workload hardly tells apart.
            return Double.parseDouble(value) + 0.0;
        }
        return type instanceof ParamType.Int || type instanceof ParamType.Long ? (Object) Long.parseLong(value) : value;
    }
}
