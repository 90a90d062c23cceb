package io.inferometer.workload.binding;

import java.util.List;
import java.util.Objects;

/**
 * A parameter of a workload.
 *
 * @param name the field's name
 * @param type the field's type
 * @param values the values it takes unless others are given, at least one
 * @param env the environment variable that replaces them, comma-separated; empty for none
 */
public record ParamSpec(String name, ParamType type, List<String> values, String env) {
    /**
     * Copies what it is given, and checks it.
     *
     * @param name as of the record
     * @param type as of the record
     * @param values copied
     * @param env as of the record
     */
    public ParamSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        values = List.copyOf(values);
        Objects.requireNonNull(env, "env");
        if (values.isEmpty()) {
            throw new IllegalArgumentException("parameter " + name + " has no value");
        }
    }
}
