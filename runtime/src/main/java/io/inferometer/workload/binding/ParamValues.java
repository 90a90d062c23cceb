package io.inferometer.workload.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value for each parameter of a workload, in declared order.
 *
 * @param values by parameter name; each accepted by the parameter's type
 */
public record ParamValues(Map<String, String> values) {
    /** No parameters. */
    public static final ParamValues NONE = new ParamValues(Map.of());

    public ParamValues {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value as text. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value for parameter " + name);
        }
        return value;
    }

    /** The value of a {@code boolean} field. */
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    /** The value of an {@code int} field. */
    public int intValue(String name) {
        return Integer.parseInt(text(name));
    }

    /** The value of a {@code long} field. */
    public long longValue(String name) {
        return Long.parseLong(text(name));
    }

    /** The value of a {@code double} field. */
    public double decimal(String name) {
        return Double.parseDouble(text(name));
    }

    /** The value of an enum field. */
    public <E extends Enum<E>> E choice(Class<E> type, String name) {
        return Enum.valueOf(type, text(name));
    }
}
